import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError } from '../../protocol/failure';
import { fsPath } from '../bytes';
import { damaged } from './damage';
import { objectIds } from './objects';
import type { GitReader } from './reader';
import { readHeadFile, readRefFile } from './refFile';
import type { IRepositoryFolder } from './repositoryFolder';

/**
 * Fails with `damaged-repository` when a reference, by its full name or `HEAD`, is there but leads to no commit that can be read. One
 * that is not there is no damage: a branch before its first commit, or a git-annex branch that is made anew.
 */
export async function requireSoundRef(git: GitReader, folder: IRepositoryFolder, ref: string): Promise<void> {
  const [tree] = (await isPlainlySound(git, folder, ref)) ? [ref] : await objectIds(git, [`${ref}^{tree}`]);
  if (tree !== null) {
    return;
  }
  if ((await git.readOr([1], ['rev-parse', '-q', '--verify', ref])) !== null) {
    throw new FailureError(damaged('objects', `${ref}: its commit or its files are missing or damaged`));
  }
  const name = ref === 'HEAD' ? await git.say(['symbolic-ref', '-q', 'HEAD']) : ref;
  const file = await lstat(fsPath(join(folder.commonDir, name))).catch(() => null);
  if (file?.isFile() === true) {
    throw new FailureError(damaged('refs', `${name} names no commit`));
  }
}

/** Whether commit and tree were made a moment ago, lie in files of their own, and are what their names say; else git is to be asked. */
async function isPlainlySound(git: GitReader, folder: IRepositoryFolder, ref: string): Promise<boolean> {
  const commit = ref === 'HEAD' ? ((await readHeadFile(folder))?.commit ?? null) : await readRefFile(folder, ref);
  const tree = commit === null ? null : await git.loose.treeOf(commit);
  return tree !== null && (await git.loose.readTree(tree)) !== null;
}
