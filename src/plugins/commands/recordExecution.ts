import * as v from 'valibot';
import { CommandIDs } from '../../tokens';
import { command, type ICommand } from './command';
import type { ICommandContext } from './context';

const args = v.object({ job: v.pipe(v.string(), v.description('A job that executed a notebook')) });

/** Shows once more what a notebook read and wrote, and records it: the dialog that told was closed, or its page. */
export function recordExecution(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.recordExecution,
    args,
    label: () => trans.__('Record What a Notebook Did'),
    isVisible: ({ isPalette }) => isPalette !== true,
    execute: async ({ job }) => (await import('./runAndRecord')).recordLater(context, job)
  });
}
