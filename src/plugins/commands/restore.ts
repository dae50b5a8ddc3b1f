import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { CommandIDs } from '../../tokens';
import { commonArguments } from './arguments';
import { editorsSettled } from './before';
import { CANCELLED, combine, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { trustedTargets } from './trust';

/** Brings files back as they were in a commit. It never asks whether: what is in no commit is not written over. */
export function restore(context: ICommandContext): ICommand {
  const { trans, datalad } = context;
  return command({
    id: CommandIDs.restore,
    args: v.object({ ...jobs.restore.input.entries, ...commonArguments }),
    label: () => trans.__('Restore'),
    caption: trans.__('Bring files back as they were in a commit'),
    execute: async given => {
      const targets = await trustedTargets(context, given);
      // A document that is open with other text would be saved over what was restored.
      if (
        (await editorsSettled(
          context,
          targets.map(({ dataset }) => dataset)
        )) === null
      ) {
        return CANCELLED;
      }
      const { commit } = given;
      return combine(await Promise.all(targets.map(target => datalad.jobs.run('restore', { ...target, commit }))));
    }
  });
}
