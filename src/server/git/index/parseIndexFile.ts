import { EXTENDED, IndexFile, STAT_BYTES } from './indexFile';

const HEADER = 12;
/** The name is longer than the flags can say. */
const LONG_NAME = 0xfff;
/** Linux's PATH_MAX. What shortens paths can name far longer ones in a small file, until there is no memory left. */
const LONGEST = 4_096;

/**
 * Reads versions 2 to 4 of git's index. Null when it is none, is damaged, or needs what is not known here: an extension whose name does
 * not begin with a capital (split and sparse ones). Git itself is then asked, and says what is wrong.
 */
export function parseIndexFile(bytes: Buffer, oidBytes: number): IndexFile | null {
  if (bytes.length < HEADER + oidBytes || bytes.toString('latin1', 0, 4) !== 'DIRC') {
    return null;
  }
  const version = bytes.readUInt32BE(4);
  const count = bytes.readUInt32BE(8);
  if (version < 2 || version > 4 || count * (STAT_BYTES + oidBytes) > bytes.length) {
    return null;
  }
  const entries = version === 4 ? readShortened(bytes, count, oidBytes) : readWhole(bytes, count, oidBytes);
  const cacheTree = entries === null ? undefined : readExtensions(bytes, entries.end, oidBytes);
  return entries === null || cacheTree === undefined ? null : new IndexFile({ ...entries, bytes, oidBytes, cacheTree });
}

interface IEntries {
  paths: Buffer;
  heads: Uint32Array;
  starts: Uint32Array;
  ends: Uint32Array;
  /** Behind the last entry. */
  end: number;
}

/** Versions 2 and 3: whole paths, entries filled up with NUL to a multiple of eight bytes. */
function readWhole(bytes: Buffer, count: number, oidBytes: number): IEntries | null {
  const [heads, starts, ends] = [new Uint32Array(count), new Uint32Array(count), new Uint32Array(count)];
  const limit = bytes.length - oidBytes;
  let head = HEADER;
  for (let at = 0; at < count; at++) {
    if (head + STAT_BYTES + oidBytes + 2 > limit) {
      return null;
    }
    const flags = bytes.readUInt16BE(head + STAT_BYTES + oidBytes);
    const start = head + STAT_BYTES + oidBytes + (flags & EXTENDED ? 4 : 2);
    const length = flags & LONG_NAME;
    const end = length < LONG_NAME ? start + length : bytes.indexOf(0, start);
    if (end <= start || end >= limit) {
      return null;
    }
    heads[at] = head;
    starts[at] = start;
    ends[at] = end;
    head += ((end - head + 8) >> 3) << 3;
  }
  return { paths: bytes, heads, starts, ends, end: head };
}

/** Version 4: each path says how many bytes of the one before it to cut off, and what to put in their place. */
function readShortened(bytes: Buffer, count: number, oidBytes: number): IEntries | null {
  const [heads, starts, ends] = [new Uint32Array(count), new Uint32Array(count), new Uint32Array(count)];
  const limit = bytes.length - oidBytes;
  let paths = Buffer.allocUnsafe(Math.max(1024, bytes.length));
  let [head, used, before] = [HEADER, 0, 0];
  for (let at = 0; at < count; at++) {
    if (head + STAT_BYTES + oidBytes + 3 > limit) {
      return null;
    }
    const flags = bytes.readUInt16BE(head + STAT_BYTES + oidBytes);
    const [cut, start] = readVariable(bytes, head + STAT_BYTES + oidBytes + (flags & EXTENDED ? 4 : 2));
    const end = bytes.indexOf(0, start);
    const kept = used - before - cut;
    if (kept < 0 || end < 0 || end >= limit || kept + end === start || kept + end - start > LONGEST) {
      return null;
    }
    if (used + kept + end - start > paths.length) {
      paths = Buffer.concat([paths], 2 * paths.length + kept + end - start);
    }
    heads[at] = head;
    starts[at] = used;
    paths.copyWithin(used, before, before + kept);
    bytes.copy(paths, used + kept, start, end);
    [before, used] = [used, used + kept + end - start];
    ends[at] = used;
    head = end + 1;
  }
  return { paths: Buffer.from(paths.subarray(0, used)), heads, starts, ends, end: head };
}

/** A number of variable length, seven bits in each byte, as git's pack files have them for offsets. */
function readVariable(bytes: Buffer, start: number): [value: number, behind: number] {
  let at = start;
  let byte = bytes[at++] ?? 0;
  let value = byte & 0x7f;
  while (byte & 0x80 && at < bytes.length) {
    byte = bytes[at++] ?? 0;
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return [value, at];
}

/** The extension `TREE`, null when there is none; undefined when what follows the entries cannot be read. */
function readExtensions(bytes: Buffer, start: number, oidBytes: number): Buffer | null | undefined {
  let tree: Buffer | null = null;
  let at = start;
  for (const limit = bytes.length - oidBytes; at < limit;) {
    if (at + 8 > limit) {
      return undefined;
    }
    const name = bytes.toString('latin1', at, at + 4);
    const end = at + 8 + bytes.readUInt32BE(at + 4);
    if (!/^[A-Z]/.test(name) || end > limit) {
      return undefined;
    }
    tree = name === 'TREE' ? bytes.subarray(at + 8, end) : tree;
    at = end;
  }
  return tree;
}
