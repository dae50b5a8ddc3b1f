import type { ParsedJobInput } from '../../../protocol/contract';
import type { Failure } from '../../../protocol/failure';
import { execute, judge } from '../../datalad/execute';
import type { ITask } from '../../handlers';
import { readParts } from './withoutDatalad/part';
import { unlockByName } from './withoutDatalad/unlock';
import { type IJobContext, resolveExisting } from './context';

const NOTHING: Failure = {
  kind: 'not-annexed',
  message: 'There was nothing to unlock: these files are not annexed, or are unlocked already.'
};

/** Makes annexed files writable. */
export async function unlock(context: IJobContext, input: ParsedJobInput<'unlock'>, task: ITask): Promise<void> {
  const dataset = context.boundary.resolve(input.dataset);
  const path = resolveExisting(context.boundary, input.paths, dataset);
  const parts = await readParts(path, { env: context.env, signal: task.signal });
  if (parts.some(part => part.lost)) {
    await unlockByName(context, { parts, nothing: NOTHING }, task);
    return;
  }
  judge(await execute(context, { command: 'unlock', dataset, arguments: { path } }, task), NOTHING);
}
