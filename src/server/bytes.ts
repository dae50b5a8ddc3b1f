/**
 * Names on Linux are bytes. Inside the server a path is a string in which every byte that is no UTF-8 stands as the lone surrogate
 * U+DC80 to U+DCFF, as in Python's `surrogateescape`: all paths are ordinary strings, none is lost, and Python reads them unchanged.
 */
// With the u flag: without it the second half of every emoji would match.
const ESCAPED = /[\udc80-\udcff]/u;
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function sequenceLength(bytes: Uint8Array, at: number): number {
  for (const length of [1, 2, 3, 4]) {
    try {
      STRICT.decode(bytes.subarray(at, at + length));
      return at + length <= bytes.length ? length : 0;
    } catch {
      // Not a whole character yet: try one byte more.
    }
  }
  return 0;
}

/** Bytes of a name or path to a string, reversibly. */
export function decodePath(bytes: Uint8Array): string {
  try {
    return STRICT.decode(bytes);
  } catch {
    let text = '';
    for (let at = 0; at < bytes.length;) {
      const length = sequenceLength(bytes, at);
      text += length > 0 ? STRICT.decode(bytes.subarray(at, at + length)) : String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
      at += Math.max(1, length);
    }
    return text;
  }
}

/** The bytes of a string made by {@link decodePath}. */
export function encodePath(path: string): Buffer {
  if (isUtf8(path)) {
    return Buffer.from(path, 'utf8');
  }
  return Buffer.concat(
    [...path].map(char => (ESCAPED.test(char) ? Buffer.from([char.charCodeAt(0) - 0xdc00]) : Buffer.from(char, 'utf8')))
  );
}

/** Whether a path holds only valid UTF-8: DataLad mishandles the others. */
export function isUtf8(path: string): boolean {
  return !ESCAPED.test(path);
}

/** What to hand to `node:fs`: the string itself where possible, else its bytes. */
export function fsPath(path: string): string | Buffer {
  return isUtf8(path) ? path : encodePath(path);
}

/** For people: bytes that are no UTF-8 as `\xNN`. */
export function displayName(name: string): string {
  return name.replace(/[\udc80-\udcff]/gu, char => `\\x${(char.charCodeAt(0) - 0xdc00).toString(16)}`);
}
