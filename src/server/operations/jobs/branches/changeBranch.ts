import type { ParsedJobInput } from '../../../../protocol/contract';
import { fail } from '../../../../protocol/failure';
import { displayName } from '../../../bytes';
import { readLostCommits } from '../../../dataset/branches/readBranches';
import type { ITask } from '../../../handlers';
import type { IJobContext } from '../context';
import { Ledger } from '../withoutDatalad/ledger';
import { git } from '../withoutDatalad/tools';
import { keep, standsAt } from './keptRefs';
import { commitOf, type IPlace, openPlace, requireFree } from './place';

/** Deletes a branch; what it stood at is kept for a while, so that it can be made again. */
export async function deleteBranch(context: IJobContext, input: ParsedJobInput<'deleteBranch'>, task: ITask): Promise<void> {
  const { branch, commit } = input;
  const place = await openPlace(context, input.dataset, task);
  requireIdle(place, branch);
  if (!(await standsAt(place, `refs/heads/${branch}`, commit))) {
    fail('changed-since', `${displayName(branch)} is another one than it was.`, { hint: 'Look at it again.' });
  }
  const { count } = await readLostCommits(place.workTree.git, { branch, signal: task.signal });
  if (count > 0 && input.lose !== true) {
    fail('commits-lost', `Nothing else leads to ${count} commits of ${displayName(branch)}.`, {
      hint: 'Merge it first, or push it.',
      parameters: { commits: count, path: displayName(branch) }
    });
  }
  await keep(place, { id: commit, job: task.id });
  await git(place, ['branch', '--quiet', '-D', branch]);
  new Ledger(context.boundary, task).done({ action: 'delete-branch', path: place.workTree.folder, type: 'dataset' });
}

export async function renameBranch(context: IJobContext, input: ParsedJobInput<'renameBranch'>, task: ITask): Promise<void> {
  const { branch, name } = input;
  const place = await openPlace(context, input.dataset, task);
  if (place.current !== branch) {
    requireIdle(place, branch);
  }
  if ((await commitOf(place, `refs/heads/${branch}`)) === null) {
    fail('not-found', `There is no branch ${displayName(branch)}.`, { parameters: { path: displayName(branch) } });
  }
  await requireFree(place, 'heads', name);
  await git(place, ['branch', '--move', branch, name]);
  new Ledger(context.boundary, task).done({ action: 'rename-branch', path: place.workTree.folder, type: 'dataset' });
}

/** Not what is checked out, nor what that was made of, nor git-annex's own. */
function requireIdle({ current, adjusted }: IPlace, branch: string): void {
  const kept = branch === 'git-annex' || branch.startsWith('adjusted/') || branch.startsWith('synced/');
  if (kept || branch === current || branch === adjusted?.original) {
    fail('bad-request', kept ? 'This branch is git-annex’s own.' : `${displayName(branch)} is checked out.`, {
      hint: kept ? 'Leave it to git-annex.' : 'Switch to another branch first.'
    });
  }
}
