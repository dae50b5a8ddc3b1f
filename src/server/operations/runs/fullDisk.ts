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
    const changes = await readChanges(await Repository.open(dataset, env), '', new AbortController().signal);
    throw new FailureError(changes.size === 0 ? failure : { ...failure, parameters: { ...failure.parameters, left: 'yes' } });
  }
}
