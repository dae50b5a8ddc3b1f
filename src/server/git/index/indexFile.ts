import type { Stats } from 'node:fs';
import { decodePath, encodePath } from '../../bytes';
import { isRegular, SYMLINK } from '../entry';
import { readCacheTree } from './cacheTree';
import { makeTree } from './makeTree';

/** Bytes of an entry before its object id: ten numbers of what `stat` said when git last looked. */
export const STAT_BYTES = 40;
const [CTIME, MTIME, INODE, MODE, UID, GID, SIZE] = [0, 8, 20, 24, 28, 32, 36];
const SLASH = 0x2f;
/** There are more flags, and the one among them for what is not in the work tree. */
export const EXTENDED = 0x4000;
const SKIPPED = 0x4000;

/** Where each entry and its path stand. */
export interface IIndexColumns {
  /** The file as it is on disk. */
  bytes: Buffer;
  /** What the paths are part of: the file itself, unless it shortens them. */
  paths: Buffer;
  heads: Uint32Array;
  starts: Uint32Array;
  ends: Uint32Array;
  oidBytes: number;
  /** The extension in which git keeps ids of trees. */
  cacheTree: Buffer | null;
}

/** A name directly in a folder. */
export interface IIndexChild {
  name: string;
  /** Its first entry, and where those end that lie below it. */
  at: number;
  end: number;
  isFolder: boolean;
}

/** A repository's index, read from its file: a hundred thousand entries in some milliseconds, and no object for each of them. */
export class IndexFile {
  private trees: Map<string, string> | undefined;

  constructor(private readonly columns: IIndexColumns) {}

  get count(): number {
    return this.columns.heads.length;
  }

  /** Bytes of each object id. */
  get oidBytes(): number {
    return this.columns.oidBytes;
  }

  path(at: number): string {
    return decodePath(this.pathBytes(at));
  }

  pathBytes(at: number): Buffer {
    const { paths, starts, ends } = this.columns;
    return paths.subarray(starts[at], ends[at]);
  }

  /** Six octal digits, as everywhere. */
  mode(at: number): string {
    return this.number(at, MODE).toString(8).padStart(6, '0');
  }

  oid(at: number): string {
    const { bytes, oidBytes } = this.columns;
    const start = this.head(at) + STAT_BYTES;
    return bytes.toString('hex', start, start + oidBytes);
  }

  stage(at: number): number {
    return (this.flags(at) >> 12) & 3;
  }

  /** Flags that make an entry mean something else than a file which is as its time stamps say: see `isPlain`. */
  isPlain(at: number): boolean {
    const flags = this.flags(at);
    // Assumed to be unchanged, extended (skipped in the work tree, or only meant to be added), or in conflict.
    return (flags & 0xf000) === 0;
  }

  /** Whether a sparse checkout keeps the file out of the work tree, or somebody told git that it is not there. */
  isLeftOut(at: number): boolean {
    return (this.flags(at) & EXTENDED) !== 0 && (this.moreFlags(at) & SKIPPED) !== 0;
  }

  /** Whether git would take a file for unchanged without a look at its content; false says nothing. */
  matches(at: number, stats: Stats, written: number): boolean {
    const mode = this.mode(at);
    const sameType = mode === SYMLINK ? stats.isSymbolicLink() : stats.isFile() && isRegular(mode);
    return (
      sameType &&
      (mode === SYMLINK || (mode === '100755') === ((stats.mode & 0o100) !== 0)) &&
      this.number(at, SIZE) === stats.size % 2 ** 32 &&
      this.number(at, INODE) === stats.ino % 2 ** 32 &&
      this.number(at, UID) === stats.uid &&
      this.number(at, GID) === stats.gid &&
      this.sameTime(at, MTIME, stats.mtimeMs) &&
      this.sameTime(at, CTIME, stats.ctimeMs) &&
      // Written after, or as good as together with the index: may have changed since without another time stamp.
      stats.mtimeMs < written
    );
  }

  /** From which entry to before which one: everything below a folder, all for the empty path. */
  range(folder: string): [start: number, end: number] {
    if (folder === '') {
      return [0, this.count];
    }
    const bytes = encodePath(`${folder}/`);
    const start = this.lower(bytes, 0, this.count);
    bytes[bytes.length - 1] = SLASH + 1;
    return [start, this.lower(bytes, start, this.count)];
  }

