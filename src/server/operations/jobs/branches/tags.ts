import type { ParsedJobInput } from '../../../../protocol/contract';
import { fail } from '../../../../protocol/failure';
import { displayName } from '../../../bytes';
import type { ITask } from '../../../handlers';
import { requireIdentity } from '../../calls/identity';
import type { IJobContext } from '../context';
import { Ledger } from '../withoutDatalad/ledger';
import { git } from '../withoutDatalad/tools';
import { keep, standsAt } from './keptRefs';
import { commitOf, openPlace, requireFree } from './place';

/** Tags a commit; with a message the tag tells who gave it when. */
export async function createTag(context: IJobContext, input: ParsedJobInput<'createTag'>, task: ITask): Promise<void> {
  const { tag, commit, message } = input;
  const place = await openPlace(context, input.dataset, task);
  await requireFree(place, 'tags', tag);
  const standard = place.adjusted === null ? 'HEAD' : `refs/heads/${place.adjusted.original}`;
  const target = await commitOf(place, commit ?? standard);
  if (target === null || (await commitOf(place, `${target}^{}`)) === null) {
    fail('not-found', 'This commit is not in this dataset.', { parameters: { path: commit ?? 'HEAD' } });
  }
  if (message !== undefined) {
    await requireIdentity({ folder: place.workTree.folder, env: context.env, signal: task.signal });
  }
  const how = message === undefined ? ['--no-sign'] : ['--annotate', '--cleanup=whitespace', '--file=-'];
  await git(place, ['-c', 'tag.gpgSign=false', 'tag', ...how, tag, target], { input: message ?? '' });
  new Ledger(context.boundary, task).done({ action: 'create-tag', path: place.workTree.folder, type: 'dataset' });
}

/** Deletes a tag; what it was is kept for a while, so that just the same can be made again. */
export async function deleteTag(context: IJobContext, input: ParsedJobInput<'deleteTag'>, task: ITask): Promise<void> {
  const { tag, object } = input;
  const place = await openPlace(context, input.dataset, task);
  if (!(await standsAt(place, `refs/tags/${tag}`, object))) {
    fail('changed-since', `${displayName(tag)} is another one than it was.`, { hint: 'Look at it again.' });
  }
  await keep(place, { id: object, job: task.id });
  await git(place, ['tag', '--delete', tag]);
  new Ledger(context.boundary, task).done({ action: 'delete-tag', path: place.workTree.folder, type: 'dataset' });
}
