import type { ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { findRepositoryFolder } from '../../git/repositoryFolder';
import { removeStaleLock } from '../../locks/removal';
import { type IJobContext, requireDataset } from './context';

/** Removes one lock that the user was shown; everything is checked again in the same moment. */
export async function removeLock({ boundary }: IJobContext, { dataset, name, id }: ParsedJobInput<'removeLock'>): Promise<void> {
  const root = boundary.resolve(dataset);
  requireDataset(root);
  const folder = await findRepositoryFolder(root);
  if (folder === null) {
    return fail('not-a-dataset', 'There is no dataset at this place.');
  }
  await removeStaleLock({ root, folder, dataset }, { name, id });
}
