import { access, constants, open, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, FailureError } from '../../../protocol/failure';
import type { ContentsPath } from '../../../protocol/paths';
import { versionProblem } from '../../annex/version';
import { displayName, fsPath } from '../../bytes';
import { failureOf } from '../../datalad/failures';
import type { GitConfig } from '../../git/config';
import { fileFailure } from '../../fileFailure';
import { damaged } from '../../git/damage';
import { GITLINK, parseIndex } from '../../git/entry';
import { verifyIndex } from '../../git/index/checksum';
import { objectIds } from '../../git/objects';
import { GitReader } from '../../git/reader';
import { findRepositoryFolder } from '../../git/repositoryFolder';
import { requireSoundRef } from '../../git/soundRef';
import { splitZero } from '../../git/split';
import type { ITask } from '../../handlers';
import type { IJobContext } from './context';
import { exists } from '../../exists';
import { together } from '../../together';

/** How a file of SQLite begins. */
const SQLITE = Buffer.from('SQLite format 3\0');
/** Less bytes or files than these leave no room for git-annex's own notes: it then waits a minute for its database, and fails. */
const ROOM = { bytes: 64 * 1024, files: 16 } as const;
/** Files named in a detail. */
const NAMED = 100;

/** What a handler needs. */
interface IWork {
  /** The checked-out branch, but not the list of subdatasets. */
  commits?: boolean;
  /** It makes space, so a full disk must not stop it. */
  frees?: boolean;
}

type Handler<I> = (context: IJobContext, input: I, task: ITask) => Promise<void>;

/**
 * Lets a handler work only where what it relies on is sound. DataLad and git-annex take a damaged dataset for one without files: a get
 * or drop then says that there was nothing to do, and a save commits that files were deleted.
 */
export function inSound<I extends { dataset: ContentsPath }>(
  handler: Handler<I>,
  { commits = false, frees = false }: IWork
): Handler<I> {
  return async (context, input, task) => {
    const dataset = context.boundary.resolve(input.dataset);
    await requireSound(dataset, { env: context.env, commits, frees });
    await handler(context, input, task).catch(async (error: unknown) => {
      throw isDumb(error) ? await diagnose(dataset, context.env, error) : await whileLocked(dataset, error);
    });
  };
}

/** A git that ended without a word: DataLad does not pass on what it printed. */
function isDumb(error: unknown): boolean {
  return error instanceof FailureError && error.failure.kind === 'unknown' && /failed with exitcode 128\s*$/u.test(error.message);
}

/** DataLad goes on where git cannot stage a file, since another program holds the index, and stumbles over it later. */
async function whileLocked(dataset: string, error: unknown): Promise<unknown> {
  if (!(error instanceof FailureError) || !/did not match any file\(s\) known to git/u.test(error.failure.detail ?? '')) {
    return error;
  }
  const folder = await findRepositoryFolder(dataset);
  const lock = folder === null ? '' : join(folder.gitDir, 'index.lock');
  const locked = failureOf(`Unable to create '${lock}': File exists`);
  return folder !== null && exists(lock) ? new FailureError({ ...locked, detail: error.failure.detail }) : error;
}

/** What git stumbled over, where that is an object of a file that is checked out; else the error itself. */
async function diagnose(dataset: string, env: Record<string, string>, error: unknown): Promise<unknown> {
  const folder = await findRepositoryFolder(dataset);
  const git = new GitReader(dataset, env, folder?.commonDir ?? dataset);
  const entries = parseIndex(await git.read(['ls-files', '-s', '-z'])).filter(({ mode }) => mode !== GITLINK);
  const ids = await objectIds(
    git,
    entries.map(({ oid }) => oid)
  );
  const lost = entries.filter((_, index) => ids[index] === null).map(({ path }) => displayName(path));
  return lost.length === 0
    ? error
    : new FailureError(damaged('objects', `The saved version is damaged of:\n${lost.slice(0, NAMED).join('\n')}`));
}

/** Whether there is a dataset at all is for others to say. */
async function requireSound(
  dataset: string,
  { env, commits, frees }: Required<IWork> & { env: Record<string, string> }
): Promise<void> {
  const folder = await findRepositoryFolder(dataset);
  if (folder === null) {
    return;
  }
  const git = new GitReader(dataset, env, folder.commonDir);
  await together([
    ...(frees ? [] : [requireRoom(folder.commonDir)]),
    git.config().then(requireVersion),
    requireUsable(join(folder.commonDir, 'annex')),
    verifyIndex(folder.gitDir),
    requireSoundRef(git, folder, 'refs/heads/git-annex'),
    commits ? requireSoundRef(git, folder, 'HEAD') : requireSubdatasets(dataset, git)
  ]);
}

/** DataLad says of a drop that there is no annexed content where git-annex will not work. */
function requireVersion(config: GitConfig): void {
  const problem = versionProblem(config);
  if (problem?.kind === 'older-annex') {
    fail('needs-upgrade', 'This dataset was made by an older git-annex, and has to be upgraded first.', {
      hint: 'Run "git annex upgrade" in a terminal.',
      parameters: { version: problem.version }
    });
  }
  if (problem?.kind === 'newer-annex') {
    fail('tool-too-old', 'This dataset was made by a newer git-annex, so this one refuses to work in it.', {
      hint: 'Upgrade git-annex.',
      parameters: { tool: 'git-annex', version: problem.version }
    });
  }
}

/** A disk without any space left; where the file system tells nothing, as some do of files, nothing is said. */
async function requireRoom(commonDir: string): Promise<void> {
  const { blocks, bavail, bsize, files, ffree } = await statfs(fsPath(commonDir));
  if ((blocks > 0 && bavail * bsize < ROOM.bytes) || (files > 0 && ffree < ROOM.files)) {
    fail('no-space', 'The disk is full.', { hint: 'Drop content you do not need, or free space elsewhere.' });
  }
}

/** Where nobody may look into the annex, all content seems not to be here. */
async function requireUsable(annex: string): Promise<void> {
  for (const path of [annex, join(annex, 'objects')]) {
    await access(fsPath(path), constants.R_OK | constants.W_OK | constants.X_OK).catch(unlessAbsent);
  }
  const database = join(annex, 'keysdb/db');
  const file = await open(fsPath(database)).catch(unlessAbsent);
  if (file !== undefined) {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(SQLITE.length) }).finally(() => file.close());
    if (bytesRead > 0 && !buffer.equals(SQLITE)) {
      throw new FailureError(damaged('annex', `${database}: file is not a database`));
    }
  }
}

/** What DataLad asks first, and gives up on: `.gitmodules` must be readable, and name places in the dataset. */
async function requireSubdatasets(dataset: string, git: GitReader): Promise<void> {
  if (!exists(join(dataset, '.gitmodules'))) {
    return;
  }
  const args = ['config', '--no-includes', '-z', '--file', '.gitmodules', '--get-regexp', '^submodule\\..*\\.path$'];
  const output = await git.readOr([1], args);
  const paths = output === null ? [] : splitZero(output).map(field => field.slice(field.indexOf('\n') + 1));
  const outside = paths.find(path => path.startsWith('/') || path.split('/').includes('..'));
  if (outside !== undefined) {
    throw new FailureError(damaged('gitmodules', `.gitmodules names a place outside the dataset: ${outside}`));
  }
}

function unlessAbsent(error: unknown): undefined {
  const failure = fileFailure(error);
  if (failure?.kind === 'not-found') {
    return undefined;
  }
  throw failure === null ? error : new FailureError(failure);
}
