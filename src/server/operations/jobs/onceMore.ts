import { isSuccess, type Result } from '../../../protocol/result';
import type { IOutcome } from '../../datalad/execute';
import type { ITask } from '../../handlers';
import { withoutResults } from '../../quietTask';

/**
 * Runs a get, and runs it once more where git-annex took a file for one that is being transferred already: after a transfer was killed
 * it does so now and then, although nobody holds its lock. Where somebody does, the second run says so. Each file is told once; what
 * failed is told at the end.
 */
export async function onceMoreIfBusy(get: (task: ITask) => Promise<IOutcome>, task: ITask): Promise<IOutcome> {
  const failed: Result[] = [];
  const told = new Set<string>();
  const outcome = await get(
    withoutResults(
      task,
      result => {
        told.add(result.path);
        return !isSuccess(result);
      },
      failed
    )
  );
  if (outcome.ending.type !== 'done' || !failed.some(({ failure }) => failure?.kind === 'transfer-busy')) {
    failed.forEach(result => task.result(result));
    return outcome;
  }
  return await get(withoutResults(task, ({ status, path }) => status === 'notneeded' && told.has(path)));
}
