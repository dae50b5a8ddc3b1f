import { homedir } from 'node:os';
import { commandOf } from '../../../protocol/command';
import type { ParsedJobInput } from '../../../protocol/contract';
import { FailureError } from '../../../protocol/failure';
import { failureOf } from '../../datalad/failures';
import type { ITask } from '../../handlers';
import { run } from '../../process/run';
import { ownExtensions } from '../calls/setup';
import type { IJobContext } from './context';

/**
 * Has DataLad load an extension by itself, or no longer, by the user's git configuration: set if missing, so that it never stands there
 * twice, and taken out as often as it stands there. Whatever else is configured stays.
 */
export async function setExtension(
  { env, pool }: IJobContext,
  input: ParsedJobInput<'setExtension'>,
  task: ITask
): Promise<void> {
  const { signal } = task;
  const isSet = (await ownExtensions({ env, signal })).includes(input.name);
  if (isSet === input.on) {
    return;
  }
  const [program = 'git', ...args] = commandOf('setExtension', input);
  const { code, stderr } = await run(program, args, { cwd: env['HOME'] ?? homedir(), env, timeout: 10_000, signal });
  if (code !== 0) {
    throw new FailureError(failureOf(stderr));
  }
  // A worker that runs has loaded what it found at its start.
  pool.renew();
}
