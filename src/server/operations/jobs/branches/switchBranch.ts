import type { ParsedJobInput } from '../../../../protocol/contract';
import { fail } from '../../../../protocol/failure';
import { parseAdjusted } from '../../../annex/adjustment';
import { displayName } from '../../../bytes';
import { readLostCommits } from '../../../dataset/branches/readBranches';
import type { ITask } from '../../../handlers';
import type { IJobContext } from '../context';
import { Ledger } from '../withoutDatalad/ledger';
import { catchUp, handOn } from './adjusted';
import { keep } from './keptRefs';
import { carefulGit, commitOf, type IPlace, openPlace, requireFinished, requireFree } from './place';
import { linksOf, tellSubdatasets } from './subdatasets';

/** Git would write over files that it was told to ignore, and change subdatasets where its settings say so. */
export const CAREFUL = ['--no-overwrite-ignore', '--no-recurse-submodules'];

/** Checks a branch out; changes that are not saved come along, or git refuses. */
export async function switchBranch(context: IJobContext, input: ParsedJobInput<'switchBranch'>, task: ITask): Promise<void> {
  const { branch, sibling } = input;
  const place = await openPlace(context, input.dataset, task);
  await requireFinished(place);
  await requireKnown(place, input);
  await mayLeave(place, input.leave === true, task);
  await handOn(place);
  const before = await linksOf(place);
  const to = sibling === undefined ? [branch] : ['--create', branch, '--track', `refs/remotes/${sibling}/${branch}`];
  await carefulGit(place, ['switch', '--quiet', '--no-guess', ...CAREFUL, ...to]);
  const there: IPlace = { ...place, current: branch, adjusted: parseAdjusted(branch) };
  await catchUp(there);
  new Ledger(context.boundary, task).done({ action: 'switch', path: place.workTree.folder, type: 'dataset' });
  await tellSubdatasets(there, before, task);
}

async function requireKnown(place: IPlace, { branch, sibling }: ParsedJobInput<'switchBranch'>): Promise<void> {
  if (sibling !== undefined) {
    await requireFree(place, 'heads', branch);
  }
  const ref = sibling === undefined ? `refs/heads/${branch}` : `refs/remotes/${sibling}/${branch}`;
  if (branch === 'git-annex' || (await commitOf(place, ref)) === null) {
    fail('not-found', `There is no branch ${displayName(branch)}.`, { parameters: { path: displayName(branch) } });
  }
}

/** Fails with `commits-lost` where what is checked out is on no branch, unless it may be left; it is then kept for a while. */
async function mayLeave(place: IPlace, leave: boolean, task: ITask): Promise<void> {
  const { workTree, current, signal } = place;
  const head = current === null ? await workTree.head() : null;
  if (head === null) {
    return;
  }
  const { count } = await readLostCommits(workTree.git, { signal });
  if (count > 0 && !leave) {
    fail('commits-lost', `${count} commits are on no branch.`, {
      hint: 'Create a branch first: it keeps them.',
      parameters: { commits: count }
    });
  }
  if (count > 0) {
    await keep(place, { id: head, job: task.id });
  }
}
