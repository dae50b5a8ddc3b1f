import { FailureError } from '../../../protocol/failure';
import { readChanges } from '../../dataset/changes';
import { Repository } from '../../dataset/repository';
import { knownFailure } from '../../fileFailure';
import type { AbsolutePath } from '../../paths';

/**
 * Does the work of a run. Where there is no space left for it, the failure says whether something unsaved is there now (`left`): DataLad
 * stops wherever it is, and leaves no record to be saved.
 */
export async function tellingWhatIsLeft(
  dataset: AbsolutePath,
  env: Record<string, string>,
  work: () => Promise<void>
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const failure = knownFailure(error);
    if (failure?.kind !== 'no-space') {
      throw error;
    }
    const isLeft = await isChanged(dataset, env);
    throw new FailureError(isLeft ? { ...failure, parameters: { ...failure.parameters, left: 'yes' } } : failure);
  }
}

/** False, too, where nobody can tell: reading may also fail on a full disk, and says less than the failure that it would replace. */
async function isChanged(dataset: AbsolutePath, env: Record<string, string>): Promise<boolean> {
  try {
    return (await readChanges(await Repository.open(dataset, env), '', new AbortController().signal)).size > 0;
  } catch {
    return false;
  }
}
