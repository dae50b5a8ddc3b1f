import { decodePath, encodePath } from '../bytes';

const [SPACE, ZERO] = [0x20, 0];
/** A tree has no zero before the mode of a folder, unlike what git prints. */
const FOLDER = '40000';

/** A tree as git stores it: `<mode> <name>\0<id>` for each entry, one behind the other. */
export interface ITreeObject {
  bytes: Buffer;
  /** Bytes of each id. */
  oidBytes: number;
}

/** One entry of a tree. */
export interface ITreeEntry {
  isFolder: boolean;
  name: string;
  oid: string;
}

/** An entry of one tree and that of the same name in another one. */
export type EntryPair = [before: ITreeEntry | undefined, after: ITreeEntry | undefined];

/** One entry of a tree by its name. */
export function findEntry(tree: ITreeObject, name: string): ITreeEntry | undefined {
  const wanted = encodePath(name);
  for (let at = 0; at < tree.bytes.length;) {
    const end = endOf(tree, at);
    const start = tree.bytes.indexOf(SPACE, at) + 1;
    if (wanted.compare(tree.bytes, start, end - 1 - tree.oidBytes) === 0) {
      return entryAt(tree, at, end);
    }
    at = end;
  }
  return undefined;
}

/** The entries in which two trees differ. */
export function differingEntries(before: ITreeObject, after: ITreeObject): EntryPair[] {
  const found = new Map<string, EntryPair>();
  let [one, two] = [0, 0];
  while (one < before.bytes.length || two < after.bytes.length) {
    const [oneEnd, twoEnd] = [endOf(before, one), endOf(after, two)];
    if (before.bytes.compare(after.bytes, two, twoEnd, one, oneEnd) === 0) {
      [one, two] = [oneEnd, twoEnd];
      continue;
    }
    const [from, to] = [entryAt(before, one, oneEnd), entryAt(after, two, twoEnd)];
    const order = from === undefined ? 1 : to === undefined ? -1 : compareEntries(from, to);
    if (order <= 0 && from !== undefined) {
      found.set(from.name, [from, found.get(from.name)?.[1]]);
      one = oneEnd;
    }
    if (order >= 0 && to !== undefined) {
      found.set(to.name, [found.get(to.name)?.[0], to]);
      two = twoEnd;
    }
  }
  return [...found.values()];
}

/** Where the entry ends that begins somewhere. */
function endOf({ bytes, oidBytes }: ITreeObject, at: number): number {
  const zero = bytes.indexOf(ZERO, at);
  return zero < 0 ? bytes.length : Math.min(bytes.length, zero + 1 + oidBytes);
}

/** Undefined at the end of the tree. */
function entryAt({ bytes, oidBytes }: ITreeObject, at: number, end: number): ITreeEntry | undefined {
  if (at >= bytes.length) {
    return undefined;
  }
  const space = bytes.indexOf(SPACE, at);
  const zero = end - 1 - oidBytes;
  return {
    isFolder: bytes.toString('latin1', at, space) === FOLDER,
    name: decodePath(bytes.subarray(space + 1, zero)),
    oid: bytes.toString('hex', zero + 1, end)
  };
}

/** Git sorts folders as if their names ended with a slash. */
function compareEntries(one: ITreeEntry, other: ITreeEntry): number {
  return Buffer.compare(sortedAs(one), sortedAs(other));
}

function sortedAs({ isFolder, name }: ITreeEntry): Buffer {
  return encodePath(isFolder ? `${name}/` : name);
}
