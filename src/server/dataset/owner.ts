import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Summary } from '../../protocol/dataset';
import { FailureError } from '../../protocol/failure';
import { fsPath } from '../bytes';
import { userName } from '../userName';
import type { Repository } from './repository';

/**
 * Git refuses to read a dataset of another user. Its panel then shows whose it is, and nothing else; any other failure is passed on.
 */
export async function summaryOfOther(
  error: unknown,
  repository: Repository,
  dataset: Omit<Summary['dataset'], 'annex'>
): Promise<Summary> {
  if (!(error instanceof FailureError) || error.failure.kind !== 'other-owner') {
    throw error;
  }
  return {
    dataset: { ...dataset, annex: 'none' },
    branch: { name: null },
    superdatasets: [],
    changes: [],
    truncated: false,
    siblings: [],
    obstacles: [{ kind: 'other-owner', owner: await ownerOf(repository.root) }]
  };
}

/** Whose the work tree or its repository is, when not this user's. */
async function ownerOf(root: string): Promise<string> {
  const uids = await Promise.all([root, join(root, '.git')].map(async path => (await lstat(fsPath(path))).uid));
  const uid = uids.find(uid => uid !== process.getuid?.()) ?? uids[0];
  return await userName(uid);
}
