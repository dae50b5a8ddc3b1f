import { fail, FailureError } from '../../../../protocol/failure';
import { decodePath, displayName } from '../../../bytes';
import { git, type ITools } from '../withoutDatalad/tools';
import { commitOf, type IPlace } from './place';

/** Git's own conflicts, and not git-annex's way to keep both files under new names. */
const AS_GIT = ['-c', 'annex.resolvemerge=false'];

/**
 * Hands what was committed on an adjusted branch on to the branch it was made of, as DataLad does after each save: who leaves it finds
 * his work there.
 */
export async function handOn(place: IPlace): Promise<void> {
  if (place.adjusted !== null) {
    const quiet = ['--no-pull', '--no-push', '--no-commit', '--no-resolvemerge', '--no-content'];
    await git(place, [...AS_GIT, 'annex', 'sync', ...quiet]);
  }
}

/**
 * Merges into an adjusted branch: git-annex merges into the branch it was made of, and makes the adjusted one anew. A conflict it does
 * not leave in the folder; then nothing has changed there.
 */
export async function mergeIntoAdjusted(place: IPlace, branch: string): Promise<void> {
  const { adjusted, workTree } = place;
  const original = adjusted?.original ?? '';
  const dirty = await changedNames(place);
  const [first] = dirty;
  if (first !== undefined) {
    fail('unsaved-changes', 'There are changes that are not saved.', {
      hint: 'Save them first.',
      detail: dirty.join('\n'),
      parameters: { files: dirty.length, path: first }
    });
  }
  try {
    await git(place, [...AS_GIT, 'annex', 'merge', branch]);
  } catch (error) {
    if (error instanceof FailureError && /^CONFLICT /mu.test(error.failure.detail ?? '')) {
      await handOn(place);
      fail('conflicts', `Both sides changed the same files.`, {
        hint: `Nothing was merged. Switch to ${displayName(original)}, merge there, and come back.`,
        detail: error.failure.detail ?? '',
        parameters: { adjusted: displayName(original), branch: displayName(branch) }
      });
    }
    throw error;
  }
  if ((await workTree.head()) === null) {
    fail('unknown', 'git-annex left no commit checked out.');
  }
}

/** Takes over what came into the branch that an adjusted one was made of while that was not checked out. */
export async function catchUp(place: IPlace): Promise<void> {
  const { adjusted, current } = place;
  if (adjusted === null || current === null) {
    return;
  }
  const [basis, original] = await Promise.all([
    commitOf(place, `refs/basis/${current}`),
    commitOf(place, `refs/heads/${adjusted.original}`)
  ]);
  if (original !== null && basis !== original) {
    await mergeIntoAdjusted(place, adjusted.original);
  }
}

/** Names of tracked files that are not as they were saved. */
async function changedNames(tools: ITools): Promise<string[]> {
  const args = ['status', '--porcelain', '-z', '--untracked-files=no', '--ignore-submodules=all', '--no-renames'];
  const { stdout } = await git(tools, args);
  return decodePath(stdout)
    .split('\0')
    .filter(Boolean)
    .map(line => displayName(line.slice(3)));
}
