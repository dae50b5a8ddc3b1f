import type { ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { execute, judge } from '../../datalad/execute';
import { WorkTree } from '../../dataset/workTree';
import type { ITask } from '../../handlers';
import { FailedRuns } from '../runs/failedRuns';
import { type IJobContext, requireDataset, resolvePath } from './context';
import { tellCommits } from './tellCommits';

/** Saves what a run that failed has changed, with its record; only while nothing was committed since. */
export async function saveRun(context: IJobContext, input: ParsedJobInput<'saveRun'>, task: ITask): Promise<void> {
  const dataset = resolvePath(context.boundary, input.dataset);
  requireDataset(dataset);
  const workTree = await WorkTree.open(dataset, { env: context.env, signal: task.signal });
  const kept = new FailedRuns(workTree);
  const { message, head, paths } = await kept.find(input.run);
  if ((await workTree.head()) !== head) {
    fail('changed-since', 'Something was committed since this command ran, so its record would not be true.', {
      hint: 'Run the command again.'
    });
  }
  const call = {
    command: 'save',
    dataset,
    arguments: { message, recursive: true, ...(paths === null ? {} : { path: paths }) }
  };
  const outcome = await execute(context, call, task);
  judge(outcome, { kind: 'nothing-saved', message: 'Nothing was saved: the command has changed nothing that is still here.' });
  if ((await workTree.head()) === head) {
    fail('nothing-saved', 'Nothing was saved: the command has changed nothing that is still here.');
  }
  await kept.forget(input.run);
  await tellCommits(workTree, head, { dataset: input.dataset, task });
}
