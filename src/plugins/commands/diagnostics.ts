import * as v from 'valibot';
import { fail } from '../../protocol/failure';
import { contentsPath } from '../../protocol/paths';
import { CommandIDs } from '../../tokens';
import { commonArguments } from './arguments';
import { command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';

/** Shows with what DataLad works on this machine, for whom, and what is wrong with it. */
export function diagnostics(context: ICommandContext): ICommand {
  const { trans, datalad, openPage } = context;
  return command({
    id: CommandIDs.diagnostics,
    args: v.object({ dataset: commonArguments.dataset }),
    label: () => trans.__('Set-up and Diagnostics'),
    caption: trans.__('Versions, extensions, who makes the changes, and what is wrong'),
    execute: async ({ dataset }) => {
      if (openPage === null) {
        return fail('bad-request', trans.__('There is no main area in which this could be shown.'));
      }
      await openPage('setup', dataset ?? datalad.current.state.summary?.dataset.path ?? contentsPath(''));
      return DONE;
    }
  });
}
