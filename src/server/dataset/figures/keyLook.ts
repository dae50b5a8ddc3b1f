import { statSync } from 'node:fs';
import { keyFileName, lowerHashDirectory, mixedHashDirectory } from '../../annex/hashDirectory';
import type { ObjectStore } from '../../annex/presence';
import { fsPath } from '../../bytes';
import { Turns } from '../../turns';
import { prefetch } from '../quick/prefetch';
import type { Figures } from './figures';

/** With fewer keys than this the list of hash folders costs more than it saves, and whoever waits for the first thousand waits for it. */
const MANY = 1_500;
const CHUNK = 2_000;

/** Looks whether the content of many keys is here. Fails with `EACCES` where nobody may look. */
export class KeyLook {
  private folders: ReadonlySet<string> | null = null;
  private listing: Promise<ReadonlySet<string>> | null = null;
  /** Whether any of them is one of those that are for file systems which do not tell `x` from `X`. */
  private hasLower = true;

  constructor(private readonly store: ObjectStore) {}

  /** Many more keys will be looked at: what helps with those can begin. */
  prepare(): void {
    this.listing ??= this.store.folders();
    // Told when it is needed.
    this.listing.catch(() => undefined);
  }

  /** Looks at the keys in some places and notes the answers. */
  async at(figures: Figures, places: readonly number[]): Promise<void> {
    if (places.length > MANY) {
      this.folders ??= await (this.listing ??= this.store.folders());
      this.hasLower = [...this.folders].some(folder => folder.length === 'abc/def'.length);
    }
    const turns = new Turns();
    for (let from = 0; from < places.length; from += CHUNK) {
      const chunk = places.slice(from, from + CHUNK);
      const keyOf = (place: number): string => figures.files.keys[place] ?? '';
      await prefetch(this.store.annexDir, () => chunk.flatMap(place => this.pathsOf(keyOf(place))));
      for (const place of chunk) {
        figures.here[place] = this.pathsOf(keyOf(place)).some(exists) ? 1 : 0;
        if (turns.due()) {
          await turns.give();
        }
      }
    }
  }

  /** Where the content of a key may be: nowhere when its hash folder does not exist. */
  private pathsOf(key: string): string[] {
    const { folders, store } = this;
    if (folders === null) {
      return store.places(key);
    }
    const hashes = this.hasLower ? [mixedHashDirectory(key), lowerHashDirectory(key)] : [mixedHashDirectory(key)];
    const there = hashes.filter(folder => folders.has(folder));
    return there.length === 0 ? [] : there.map(folder => store.placeIn(folder, keyFileName(key)));
  }
}

function exists(path: string): boolean {
  return statSync(fsPath(path), { throwIfNoEntry: false }) !== undefined;
}
