import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { CommandIDs } from '../../tokens';
import { commonArguments } from './arguments';
import { combine, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { trustedTargets } from './trust';

/** Makes annexed files editable; the next save locks them again. */
export function unlock(context: ICommandContext): ICommand {
  const { trans, selection, datalad } = context;
  return command({
    id: CommandIDs.unlock,
    args: v.object({ ...jobs.unlock.input.entries, ...commonArguments }),
    label: () => trans.__('Unlock'),
    caption: trans.__('Make annexed files editable until the next save'),
    isVisible: () => {
      const rows = selection.rows();
      return rows.length === 0 || rows.some(row => row.kind === 'annex' && row.here === 'yes');
    },
    execute: async given => {
      const targets = await trustedTargets(context, given);
      return combine(await Promise.all(targets.map(target => datalad.jobs.run('unlock', { ...target }))));
    }
  });
}
