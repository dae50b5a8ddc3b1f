import type { ITask } from '../../../handlers';
import type { ParsedJobInput } from '../../../../protocol/contract';
import { FailureError } from '../../../../protocol/failure';
import { withoutResults } from '../../../quietTask';
import { type IJobContext, resolvePath } from '../context';
import { readHiddenParts } from './hiddenPart';
import { readjust } from './readjust';

type Input = Pick<ParsedJobInput<'drop'>, 'paths' | 'recursive'>;

/** After a drop, takes what was dropped out of the folder on branches that hide what is not here. It runs among the jobs that commit. */
export function thenHide<I extends Input>(
  drop: (context: IJobContext, input: I, task: ITask) => Promise<void>
): (context: IJobContext, input: I, task: ITask) => Promise<void> {
  return async (context, input, task) => {
    let dropped = 0;
    const counting = withoutResults(task, ({ action, status }) => {
      dropped += action === 'drop' && status === 'ok' ? 1 : 0;
      return false;
    });
    try {
      await drop(context, input, counting);
    } finally {
      if (dropped > 0 && !task.signal.aborted) {
        await hide(context, input, task);
      }
    }
  };
}

/** What was dropped stays dropped: that its files are still shown is a remark. */
async function hide({ boundary, env }: IJobContext, { paths, recursive }: Input, task: ITask): Promise<void> {
  try {
    const absolute = paths.map(path => resolvePath(boundary, path));
    for (const part of await readHiddenParts(absolute, { env, signal: task.signal, recursive })) {
      await readjust(part, env);
      task.notice({
        kind: 'hidden-files',
        message: 'What was dropped is hidden from the folder now, as this branch asks for. The panel lists it under Data.'
      });
    }
  } catch (error) {
    if (!(error instanceof FailureError)) {
      throw error;
    }
    task.notice(error.failure);
  }
}
