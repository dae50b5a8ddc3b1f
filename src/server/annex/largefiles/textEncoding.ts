/** So much of a file libmagic looks at for its encoding: what comes behind it does not count. */
export const ENCODING_WINDOW = 64 * 1024;

/** How libmagic names what is no text. */
export const BINARY = 'binary';

/** Bytes that never stand in text: most controls, and DEL. */
const NEVER = new Set([...range(0x00, 0x06), ...range(0x0e, 0x1a), ...range(0x1c, 0x1f), 0x7f]);
/** Bytes above ASCII that ISO 8859-1 leaves to controls; NEL alone is one of text. */
const NEL = 0x85;

/**
 * The encoding of a file as libmagic tells it, by the start of its content: what `mimeencoding=` is compared with. A single byte is
 * `binary`, whatever it is, and so is an empty file. Null where libmagic gives up at times.
 */
export function encodingOf(start: Buffer): string | null {
  if (start.length <= 1) {
    return BINARY;
  }
  const { never, high, c1 } = census(start);
  if (!never && !high) {
    return isUtf7(start) ? 'utf-7' : 'us-ascii';
  }
  if (!never && isUtf8(start)) {
    return 'utf-8';
  }
  const wide = wideEncoding(start);
  if (wide !== undefined) {
    return wide;
  }
  if (!never) {
    return c1 ? 'unknown-8bit' : 'iso-8859-1';
  }
  return isEbcdic(start) ? 'ebcdic' : BINARY;
}

/** Which sorts of bytes occur. */
function census(bytes: Buffer): { never: boolean; high: boolean; c1: boolean } {
  let high = false;
  let c1 = false;
  for (const byte of bytes) {
    if (byte >= 0x80) {
      // NEL is plain text to libmagic, also where all the rest is ASCII.
      high ||= byte !== NEL;
      c1 ||= byte < 0xa0 && byte !== NEL;
    } else if (NEVER.has(byte)) {
      return { never: true, high, c1 };
    }
  }
  return { never: false, high, c1 };
}

function isUtf7(bytes: Buffer): boolean {
  return bytes.length > 4 && /^\+\/v[89+/]/.test(bytes.toString('latin1', 0, 4));
}

/** Well formed, but for a last character that is cut off: the start of a file may end inside one. */
function isUtf8(bytes: Buffer): boolean {
  let characters = 0;
  for (let at = 0; at < bytes.length; characters += 1) {
    const length = utf8Length(bytes, at);
    if (length === 0) {
      return false;
    }
    if (at + length > bytes.length) {
      // A cut off character alone makes no text of its kind.
      return hasWhole(bytes, at);
    }
    at += length;
  }
  return characters > 0;
}

function hasWhole(bytes: Buffer, end: number): boolean {
  return bytes.subarray(0, end).some(byte => byte >= 0x80);
}

/** Bytes of the character that begins here, whole or cut off; 0 where none does. */
function utf8Length(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  for (let offset = 1; offset < length && at + offset < bytes.length; offset++) {
    const byte = bytes[at + offset] ?? 0;
    const [low, high] = offset === 1 ? secondRange(first) : [0x80, 0xbf];
    if (byte < low || byte > high) {
      return 0;
    }
  }
  return length;
}

/** No overlong forms, no surrogates, nothing above U+10FFFF. */
function secondRange(first: number): readonly [number, number] {
  switch (first) {
    case 0xe0:
      return [0xa0, 0xbf];
    case 0xed:
      return [0x80, 0x9f];
    case 0xf0:
      return [0x90, 0xbf];
    case 0xf4:
      return [0x80, 0x8f];
    default:
      return [0x80, 0xbf];
  }
}

/** No character has such a number, and libmagic stumbles over it, but not always. */
const TOO_LARGE = 0x8000_0000;

/** UTF-32 and UTF-16, which begin with a mark of their byte order; undefined for anything else. */
function wideEncoding(bytes: Buffer): string | null | undefined {
  const mark = bytes.toString('hex', 0, 4);
  if (mark === 'fffe0000' || mark === '0000feff') {
    const little = mark === 'fffe0000';
    const units = unitsOf(bytes, 4, at => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)));
    if (allText(units)) {
      return units.some(unit => unit >= TOO_LARGE) ? null : little ? 'utf-32le' : 'utf-32be';
    }
  }
  if (mark.startsWith('fffe') || mark.startsWith('feff')) {
    const little = mark.startsWith('fffe');
    const units = unitsOf(bytes, 2, at => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)));
    if (allText(units)) {
      return little ? 'utf-16le' : 'utf-16be';
    }
  }
  return undefined;
}

/** All whole units behind the mark. */
function unitsOf(bytes: Buffer, size: number, read: (at: number) => number): number[] {
  return Array.from({ length: Math.max(0, Math.floor(bytes.length / size) - 1) }, (_, at) => read((at + 1) * size));
}

function allText(units: readonly number[]): boolean {
  return units.every(unit => unit !== 0xfffe && (unit >= 0x80 || !NEVER.has(unit)));
}

/**
 * Of the bytes that stand for controls in EBCDIC, as mainframes write it, those that occur in text. A short file of other things may
 * look like it by chance, to libmagic as well.
 */
const EBCDIC_CONTROLS = new Set([0x05, 0x0b, 0x0c, 0x0d, 0x15, 0x16, 0x25, 0x27, 0x2f]);

function isEbcdic(bytes: Buffer): boolean {
  return bytes.every(byte => (byte < 0x40 ? EBCDIC_CONTROLS.has(byte) : byte !== 0xe1));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
