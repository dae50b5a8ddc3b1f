import { decodePath } from '../../bytes';

const [SPACE, LINE_BREAK] = [0x20, 0x0a];
/** No path that Linux can open has more folders; what is written in an index has no limit. */
const DEEPEST = 2_048;

/**
 * Reads the extension `TREE` of an index: for each folder the id of its tree, without those that git marked as changed. Its records
 * are `<name>\0<entries> <subfolders>\n<id>`, a folder before those in it; the id is missing where the count of entries is -1.
 */
export function readCacheTree(bytes: Buffer, oidBytes: number): Map<string, string> {
  const trees = new Map<string, string>();
  let at = 0;
  const number = (end: number): number => {
    const stop = bytes.indexOf(end, at);
    const value = stop < 0 ? NaN : Number(bytes.toString('latin1', at, stop));
    at = stop + 1;
    return value;
  };
  const read = (around: string, depth: number): boolean => {
    const zero = bytes.indexOf(0, at);
    const name = decodePath(bytes.subarray(at, Math.max(at, zero)));
    at = zero + 1;
    const entries = number(SPACE);
    const folders = number(LINE_BREAK);
    if (depth > DEEPEST || zero < 0 || !Number.isInteger(entries) || !Number.isInteger(folders)) {
      return false;
    }
    const path = depth === 0 ? '' : around === '' ? name : `${around}/${name}`;
    if (entries >= 0) {
      trees.set(path, bytes.toString('hex', at, at + oidBytes));
      at += oidBytes;
    }
    for (let folder = 0; folder < folders; folder++) {
      if (!read(path, depth + 1)) {
        return false;
      }
    }
    return at <= bytes.length;
  };
  return read('', 0) ? trees : new Map();
}
