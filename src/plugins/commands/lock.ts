import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { CommandIDs } from '../../tokens';
import { commonArguments } from './arguments';
import { combine, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { trustedTargets } from './trust';

/** Locks files again that were unlocked and not edited. */
export function lock(context: ICommandContext): ICommand {
  const { trans, selection, datalad } = context;
  return command({
    id: CommandIDs.lock,
    args: v.object({ ...jobs.lock.input.entries, ...commonArguments }),
    label: () => trans.__('Lock'),
    caption: trans.__('Protect annexed files from being edited again'),
    isVisible: () => {
      const rows = selection.rows();
      return rows.length === 0 || rows.some(row => row.kind === 'annex-unlocked');
    },
    execute: async given => {
      const targets = await trustedTargets(context, given);
      return combine(await Promise.all(targets.map(target => datalad.jobs.run('lock', { ...target }))));
    }
  });
}
