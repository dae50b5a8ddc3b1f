/** Bytes of names in one command line: all systems allow a little more than this for arguments and environment. */
const MAX_BYTES = 100_000;

/** Cuts items into pieces whose names fit a command line. */
export function* chunksOf<T>(items: readonly T[], nameOf: (item: T) => string): Generator<T[]> {
  let chunk: T[] = [];
  let size = 0;
  for (const item of items) {
    const bytes = Buffer.byteLength(nameOf(item)) + 1;
    if (chunk.length > 0 && size + bytes > MAX_BYTES) {
      yield chunk;
      [chunk, size] = [[], 0];
    }
    chunk.push(item);
    size += bytes;
  }
  if (chunk.length > 0) {
    yield chunk;
  }
}
