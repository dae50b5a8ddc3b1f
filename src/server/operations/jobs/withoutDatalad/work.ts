import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { ObjectStore } from '../../../annex/presence';
import { fsPath } from '../../../bytes';
import { exists } from '../../../exists';
import { type IGitEntry, isRegular, SYMLINK } from '../../../git/entry';
import { parseRawDiff } from '../../../git/rawDiff';
import { splitZero } from '../../../git/split';
import { annexedKeys, entriesAt, isAmong } from '../indexEntries';
import { isUnchanged } from './unchanged';
import type { ITools } from './tools';

/** What there is to save, by names relative to the repository. */
export interface IWork {
  /** Tracked files and subdatasets that differ from the index, and files that are new. */
  readonly changed: readonly string[];
  /** Tracked, but gone from the working tree. */
  readonly deleted: readonly string[];
  /** In the index already, but in no commit. */
  readonly staged: readonly string[];
  /** New folders that are repositories of their own. */
  readonly repositories: readonly string[];
}

/** Finds what there is to save at or below names; the empty name stands for all. */
export async function readWork({ workTree, signal }: ITools, names: readonly string[]): Promise<IWork> {
  const wanted = new Set(names);
  const among = (path: string): boolean => isAmong(path, wanted);
  const { git, folder, commonDir } = workTree;
  const differing = parseRawDiff(
    await git.readWorkTree(['diff-files', '--raw', '-z', '--no-renames', '--ignore-submodules=dirty'], { signal })
  ).filter(({ path }) => among(path));
  const others = splitZero(await git.read(['ls-files', '-z', '--others', '--exclude-standard'], { signal })).filter(path =>
    among(path.replace(/\/$/u, ''))
  );
  const deleted: string[] = [];
  const modified: string[] = [];
  for (const { path, status } of differing) {
    // A folder may have taken the place of a file, whose deletion that is, too.
    (status === 'D' || !exists(join(folder, path)) ? deleted : modified).push(path);
  }
  const entries = await entriesAt(git, modified, signal);
  const keys = await annexedKeys(entries, git, signal);
  const store = new ObjectStore(join(commonDir, 'annex'));
  const same = async (entry: IGitEntry): Promise<boolean> => {
    const [key, path] = [keys.get(entry.path), join(folder, entry.path)];
    const rightType = (await lstat(fsPath(path))).isSymbolicLink() === (entry.mode === SYMLINK);
    return key !== undefined && rightType && (await isUnchanged({ entry, key, path }, store));
  };
  const unchanged = new Set<string>();
  for (const entry of entries.filter(({ mode }) => isRegular(mode) || mode === SYMLINK)) {
    if (await same(entry)) {
      unchanged.add(entry.path);
    }
  }
  return {
    changed: [...modified.filter(path => !unchanged.has(path)), ...others.filter(path => !path.endsWith('/'))],
    deleted,
    staged: (await workTree.staged()).filter(among),
    repositories: others.filter(path => path.endsWith('/')).map(path => path.slice(0, -1))
  };
}
