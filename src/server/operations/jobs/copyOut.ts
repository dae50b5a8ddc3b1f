import type { ParsedJobInput } from '../../../protocol/contract';
import type { ITask } from '../../handlers';
import type { AbsolutePath } from '../../paths';
import { type IJobContext, resolveExisting } from './context';
import { refuseDatasets } from './copyFile';
import { copyHere, requireContent } from './placing/content';
import { copiesOf, type ICopy, makeCopies } from './placing/copying';
import { placesOf, requireFree } from './placing/places';

/** Copies files and folders out of a dataset to where there is none: annexed files become ordinary ones. All or nothing. */
export async function copyOut(context: IJobContext, input: ParsedJobInput<'copyOut'>, task: ITask): Promise<void> {
  const { boundary } = context;
  resolveExisting(boundary, input.paths, boundary.resolve(input.dataset));
  const places = placesOf(boundary, { ...input, dataset: null });
  const copies: ICopy[] = [];
  for (const place of places) {
    await refuseDatasets(place, task.signal);
    requireFree(place.to, boundary);
    copies.push(...(await copiesOf(place)));
  }
  await requireContent(copies);
  await makeCopies(copies, copy => copyHere(copy, task.signal));
  for (const { from, to } of places) {
    const path = boundary.toContents(to as AbsolutePath);
    task.result({ action: 'copy', status: 'ok', path, type: 'file', from: boundary.toContents(from) });
  }
}
