import { homedir } from 'node:os';
import type { ParsedJobInput } from '../../../protocol/contract';
import { FailureError, fail } from '../../../protocol/failure';
import { failureOf } from '../../datalad/failures';
import type { ITask } from '../../handlers';
import { run } from '../../process/run';
import { type IJobContext, resolvePath } from './context';

/** Sets who commits are made by, in the user's git configuration or in one dataset's. */
export async function setIdentity(context: IJobContext, input: ParsedJobInput<'setIdentity'>, task: ITask): Promise<void> {
  const cwd = input.dataset === null ? (context.env['HOME'] ?? homedir()) : resolvePath(context.boundary, input.dataset);
  const scope = input.dataset === null ? '--global' : '--local';
  for (const [name, value] of [
    ['user.name', input.name.trim()],
    ['user.email', input.email.trim()]
  ] as const) {
    // Git drops these characters silently, or writes a configuration that says something else.
    if (value === '' || /[\p{Cc}<>]/u.test(value)) {
      fail('bad-request', 'A name or an e-mail address is empty or holds a character that git does not take.');
    }
    const { code, stderr } = await run('git', ['config', scope, '--replace-all', '--', name, value], {
      cwd,
      env: context.env,
      timeout: 10_000,
      signal: task.signal
    });
    if (code !== 0) {
      throw new FailureError(failureOf(stderr));
    }
  }
}
