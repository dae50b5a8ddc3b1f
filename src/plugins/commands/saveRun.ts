import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments } from './arguments';
import { editorsSettled, identityKnown } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { ownDataset } from './ownDataset';
import { showCommit } from './showCommit';

const args = v.object({
  dataset: commonArguments.dataset,
  run: v.pipe(jobs.saveRun.input.entries.run, v.description('The job of the run'))
});

/** Saves what a run that failed has changed, with its record. */
export function saveRun(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.saveRun,
    args,
    label: () => trans.__('Save What a Failed Run Changed'),
    isVisible: ({ isPalette }) => isPalette !== true,
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, { dataset: place, run }: v.InferOutput<typeof args>): Promise<IOutcome> {
  const dataset = await ownDataset(context, place);
  if ((await editorsSettled(context, [dataset])) === null) {
    return CANCELLED;
  }
  const unknown = await identityKnown(context, dataset);
  if (unknown !== null) {
    return unknown;
  }
  const outcome = await context.datalad.jobs.run('saveRun', { dataset, run });
  showCommit(context, dataset, outcome);
  return outcome;
}
