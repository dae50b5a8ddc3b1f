import { lstatSync, type Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { fsPath } from '../../bytes';
import { GITLINK, SYMLINK } from '../../git/entry';
import type { IReadIndex } from '../../git/index/currentIndex';
import type { IRawChange } from '../../git/rawDiff';
import { Turns } from '../../turns';
import { type DiskEntry, listFolder } from '../listFolder';
import { prefetch } from './prefetch';
import type { IPlainFile } from './plainFacts';

/** Files below the subfolders of a folder that are looked at here; beyond that git does so with several threads. */
const MOST_BELOW = 2_000;

/** How a folder on disk compares with the index. */
export interface IScan {
  disk: ReadonlyMap<string, DiskEntry>;
  /** Files directly in it that are as the index says. */
  plain: IPlainFile[];
  /** Files in it and below, that are gone, or may have changed. */
  suspects: IRawChange[];
  /** Something lies in it or below that the index does not have. */
  hasUnknown: boolean;
}

const NOBODY = '0'.repeat(40);

/**
 * Compares a folder of a work tree, and all below it, with the index, as git does: by time stamps. Null where that takes git: there are
 * too many files below, or something has another type than the index says.
 */
export class Scanner {
  private readonly scan: IScan = { disk: new Map(), plain: [], suspects: [], hasUnknown: false };
  private readonly turns: Turns;
  private below = 0;

  constructor(
    private readonly root: string,
    private readonly index: IReadIndex,
    signal?: AbortSignal
  ) {
    this.turns = new Turns(signal);
  }

  /** `only`: of the files directly in the folder just this one. */
  async read(folder: string, only?: string): Promise<IScan | null> {
    this.scan.disk = only === undefined ? await this.list(folder) : await this.look(folder, only);
    return (await this.compare(folder, this.scan.disk, { only, isTop: true })) ? this.scan : null;
  }

  private async look(folder: string, name: string): Promise<Map<string, DiskEntry>> {
    const stats = await lstat(fsPath(join(this.root, folder, name))).catch(() => null);
    return new Map(stats === null ? [] : [[name, stats]]);
  }

  private async list(folder: string): Promise<Map<string, DiskEntry>> {
    return await listFolder(join(this.root, folder));
  }

  private async compare(
    folder: string,
    disk: ReadonlyMap<string, DiskEntry>,
    { only, isTop }: { only?: string; isTop: boolean }
  ): Promise<boolean> {
    const { entries } = this.index;
    const children = only === undefined ? [...entries.children(folder)] : [entries.child(folder, only) ?? []].flat();
    await prefetch(join(this.root, folder), () => children.map(({ name }) => join(this.root, folder, name)));
    let known = 0;
    for (const { name, at, end, isFolder } of children) {
      const entry = disk.get(name);
      known += entry === undefined ? 0 : 1;
      if (isFolder) {
        this.below += end - at;
        if (entry?.isDirectory() !== true || this.below > MOST_BELOW || !(await this.compareBelow(join(folder, name)))) {
          return false;
        }
      } else if (!this.compareFile(folder, name, { at, disk: entry, isTop })) {
        return false;
      }
      if (this.turns.due()) {
        await this.turns.give();
      }
    }
    this.scan.hasUnknown ||= disk.size - (isTop && folder === '' && disk.has('.git') ? 1 : 0) > known;
    return true;
  }

  private async compareBelow(folder: string): Promise<boolean> {
    return await this.compare(folder, await this.list(folder), { isTop: false });
  }

  private compareFile(
    folder: string,
    name: string,
    { at, disk, isTop }: { at: number; disk: DiskEntry | undefined; isTop: boolean }
  ): boolean {
    const { entries, written } = this.index;
    const mode = entries.mode(at);
    if (!entries.isPlain(at) || mode === GITLINK || disk?.isDirectory() === true) {
      return false;
    }
    const path = folder === '' ? name : `${folder}/${name}`;
    const stats = lstatSync(fsPath(join(this.root, path)), { throwIfNoEntry: false });
    if (stats !== undefined && entries.matches(at, stats, written)) {
      if (isTop) {
        this.scan.plain.push({ name, entry: { mode, oid: entries.oid(at) }, bytes: stats.size });
      }
      return true;
    }
    this.scan.suspects.push(suspect(path, { mode, oid: entries.oid(at) }, stats));
    return true;
  }
}

/** What `git diff-files` would print. */
function suspect(path: string, entry: { mode: string; oid: string }, stats: Stats | undefined): IRawChange {
  const newMode = stats === undefined ? '000000' : modeOf(stats);
  const sameType = (entry.mode === SYMLINK) === (newMode === SYMLINK);
  const status = stats === undefined ? 'D' : sameType ? 'M' : 'T';
  return { oldMode: entry.mode, newMode, oldOid: entry.oid, newOid: NOBODY, status, path };
}

function modeOf(stats: Stats): string {
  if (stats.isSymbolicLink()) {
    return SYMLINK;
  }
  return (stats.mode & 0o100) !== 0 ? '100755' : '100644';
}
