import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { shownName } from '../../protocol/names';
import { CommandIDs } from '../../tokens';
import { commonArguments } from './arguments';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { lineOf } from './lineOf';
import { ownDataset } from './ownDataset';

const { branch, name } = jobs.renameBranch.input.entries;
const args = v.object({ dataset: commonArguments.dataset, branch, name: v.optional(name) });

/** Gives a branch another name; asks for that where none is given. */
export function renameBranch(context: ICommandContext): ICommand {
  const { trans, dialogs, datalad } = context;
  return command({
    id: CommandIDs.renameBranch,
    args,
    label: () => trans.__('Rename Branch…'),
    execute: async given => {
      const dataset = await ownDataset(context, given.dataset);
      const from = given.branch;
      const to =
        given.name ??
        (
          await dialogs.name({
            title: trans.__('Rename %1', shownName(from)),
            about: trans.__('Here only: a sibling that has it keeps the old name.'),
            accept: trans.__('Rename'),
            name: from,
            commandLine: answer => lineOf('renameBranch', { dataset, branch: from, name: answer.name })
          })
        )?.name.trim();
      return to === undefined || to === from
        ? CANCELLED
        : await datalad.jobs.run('renameBranch', { dataset, branch: from, name: to });
    }
  });
}
