import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { CommandIDs } from '../../tokens';
import { commonArguments, onlyGiven } from './arguments';
import { combine, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { trustedTargets } from './trust';

/** Checks whether what is noted to be here is here. */
export function fsck(context: ICommandContext): ICommand {
  const { trans, datalad } = context;
  return command({
    id: CommandIDs.fsck,
    args: v.object({ ...jobs.fsck.input.entries, ...commonArguments }),
    label: () => trans.__('Check What Is Here'),
    caption: trans.__('Compare what is here with what is noted to be here, and mend the notes'),
    execute: async given => {
      const { recursive } = given;
      const targets = await trustedTargets(context, given);
      return combine(
        await Promise.all(targets.map(target => datalad.jobs.run('fsck', { ...target, ...onlyGiven({ recursive }) })))
      );
    }
  });
}
