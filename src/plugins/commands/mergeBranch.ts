import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { CommandIDs } from '../../tokens';
import { commonArguments } from './arguments';
import { editorsSettled, identityKnown } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { ownDataset } from './ownDataset';

const args = v.object({ dataset: commonArguments.dataset, branch: jobs.mergeBranch.input.entries.branch });

/** Merges a branch into what is checked out; files in conflict are shown to be settled. */
export function mergeBranch(context: ICommandContext): ICommand {
  const { trans, datalad } = context;
  return command({
    id: CommandIDs.mergeBranch,
    args,
    label: () => trans.__('Merge Branch'),
    execute: async ({ dataset: place, branch }) => {
      const dataset = await ownDataset(context, place);
      const unknown = await identityKnown(context, dataset);
      if (unknown !== null) {
        return unknown;
      }
      if ((await editorsSettled(context, [dataset])) === null) {
        return CANCELLED;
      }
      const outcome = await datalad.jobs.run('mergeBranch', { dataset, branch });
      if (outcome.failure?.kind === 'conflicts') {
        datalad.history.openBranches(dataset);
      }
      return outcome;
    }
  });
}
