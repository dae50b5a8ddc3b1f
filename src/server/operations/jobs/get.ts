import type { ParsedJobInput } from '../../../protocol/contract';
import { type Failure, FailureError } from '../../../protocol/failure';
import { execute, judge } from '../../datalad/execute';
import { failureOf } from '../../datalad/failures';
import type { ITask } from '../../handlers';
import { run } from '../../process/run';
import { getByKey } from './withoutDatalad/get';
import { readParts } from './withoutDatalad/part';
import { type IJobContext, requireDataset, resolvePaths } from './context';
import { onceMoreIfBusy } from './onceMore';

const NOTHING: Failure = {
  kind: 'not-found',
  message: 'There was nothing to get: DataLad found no annexed file there.',
  hint: 'Content of subdatasets comes with "recursive".'
};

/** Gets content, and installs subdatasets on the way: an absent one named by its path comes with all its content unless `noData`. */
export async function get(context: IJobContext, input: ParsedJobInput<'get'>, task: ITask): Promise<void> {
  const dataset = context.boundary.resolve(input.dataset);
  const path = resolvePaths(context.boundary, input.paths, dataset);
  requireDataset(dataset);
  const parts = await readParts(path, { env: context.env, signal: task.signal, recursive: input.recursive });
  if (parts.some(part => part.lost)) {
    await getByKey(context, { dataset, parts, input, nothing: NOTHING }, task);
    return;
  }
  const call = {
    command: 'get',
    dataset,
    arguments: {
      path,
      recursive: input.recursive === true,
      get_data: input.noData !== true,
      ...(input.source === undefined ? {} : { source: input.source })
    }
  };
  const outcome = await onceMoreIfBusy(each => execute(context, call, each), task);
  if (outcome.ending.type === 'done' && outcome.counts.size === 0 && path.includes(dataset)) {
    // DataLad says nothing at all about a dataset of which everything is here: only then is silence success.
    await requireAllHere(dataset, context.env, task.signal);
    task.result({ action: 'get', status: 'notneeded', path: input.dataset, type: 'dataset', message: 'already present' });
    return;
  }
  judge(outcome, NOTHING);
}

async function requireAllHere(dataset: string, env: Record<string, string>, signal: AbortSignal): Promise<void> {
  const { stdout, stderr, code } = await run('git', ['annex', 'find', '--not', '--in=here'], {
    cwd: dataset,
    env,
    signal,
    timeout: 600_000
  });
  const absent = stdout.toString().split('\n', 1)[0] ?? '';
  if (code !== 0 || absent !== '') {
    throw new FailureError(failureOf(code === 0 ? 'not available' : stderr));
  }
}