  /** One name directly in a folder; undefined where the index has nothing under it. */
  child(folder: string, name: string): IIndexChild | undefined {
    const path = folder === '' ? name : `${folder}/${name}`;
    const bytes = encodePath(path);
    const at = this.lower(bytes, 0, this.count);
    if (at < this.count && this.pathBytes(at).equals(bytes)) {
      return { name, at, end: at + 1, isFolder: false };
    }
    const [start, end] = this.range(path);
    return start < end ? { name, at: start, end, isFolder: true } : undefined;
  }

  /** All names directly in a folder. */
  *children(folder: string): Generator<IIndexChild> {
    const [start, stop] = this.range(folder);
    const skip = folder === '' ? 0 : encodePath(folder).length + 1;
    for (let at = start; at < stop;) {
      const path = this.pathBytes(at);
      const slash = path.indexOf(SLASH, skip);
      if (slash < 0) {
        yield { name: decodePath(path.subarray(skip)), at, end: at + 1, isFolder: false };
        at++;
      } else {
        const behind = Buffer.from(path.subarray(0, slash + 1));
        behind[slash] = SLASH + 1;
        const end = this.lower(behind, at, stop);
        yield { name: decodePath(path.subarray(skip, slash)), at, end, isFolder: true };
        at = end;
      }
    }
  }

  /** The id of the tree that a commit of the index would have for a folder; undefined where git would have to be asked. */
  treeOf(folder: string): string | undefined {
    const { cacheTree, oidBytes } = this.columns;
    this.trees ??= cacheTree === null ? new Map() : readCacheTree(cacheTree, oidBytes);
    return makeTree(this, folder, this.trees);
  }

  /** Whether an entry is the same, whatever the time stamps, as one of another reading of the index. */
  sameEntry(at: number, other: IndexFile, otherAt: number): boolean {
    const [one, two] = [this.columns, other.columns];
    const [from, to] = [this.head(at) + MODE, other.head(otherAt) + MODE];
    const [oid, otherOid] = [this.head(at) + STAT_BYTES, other.head(otherAt) + STAT_BYTES];
    return (
      one.bytes.readUInt32BE(from) === two.bytes.readUInt32BE(to) &&
      this.stage(at) === other.stage(otherAt) &&
      one.bytes.compare(two.bytes, otherOid, otherOid + two.oidBytes, oid, oid + one.oidBytes) === 0
    );
  }

  /** Whether some entries are byte for byte those of another reading; false where that cannot be said so. */
  sameRun(at: number, length: number, other: IndexFile, otherAt: number): boolean {
    const [one, two] = [this.columns, other.columns];
    const [start, end] = [one.heads[at], one.heads[at + length]];
    const [otherStart, otherEnd] = [two.heads[otherAt], two.heads[otherAt + length]];
    // Where paths are shortened an entry says something only together with the one before it.
    const isWhole = one.paths === one.bytes && two.paths === two.bytes;
    return (
      isWhole &&
      end !== undefined &&
      otherEnd !== undefined &&
      one.bytes.compare(two.bytes, otherStart, otherEnd, start, end) === 0
    );
  }

  /** Order of the paths of two entries, as git sorts them. */
  comparePaths(at: number, other: IndexFile, otherAt: number): number {
    const [one, two] = [this.columns, other.columns];
    return one.paths.compare(two.paths, two.starts[otherAt], two.ends[otherAt], one.starts[at], one.ends[at]);
  }

  private sameTime(at: number, field: number, milliseconds: number): boolean {
    const [seconds, nanoseconds] = [this.number(at, field), this.number(at, field + 4)];
    // Some programs write whole seconds; the sum is the one Node makes of the same two numbers.
    return nanoseconds === 0 ? seconds === Math.floor(milliseconds / 1000) : seconds * 1000 + nanoseconds / 1e6 === milliseconds;
  }

  private lower(path: Buffer, from: number, to: number): number {
    const { paths, starts, ends } = this.columns;
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (paths.compare(path, 0, path.length, starts[middle], ends[middle]) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private head(at: number): number {
    return this.columns.heads[at] ?? 0;
  }

  private number(at: number, field: number): number {
    return this.columns.bytes.readUInt32BE(this.head(at) + field);
  }

  private flags(at: number): number {
    return this.columns.bytes.readUInt16BE(this.head(at) + STAT_BYTES + this.columns.oidBytes);
  }

  /** Only where `EXTENDED` is among the flags. */
  private moreFlags(at: number): number {
    return this.columns.bytes.readUInt16BE(this.head(at) + STAT_BYTES + this.columns.oidBytes + 2);
  }
}
