import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { fail } from '../../protocol/failure';
import { shownName } from '../../protocol/names';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments } from './arguments';
import { editorsSettled, identityKnown } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { lineOf } from './lineOf';
import { ownDataset } from './ownDataset';

const args = v.object({ dataset: commonArguments.dataset, how: jobs.conclude.input.entries.how });

/** Ends a merge, rebase or the like that is not finished. Giving it up asks, whatever the arguments say. */
export function conclude(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.conclude,
    args,
    label: ({ how }) => (how === 'abort' ? trans.__('Give Up the Merge…') : trans.__('Finish the Merge')),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, { dataset: place, how }: v.InferOutput<typeof args>): Promise<IOutcome> {
  const { trans, dialogs, datalad } = context;
  const dataset = await ownDataset(context, place);
  const { unfinished, conflicts } = await datalad.client.call('branches', { dataset });
  const what = unfinished ?? fail('not-found', trans.__('Nothing is unfinished here.'));
  const input = { dataset, what, how };
  if (how === 'continue') {
    const unknown = await identityKnown(context, dataset);
    if (unknown !== null) {
      return unknown;
    }
  } else {
    const answer = await dialogs.confirm({
      title: trans.__('Give Up the %1?', what),
      text: [trans.__('All files come to be as they were before it began; how you settled conflicts so far is forgotten.')],
      names: conflicts.map(({ name }) => shownName(name)),
      accept: trans.__('Give Up'),
      commandLine: lineOf('conclude', input)
    });
    if (answer === null) {
      return CANCELLED;
    }
  }
  return (await editorsSettled(context, [dataset])) === null ? CANCELLED : await datalad.jobs.run('conclude', input);
}
