import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CHANGES, type Change } from '../../protocol/dataset';
import { FailureError } from '../../protocol/failure';
import { fsPath, isUtf8 } from '../bytes';
import { fileFailure } from '../fileFailure';
import { damaged } from '../git/damage';
import { isRegular, parseIndex } from '../git/entry';
import { type IRawChange, parseRawDiff } from '../git/rawDiff';
import { splitZero } from '../git/split';
import { mapLimited } from '../mapLimited';
import type { Repository } from './repository';

/** One unsaved change of a path. */
export interface IChange {
  /** Relative to the dataset; untracked folders end without a slash. */
  path: string;
  change: Change;
  staged: boolean;
  /** What the index has, or HEAD when it was deleted from the index; absent for untracked paths. */
  entry?: { mode: string; oid: string };
  /** An untracked folder, which stands for everything in it. */
  folder?: true;
  /** Not in the index any more, whatever is on disk. */
  removed?: true;
}

const OF_STATUS: Readonly<Record<IRawChange['status'], Change>> = {
  A: 'added',
  D: 'deleted',
  M: 'modified',
  T: 'typechange',
  U: 'conflict'
};

const DIFF = ['--raw', '-z', '--no-renames', '--no-ext-diff', '--ignore-submodules=dirty'];
/** Exit code of git when HEAD names no commit yet. */
const UNBORN = 128;

/** The strongest of several changes, in the order of {@link CHANGES}. */
export function strongest(changes: Iterable<Change | undefined>): Change | undefined {
  const present = new Set(changes);
  return CHANGES.find(change => present.has(change));
}

/**
 * All unsaved changes of a dataset, or below one folder of it: by path, in git's order. Subdatasets count as changed when another
 * commit of them is checked out, not when they are dirty themselves.
 */
export async function readChanges(repository: Repository, folder = '', signal?: AbortSignal): Promise<Map<string, IChange>> {
  const paths = pathspec(folder);
  const [staged, work, untracked] = await soundly(
    repository,
    Promise.all([
      readStaged(repository, paths, signal),
      repository.git.readWorkTree(['diff-files', ...DIFF, '--', ...paths], { signal }).then(parseRawDiff),
      readNew(repository, folder, signal)
    ])
  );
  const changes = new Map<string, IChange>();
  const within = (path: string): boolean => folder === '' || path.startsWith(`${folder}/`);
  for (const raw of staged.filter(raw => within(raw.path))) {
    const removed = raw.status === 'D';
    // The index has no single entry of a path in conflict.
    const old = removed || raw.status === 'U';
    const entry = old ? { mode: raw.oldMode, oid: raw.oldOid } : { mode: raw.newMode, oid: raw.newOid };
    changes.set(raw.path, {
      path: raw.path,
      change: OF_STATUS[raw.status],
      staged: true,
      entry,
      ...(removed ? { removed } : {})
    });
  }
  for (const raw of await confirmed(
    repository,
    work.filter(raw => within(raw.path)),
    signal
  )) {
    changes.set(raw.path, joined(raw, changes.get(raw.path)));
  }
  untracked.forEach(change => changes.set(change.path, changes.get(change.path) ?? change));
  return changes;
}

/** Which of the files that differ from the index by their time stamps, where nothing is staged, are changed. */
export async function readUnstaged(
  repository: Repository,
  work: readonly IRawChange[],
  signal?: AbortSignal
): Promise<IChange[]> {
  return (await confirmed(repository, work, signal)).map(raw => joined(raw, undefined));
}

/** What is neither in the index nor ignored, below a folder. */
export async function readNew(repository: Repository, folder: string, signal?: AbortSignal): Promise<IChange[]> {
  return (await readUntracked(repository, folder, { signal })).map(name => {
    const path = name.replace(/\/$/, '');
    return { path, change: 'new', staged: false, ...(path === name ? {} : { folder: true }) };
  });
}

/** What a change in the work tree makes of a staged one: a file that was added and then edited is still an added one. */
function joined(raw: IRawChange, staged: IChange | undefined): IChange {
  const change = OF_STATUS[raw.status];
  if (staged === undefined) {
    return { path: raw.path, change, staged: false, entry: { mode: raw.oldMode, oid: raw.oldOid } };
  }
  const added = staged.change === 'added' && (change === 'modified' || change === 'typechange');
  return { ...staged, change: added ? 'added' : (strongest([staged.change, change]) ?? change) };
}

