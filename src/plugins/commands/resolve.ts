import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { shownName } from '../../protocol/names';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments } from './arguments';
import { editorsSettled } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { lineOf } from './lineOf';
import { ownDataset } from './ownDataset';

const { paths, take } = jobs.resolve.input.entries;
const args = v.object({ dataset: commonArguments.dataset, paths, take });

/** Settles files that are in conflict. Where a file was edited since, taking a side asks, whatever the arguments say. */
export function resolve(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.resolve,
    args,
    label: () => trans.__('Settle a Conflict'),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: v.InferOutput<typeof args>): Promise<IOutcome> {
  const { trans, dialogs, datalad } = context;
  const dataset = await ownDataset(context, given.dataset);
  // What is only typed counts as edited.
  if ((await editorsSettled(context, [dataset])) === null) {
    return CANCELLED;
  }
  const input = { dataset, paths: given.paths, take: given.take };
  const { conflicts } = await datalad.client.call('branches', { dataset });
  const edited = conflicts.filter(({ path, edited: since }) => since === true && given.paths.includes(path));
  if (given.take === 'now' || edited.length === 0) {
    return await datalad.jobs.run('resolve', input);
  }
  const answer = await dialogs.confirm({
    title: trans.__('Throw Away What Was Edited?'),
    text: [
      trans.__('The file was edited after the merge had stopped. Taking one side writes over that, and it is in no commit.')
    ],
    names: edited.map(({ name }) => shownName(name)),
    accept: given.take === 'mine' ? trans.__('Take Mine') : trans.__('Take Theirs'),
    commandLine: lineOf('resolve', input)
  });
  return answer === null ? CANCELLED : await datalad.jobs.run('resolve', { ...input, overwrite: true });
}
