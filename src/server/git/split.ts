import { decodePath } from '../bytes';

/** The fields of output that ends each with NUL (git's `-z`), as {@link decodePath} makes them. */
export function splitZero(output: Uint8Array): string[] {
  const fields: string[] = [];
  for (let start = 0; start < output.length;) {
    const end = output.indexOf(0, start);
    const stop = end < 0 ? output.length : end;
    fields.push(decodePath(output.subarray(start, stop)));
    start = stop + 1;
  }
  return fields;
}
