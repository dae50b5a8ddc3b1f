import type { CommitFile, Version } from '../../../protocol/history';
import type { ContentsPath } from '../../../protocol/paths';
import { fail, type Failure, FailureError } from '../../../protocol/failure';
import type { CommitId } from '../../../protocol/revision';
import { keyBytes } from '../../annex/key';
import { GITLINK, isRegular, SYMLINK } from '../../git/entry';
import { objectSizes } from '../../git/objects';
import type { Repository } from '../repository';
import { type IChangedEntry, parseChangedEntries } from './changedEntries';
import { MOST_PRINTED, PRINTED, PRINTED_BRIEFLY } from './logArguments';
import { type ILogEntry, parseLog } from './parseLog';

/** More files than these are counted, not listed. */
const MAX_FILES = 5_000;
/** Renames are looked for among so many files: the time grows with the square of it. */
const RENAMES = 400;
const NOTHING = /^0+$/u;
/** Bytes of a message that is too long. */
const BEGINNING = 256 * 1024;

/** One commit as git tells it, with the beginning of a message that is too long; fails with `not-found` where it is not in this clone. */
export async function readEntry(
  { git }: Repository,
  commit: CommitId,
  signal: AbortSignal
): Promise<{ entry: ILogEntry; cut: boolean }> {
  const read = async (printed: readonly string[], maxOutput: number): Promise<Buffer> => {
    const args = ['log', '--max-count=1', '--no-patch', ...printed, commit, '--'];
    const output = await git.readOr([128], args, { signal, noIndex: true, maxOutput, cutOutput: true });
    return output ?? fail('not-found', 'This commit is not in this dataset.', { parameters: { path: commit } });
  };
  const whole = await read(PRINTED, MOST_PRINTED);
  const cut = whole.at(-1) !== 0;
  const [entry] = cut ? parseLog(await read(PRINTED_BRIEFLY, MOST_PRINTED), { brief: true }) : parseLog(whole);
  if (entry === undefined) {
    return fail('unknown', 'git listed a commit in an unknown way.');
  }
  return { cut, entry: cut ? { ...entry, message: (await read(['--format=%B'], BEGINNING)).toString() } : entry };
}

export interface ICommitFiles {
  readonly files: CommitFile[];
  readonly count: number;
  readonly failure?: Failure;
}

interface IFilesRequest {
  readonly commit: CommitId;
  /** Null: all of the commit's files came with it. */
  readonly parent: CommitId | null;
  toContents(relative: string): ContentsPath;
  readonly signal: AbortSignal;
}

/** The files that a commit changed against one of its parents; where a tree is missing or damaged, why they cannot be told. */
export async function readCommitFiles(repository: Repository, request: IFilesRequest): Promise<ICommitFiles> {
  try {
    const entries = await changedEntries(repository, request);
    const listed = entries.slice(0, MAX_FILES);
    const version = await versionsOf(repository, listed, request.signal);
    const { toContents } = request;
    const files = listed.map(({ status, path, oldPath, ...entry }): CommitFile => ({
      path: toContents(path),
      status: WORDS[status],
      ...(oldPath === undefined ? {} : { oldPath: toContents(oldPath) }),
      before: version(entry.oldMode, entry.oldOid),
      after: version(entry.newMode, entry.newOid)
    }));
    return { files, count: entries.length };
  } catch (error) {
    if (error instanceof FailureError && error.failure.kind !== 'cancelled') {
      return { files: [], count: 0, failure: error.failure };
    }
    throw error;
  }
}

const WORDS = { A: 'added', D: 'deleted', M: 'modified', T: 'typechange', R: 'renamed' } as const;

/** With renames by content; without these where content is missing, as in a partial clone. */
async function changedEntries({ git }: Repository, { commit, parent, signal }: IFilesRequest): Promise<IChangedEntry[]> {
  const compare = async (renames: readonly string[]): Promise<IChangedEntry[]> => {
    const args = ['diff-tree', '-r', '--raw', '-z', '--full-index', '--no-ext-diff', '--no-textconv', '--no-commit-id'];
    const sides = parent === null ? ['--root', commit] : [parent, commit];
    // A subdataset is compared by its commit alone, whatever its settings say.
    const output = await git.read([...args, '--ignore-submodules=none', ...renames, ...sides, '--'], { signal, noIndex: true });
    return parseChangedEntries(output);
  };
  const limit = `-l${RENAMES}`;
  if (await git.isPartial()) {
    return await compare(['--find-renames=100%', limit]);
  }
  try {
    return await compare(['--find-renames', limit]);
  } catch (error) {
    if (error instanceof FailureError && error.failure.kind === 'damaged-repository') {
      return await compare(['--no-renames']);
    }
    throw error;
  }
}

/** Tells what stands on the sides of entries: annexed content with the size in its key, what is in Git with its own. */
async function versionsOf(
  { git, keys }: Repository,
  entries: readonly IChangedEntry[],
  signal: AbortSignal
): Promise<(mode: string, oid: string) => Version | null> {
  const blobs = entries
    .flatMap(({ oldMode, oldOid, newMode, newOid }) => [
      { mode: oldMode, oid: oldOid },
      { mode: newMode, oid: newOid }
    ])
    .filter(({ mode, oid }) => (isRegular(mode) || mode === SYMLINK) && !NOTHING.test(oid));
  await keys.load(blobs, signal);
  const inGit = blobs.filter(blob => isRegular(blob.mode) && keys.of(blob) === null);
  const sizes = await objectSizes(git, [...new Set(inGit.map(({ oid }) => oid))], signal);
  return (mode, oid) => {
    if (NOTHING.test(oid)) {
      return null;
    }
    if (mode === GITLINK) {
      return { kind: 'dataset', commit: oid };
    }
    const key = keys.of({ mode, oid });
    const bytes = key === null ? sizes.get(oid) : keyBytes(key);
    const kind = key !== null ? 'annex' : mode === SYMLINK ? 'link' : 'git';
    return { kind, ...(bytes === undefined ? {} : { bytes }) };
  };
}
