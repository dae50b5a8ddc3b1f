import * as v from 'valibot';
import { lastName } from '../../components/names';
import { jobs } from '../../protocol/contract';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments } from './arguments';
import { editorsSettled, identityKnown } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { lineOf } from './lineOf';
import { ownDataset } from './ownDataset';

const { name, removeImage } = jobs.containersRemove.input.entries;
const args = v.object({ dataset: commonArguments.dataset, name, removeImage });

/** Takes a container from a dataset. */
export function containersRemove(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.containersRemove,
    args,
    label: () => trans.__('Remove a Container'),
    caption: trans.__('Take a container from a dataset; the content of its image stays'),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: v.InferOutput<typeof args>): Promise<IOutcome> {
  const { datalad, dialogs } = context;
  const dataset = await ownDataset(context, given.dataset);
  if ((await editorsSettled(context, [dataset])) === null) {
    return CANCELLED;
  }
  const answer = await dialogs.removeContainer({
    name: given.name,
    datasetName: lastName(dataset) || '/',
    removeImage: given.removeImage === true,
    commandLine: remove => lineOf('containersRemove', { dataset, name: given.name, ...(remove ? { removeImage: remove } : {}) })
  });
  if (answer === null) {
    return CANCELLED;
  }
  const input = { dataset, name: given.name, ...(answer.removeImage ? { removeImage: true } : {}) };
  return (await identityKnown(context, dataset)) ?? datalad.jobs.run('containersRemove', input);
}