/** An index that git cannot read, or that holds other files than HEAD, may be a damaged one: then nothing is believed of it. */
async function soundly<T extends readonly [IRawChange[], ...unknown[]]>({ index }: Repository, reads: Promise<T>): Promise<T> {
  try {
    const read = await reads;
    await (read[0].length > 0 ? index.verify() : undefined);
    return read;
  } catch (error) {
    await index.verify();
    throw error;
  }
}

/** What the index has that HEAD has not. */
export async function readStaged(repository: Repository, paths: readonly string[], signal?: AbortSignal): Promise<IRawChange[]> {
  const output = await repository.git.readOr([UNBORN], ['diff-index', '--cached', ...DIFF, 'HEAD', '--', ...paths], { signal });
  if (output !== null) {
    return parseRawDiff(output);
  }
  await assertUnborn(repository);
  const index = parseIndex(await repository.git.read(['ls-files', '-s', '-z', '--', ...paths], { signal }));
  return index.map(({ mode, oid, path }) => ({ oldMode: '000000', oldOid: '', newMode: mode, newOid: oid, status: 'A', path }));
}

/** Fails when HEAD should name a commit: then 128 meant something else. A branch that has a file, but no commit in it, is damaged. */
async function assertUnborn({ git, folder }: Repository): Promise<void> {
  if ((await git.readOr([1], ['rev-parse', '-q', '--verify', 'HEAD'])) !== null) {
    await git.read(['diff-index', '--cached', '--quiet', 'HEAD'], { accept: [0, 1] });
  }
  const ref = await git.say(['symbolic-ref', '-q', 'HEAD']);
  const file = await lstat(fsPath(join(folder.commonDir, ref))).catch(() => null);
  if (file?.isFile() === true) {
    throw new FailureError(damaged('refs', `${ref} names no commit`));
  }
}

/**
 * Untracked, not ignored paths; folders that are new as a whole end with a slash and stand for what is in them, but for `folder` itself and
 * those around it. With `whole` their files are listed instead, and a repository alone ends with a slash.
 */
export async function readUntracked(
  repository: Repository,
  folder: string,
  { whole = false, signal }: { whole?: boolean; signal?: AbortSignal } = {}
): Promise<string[]> {
  const list = (...flags: string[]): Promise<Buffer> =>
    repository.git.readWorkTree(['ls-files', '-o', '--exclude-standard', '-z', ...flags, '--', ...pathspec(folder)], { signal });
  const names = splitZero(await (whole ? list() : list('--directory', '--no-empty-directory')));
  const around = !whole && names.some(name => name.endsWith('/') && `${folder}/`.startsWith(name));
  return (around ? splitZero(await list()) : names).filter(name => folder === '' || name.startsWith(`${folder}/`));
}

/** Differences that are more than a time stamp. */
async function confirmed(repository: Repository, work: readonly IRawChange[], signal?: AbortSignal): Promise<IRawChange[]> {
  const conflicts = new Set(work.filter(raw => raw.status === 'U').map(raw => raw.path));
  const candidates = work.filter(raw => raw.status === 'U' || !conflicts.has(raw.path));
  await repository.keys.load(
    candidates.filter(raw => raw.status === 'M').map(raw => ({ mode: raw.oldMode, oid: raw.oldOid })),
    signal
  );
  const judged = await mapLimited(candidates, 4, raw => judge(repository, raw, signal));
  return judged.filter(raw => raw !== null);
}

async function judge(repository: Repository, raw: IRawChange, signal?: AbortSignal): Promise<IRawChange | null> {
  const sameMode = raw.oldMode === raw.newMode;
  if (raw.status !== 'M' || !sameMode || !(isRegular(raw.oldMode) || raw.oldMode === '120000')) {
    return raw;
  }
  try {
    return (await repository.contents.differs(raw.path, { mode: raw.oldMode, oid: raw.oldOid }, signal)) ? raw : null;
  } catch (error) {
    // Gone since git looked.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return { ...raw, status: 'D' };
    }
    // What may not be read is changed as far as anybody can tell.
    if (fileFailure(error)?.kind === 'permission-denied') {
      return raw;
    }
    throw error;
  }
}

/** Limits git to a folder; arguments must be valid UTF-8, so below a name that is none the nearest folder around serves. */
function pathspec(folder: string): string[] {
  let path = folder;
  while (!isUtf8(path)) {
    path = dirname(path) === '.' ? '' : dirname(path);
  }
  return path === '' ? [] : [`${path}/`];
}
