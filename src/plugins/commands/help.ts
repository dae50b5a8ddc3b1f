import * as v from 'valibot';
import { fail } from '../../protocol/failure';
import { namedSubject } from '../../protocol/help';
import { CommandIDs } from '../../tokens';
import { command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';

const args = v.object({
  command: v.optional(
    v.pipe(
      v.string(),
      v.description('What the help is on: `save`, `git annex lock`, or an operation such as `copyFile`; default: it asks')
    )
  )
});

/** Shows what a command of DataLad, git-annex or git says of itself. */
export function help({ trans, dialogs }: ICommandContext): ICommand {
  return command({
    id: CommandIDs.help,
    args,
    label: () => trans.__('Help on Commands…'),
    caption: trans.__('What the commands that this extension shows can do, in their own words'),
    execute: async ({ command: name }) => {
      const subject = name === undefined ? null : namedSubject(name);
      if (name !== undefined && subject === null) {
        return fail('bad-request', trans.__('There is no help here on “%1”.', name));
      }
      await dialogs.help({ subject });
      return DONE;
    }
  });
}
