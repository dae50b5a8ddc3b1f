import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Side } from '../../../protocol/revision';
import { fsPath } from '../../bytes';
import { GITLINK, isRegular, SYMLINK } from '../../git/entry';
import { parseRawDiff } from '../../git/rawDiff';
import { parseRenamedDiff } from '../../git/renamedDiff';
import { splitZero } from '../../git/split';
import { mapLimited } from '../../mapLimited';
import { type IChange, readUnstaged } from '../changes';
import type { Repository } from '../repository';
import { pathspec } from './entryAt';
import { difference, type IRawDifference } from './rawDifferences';
import { treeish } from './sides';

const DIFF = ['--raw', '-z', '--no-renames', '--no-abbrev', '--no-ext-diff', '--ignore-submodules=dirty'];

/**
 * The differences between a commit, or nothing, and what is in the folder now, new files among them: what the commit has against the
 * index, and over it what the folder has against the index, by content where time stamps differ. Only `path` and what is below it, where
 * there is one.
 */
export async function diffWorkTree(
  repository: Repository,
  from: Exclude<Side, 'worktree'>,
  { path = '', signal }: { path?: string; signal?: AbortSignal }
): Promise<IRawDifference[]> {
  const { git, index } = repository;
  const limit = pathspec(path);
  const [staged, work, untracked] = await Promise.all([
    git.read(['diff-index', '--cached', ...DIFF, await treeish(repository, from), '--', ...limit], { signal }),
    git.readWorkTree(['diff-files', ...DIFF, '--', ...limit], { signal }),
    git.readWorkTree(['ls-files', '-o', '--exclude-standard', '-z', '--', ...limit], { signal })
  ]);
  const found = new Map(parseRenamedDiff(staged).map(raw => [raw.path, difference(raw)]));
  if (found.size > 0) {
    // An index that holds other files than the commit may be a damaged one.
    await index.verify();
  }
  const changed = await readUnstaged(repository, parseRawDiff(work), signal);
  const onDisk = [...changed, ...splitZero(untracked).map(untrackedChange)];
  for (const { path, change } of await mapLimited(onDisk, 4, state =>
    against(repository, found.get(state.path), state, signal)
  )) {
    if (change === null) {
      found.delete(path);
    } else {
      found.set(path, change);
    }
  }
  return [...found.values()];
}

function untrackedChange(name: string): IChange {
  // Repositories among the files end with a slash.
  return { path: name.replace(/\/$/, ''), change: 'new', staged: false };
}

/** What a state on disk that is not that of the index makes of a path that may differ in the index already. */
async function against(
  repository: Repository,
  staged: IRawDifference | undefined,
  { path, change, entry }: IChange,
  signal?: AbortSignal
): Promise<{ path: string; change: IRawDifference | null }> {
  const before = staged === undefined ? known(entry ?? null) : staged.before;
  if (change === 'conflict' || staged?.status === 'conflict') {
    return { path, change: { status: 'conflict', path, before, after: change === 'deleted' ? null : 'disk' } };
  }
  if (change === 'deleted') {
    return { path, change: before === null ? null : { status: 'deleted', path, before, after: null } };
  }
  if (before === null || before === 'disk') {
    return { path, change: { status: 'added', path, before: null, after: 'disk' } };
  }
  const status =
    staged === undefined ? (change === 'typechange' ? change : 'modified') : await differs(repository, path, before, signal);
  return { path, change: status === null ? null : { status, path, before, after: 'disk' } };
}

/** Of a file that is only meant to be added git names an entry of zeros. */
function known(entry: IRawDifference['before']): IRawDifference['before'] {
  return entry !== null && entry !== 'disk' && /^0+$/.test(entry.oid) ? null : entry;
}

/** How a file on disk differs from an entry that is not that of the index; null where it does not. */
async function differs(
  repository: Repository,
  path: string,
  before: { mode: string; oid: string },
  signal?: AbortSignal
): Promise<'modified' | 'typechange' | 'deleted' | null> {
  const stats = await lstat(fsPath(join(repository.root, path))).catch(() => null);
  if (stats === null) {
    return 'deleted';
  }
  const isSame =
    (stats.isSymbolicLink() && before.mode === SYMLINK) ||
    (stats.isFile() && isRegular(before.mode)) ||
    (stats.isDirectory() && before.mode === GITLINK);
  if (!isSame) {
    return 'typechange';
  }
  if (before.mode === GITLINK) {
    return 'modified';
  }
  const keepsModes = (await repository.git.config()).get('core.filemode') !== 'false';
  const executable = stats.isFile() && (stats.mode & 0o100) !== 0;
  if (stats.isFile() && keepsModes && executable !== (before.mode === '100755')) {
    return 'modified';
  }
  return (await repository.contents.differs(path, before, signal)) ? 'modified' : null;
}
