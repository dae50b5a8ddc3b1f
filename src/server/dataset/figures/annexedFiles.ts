import { keyBytes } from '../../annex/key';
import { encodePath, isUtf8 } from '../../bytes';
import type { IHiddenFile } from '../hidden/hiddenStream';

/** From which path to before which. */
export type PathRange = [start: number, end: number];

/** What {@link AnnexedFiles} holds of all files of the index. */
export interface IFileColumns {
  /** Relative to the dataset, in git's order: everything below a folder stands together. */
  readonly paths: string[];
  /** For each path its place in `keys`. */
  readonly keyOf: number[];
  /** For each path whether it is unlocked. */
  readonly unlocked: boolean[];
  /** For each key how many files have it: none has one any more that left with a commit. */
  readonly uses: number[];
  /** For each folder with annexed files below where they stand. */
  readonly ranges: Map<string, PathRange>;
  /** Paths of registered subdatasets. */
  readonly subdatasets: readonly string[];
}

/** The annexed files in the index of one dataset, in columns: a hundred thousand objects would cost ten times the memory. */
export class AnnexedFiles implements IFileColumns {
  readonly paths: string[] = [];
  readonly keyOf: number[] = [];
  readonly unlocked: boolean[] = [];
  readonly uses: number[] = [];
  readonly ranges = new Map<string, PathRange>();
  readonly subdatasets: string[] = [];
  /** Places, among `paths`, of files that the branch hides from the folder: they are in no index. */
  readonly hidden = new Set<number>();
  /** Whether any file is unlocked. */
  anyUnlocked = false;
  /** Files whose entry could not be read, so that nobody knows whether they are annexed. */
  unread = 0;
  private known = new KnownKeys();
  /** The folder of the last path that was added, with the ranges of it and of all around it: the next path mostly lies there, too. */
  private last: { folder: string; around: PathRange[] } = { folder: '', around: [] };

  get keys(): readonly string[] {
    return this.known.keys;
  }

  /** For each key the bytes it names, -1 where it names none. */
  get bytes(): readonly number[] {
    return this.known.bytes;
  }

  /** The list after a change of the index; keys have the same places in both. Not for lists with hidden or unread files. */
  changed(columns: IFileColumns): AnnexedFiles {
    const after = Object.assign(new AnnexedFiles(), columns);
    after.known = this.known;
    after.anyUnlocked = columns.unlocked.includes(true);
    return after;
  }

  /** Whether keys have the same places in another list. */
  sharesKeys(other: AnnexedFiles): boolean {
    return this.known === other.known;
  }

  /** A file that the branch hides, in its place among the others. */
  addHidden({ path, key }: IHiddenFile): void {
    this.hidden.add(this.paths.length);
    this.add(path, key, false);
  }

  /** Files come in git's order. */
  add(path: string, key: string, unlocked: boolean): void {
    const place = this.known.placeOf(key);
    this.paths.push(path);
    this.keyOf.push(place);
    this.unlocked.push(unlocked);
    this.anyUnlocked ||= unlocked;
    this.uses[place] = (this.uses[place] ?? 0) + 1;
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (folder !== this.last.folder || this.last.around.length === 0) {
      this.last = { folder, around: this.rangesAround(folder) };
    }
    const end = this.paths.length;
    this.last.around.forEach(range => (range[1] = end));
  }

  /** The place of a key in `keys`; undefined when no file ever had it. */
  place(key: string): number | undefined {
    return this.known.place(key);
  }

  /** The place of a key, a new one for a new key. */
  placeOf(key: string): number {
    return this.known.placeOf(key);
  }

  /** Where a path stands in `paths`; undefined when it is no annexed file. */
  at(path: string): number | undefined {
    const at = this.lower(path);
    return this.paths[at] === path ? at : undefined;
  }

  /** Where the first path stands that does not come before another one in git's order. */
  lower(path: string): number {
    const bytes = encodePath(path);
    let [low, high] = [0, this.paths.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (Buffer.compare(encodePath(this.paths[middle] ?? ''), bytes) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Of a folder and all around it; those that are new begin with the last path. */
  private rangesAround(folder: string): PathRange[] {
    const names = folder === '' ? [] : folder.split('/');
    return [...names.map((_, depth) => names.slice(0, depth + 1).join('/')), ''].map(path => {
      const range = this.ranges.get(path) ?? [this.paths.length - 1, this.paths.length];
      this.ranges.set(path, range);
      return range;
    });
  }
}

/** Keys by their place; a place once given stays. */
class KnownKeys {
  readonly keys: string[] = [];
  readonly bytes: number[] = [];
  private readonly places = new Map<string, number>();

  place(key: string): number | undefined {
    return this.places.get(key);
  }

  placeOf(key: string): number {
    const known = this.places.get(key);
    if (known !== undefined) {
      return known;
    }
    const own = detached(key);
    const place = this.keys.push(own) - 1;
    this.bytes.push(keyBytes(own) ?? -1);
    this.places.set(own, place);
    return place;
  }
}

/** A part of a longer text keeps all of it in memory: the target of a link is three times as long as its key. */
function detached(text: string): string {
  return isUtf8(text) ? Buffer.from(text).toString() : text;
}
