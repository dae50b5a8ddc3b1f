import { access, constants, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure } from '../../protocol/failure';
import { fsPath } from '../bytes';
import { fileFailure } from '../fileFailure';
import { damaged, damageOf, type DamagedPart } from './damage';
import { findRepositoryFolder } from './repositoryFolder';

const BRANCH_OR_COMMIT = /^(?:ref: refs\/\S[^\n]*|[0-9a-f]{40}|[0-9a-f]{64})\n*$/u;

/** What a failed git command means, by what it printed to standard error. */
export function explainGit(stderr: string): Failure {
  const detail = stderr.trim();
  if (stderr.includes('dubious ownership')) {
    return {
      kind: 'other-owner',
      message: 'This dataset belongs to another user, so git does not read it.',
      hint: 'If you trust its owner, allow it with git config --global --add safe.directory <folder>.',
      detail
    };
  }
  if (stderr.includes('not a git repository')) {
    return { kind: 'not-a-dataset', message: 'This folder is not a dataset any more, or its .git folder is broken.', detail };
  }
  if (stderr.includes('Permission denied')) {
    return { kind: 'permission-denied', message: 'You may not read the .git folder of this dataset.', detail };
  }
  return damageOf(detail) ?? { kind: 'unknown', message: 'git could not read this dataset.', detail };
}

/** The same for the repository of a work tree that must be there: why git does not take it for one is looked up. */
export async function explainGitIn(root: string, stderr: string): Promise<Failure> {
  const failure = explainGit(stderr);
  return failure.kind === 'not-a-dataset' ? ((await whyNoRepository(root, failure.detail ?? '')) ?? failure) : failure;
}

/** What git needs before it calls a folder a repository; null when all of it is there, or nothing at all. */
async function whyNoRepository(root: string, detail: string): Promise<Failure | null> {
  const folder = await findRepositoryFolder(root);
  if (folder === null) {
    return null;
  }
  const needed: readonly [DamagedPart, string, number][] = [
    ['head', join(folder.gitDir, 'HEAD'), constants.R_OK],
    ['objects', join(folder.commonDir, 'objects'), constants.R_OK | constants.X_OK],
    ['refs', join(folder.commonDir, 'refs'), constants.R_OK | constants.X_OK]
  ];
  for (const [part, path, mode] of needed) {
    try {
      await access(fsPath(path), mode);
    } catch (error) {
      const failure = fileFailure(error);
      return failure?.kind === 'not-found' ? damaged(part, detail) : failure;
    }
  }
  const head = await readFile(fsPath(join(folder.gitDir, 'HEAD')), 'utf8').catch(() => '');
  return BRANCH_OR_COMMIT.test(head) ? null : damaged('head', detail);
}
