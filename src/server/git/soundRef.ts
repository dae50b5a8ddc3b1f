import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError } from '../../protocol/failure';
import { fsPath } from '../bytes';
import { damaged } from './damage';
import { objectIds } from './objects';
import type { GitReader } from './reader';

/**
 * Fails with `damaged-repository` when a reference, by its full name or `HEAD`, is there but leads to no commit that can be read. One
 * that is not there is no damage: a branch before its first commit, or a git-annex branch that is made anew.
 */
export async function requireSoundRef(git: GitReader, commonDir: string, ref: string): Promise<void> {
  const [tree] = await objectIds(git, [`${ref}^{tree}`]);
  if (tree !== null) {
    return;
  }
  if ((await git.readOr([1], ['rev-parse', '-q', '--verify', ref])) !== null) {
    throw new FailureError(damaged('objects', `${ref}: its commit or its files are missing or damaged`));
  }
  const name = ref === 'HEAD' ? await git.say(['symbolic-ref', '-q', 'HEAD']) : ref;
  const file = await lstat(fsPath(join(commonDir, name))).catch(() => null);
  if (file?.isFile() === true) {
    throw new FailureError(damaged('refs', `${name} names no commit`));
  }
}
