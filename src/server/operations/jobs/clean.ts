import type { ParsedJobInput } from '../../../protocol/contract';
import type { Failure } from '../../../protocol/failure';
import { execute, judge } from '../../datalad/execute';
import type { ITask } from '../../handlers';
import { type IJobContext, requireDataset, resolvePath } from './context';

const NOTHING: Failure = { kind: 'unknown', message: 'DataLad did not say what it cleared.' };

/** Removes what broken transfers and unpacked archives have left in a dataset, as `datalad clean` does. */
export async function clean(context: IJobContext, input: ParsedJobInput<'clean'>, task: ITask): Promise<void> {
  const dataset = resolvePath(context.boundary, input.dataset);
  requireDataset(dataset);
  judge(await execute(context, { command: 'clean', dataset, arguments: {} }, task), NOTHING);
}
