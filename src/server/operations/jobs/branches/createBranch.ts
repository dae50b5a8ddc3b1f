import type { ParsedJobInput } from '../../../../protocol/contract';
import { fail } from '../../../../protocol/failure';
import type { ITask } from '../../../handlers';
import type { IJobContext } from '../context';
import { Ledger } from '../withoutDatalad/ledger';
import { handOn } from './adjusted';
import { carefulGit, commitOf, openPlace, requireFinished, requireFree } from './place';
import { linksOf, tellSubdatasets } from './subdatasets';
import { CAREFUL } from './switchBranch';

/**
 * Makes a branch, and checks it out unless told to stay. On an adjusted branch it begins at the branch that one was made of: the commits
 * of the adjusted one are git-annex's own.
 */
export async function createBranch(context: IJobContext, input: ParsedJobInput<'createBranch'>, task: ITask): Promise<void> {
  const { branch, commit, stay } = input;
  const place = await openPlace(context, input.dataset, task);
  await requireFree(place, 'heads', branch);
  if (stay !== true) {
    await requireFinished(place);
    await handOn(place);
  }
  const start = commit ?? (await commitOf(place, place.adjusted === null ? 'HEAD' : `refs/heads/${place.adjusted.original}`));
  if (start === null || (await commitOf(place, `${start}^{commit}`)) === null) {
    fail('not-found', start === null ? 'Nothing has been saved yet.' : 'This commit is not in this dataset.', {
      parameters: { path: commit ?? 'HEAD' }
    });
  }
  const before = await linksOf(place);
  await carefulGit(
    place,
    stay === true
      ? ['branch', '--no-track', branch, start]
      : ['switch', '--quiet', ...CAREFUL, '--no-track', '--create', branch, start]
  );
  new Ledger(context.boundary, task).done({ action: 'create-branch', path: place.workTree.folder, type: 'dataset' });
  if (stay !== true) {
    await tellSubdatasets(place, before, task);
  }
}
