import type { JobName, ParsedJobInput } from '../../protocol/contract';
import { FailureError } from '../../protocol/failure';
import type { ITask, JobHandlers } from '../handlers';
import { withoutResults } from '../quietTask';

/**
 * Puts right what a get or a drop that was cut off may have left: content that is noted to be here and is not, or the other way round.
 * Doing the work again does not: git-annex passes over files for which there is nothing to do. What cannot be checked is left to the
 * work itself, which tells why.
 */
export async function mend<N extends JobName>(
  { fsck }: Pick<JobHandlers, 'fsck'>,
  input: ParsedJobInput<N>,
  task: ITask
): Promise<void> {
  if (!('paths' in input) || input.paths === undefined || !('dataset' in input) || input.dataset === null) {
    return;
  }
  const recursive = 'recursive' in input && input.recursive === true;
  const { dataset, paths } = input;
  try {
    await fsck(
      { dataset, paths, recursive },
      withoutResults(task, () => true)
    );
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.kind === 'cancelled') {
      throw error;
    }
  }
}
