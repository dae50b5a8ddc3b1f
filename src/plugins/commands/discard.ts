import * as v from 'valibot';
import { asShell, commandOf } from '../../protocol/command';
import { jobs } from '../../protocol/contract';
import type { ContentsPath } from '../../protocol/paths';
import type { DiscardPlan } from '../../protocol/undo';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments } from './arguments';
import { editorsSettled } from './before';
import { CANCELLED, combine, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { titleOf } from './labels';
import { trustedTargets } from './trust';

const args = v.object({ ...jobs.discard.input.entries, ...commonArguments });

/** Takes back unsaved changes. It asks whatever the arguments say; what is discarded can be brought back. */
export function discard(context: ICommandContext): ICommand {
  const { trans, selection } = context;
  return command({
    id: CommandIDs.discard,
    args,
    label: () => trans.__('Discard Changes…'),
    caption: trans.__('Take back unsaved changes; this can be undone'),
    isVisible: () => {
      const rows = selection.rows();
      return rows.length === 0 || rows.some(row => row.change !== undefined);
    },
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: v.InferOutput<typeof args>): Promise<IOutcome> {
  const { datalad, dialogs, trans } = context;
  const targets = await trustedTargets(context, given);
  const paths = targets.flatMap(target => target.paths);
  // What is only typed is written first: then it is kept with the rest, and comes back with it.
  if ((await editorsSettled(context, paths)) === null) {
    return CANCELLED;
  }
  const plans: DiscardPlan[] = [];
  for (const { dataset, paths: inside } of targets) {
    plans.push(...(await datalad.client.call('planDiscard', { dataset, paths: inside })));
  }
  const [first] = targets;
  const name = first === undefined ? '' : titleOf(context, { dataset: first.dataset, paths });
  const answer = await dialogs.discard({
    title: trans.__('Discard Changes of %1?', name),
    plans,
    commandLines: plans.filter(({ total }) => total > 0).map(plan => asShell(commandOf('discard', inputOf(plan))))
  });
  if (answer === null) {
    return CANCELLED;
  }
  const work = plans.filter(({ total }) => total > 0).map(plan => datalad.jobs.run('discard', inputOf(plan)));
  return combine(await Promise.all(work));
}

function inputOf({ dataset, paths }: DiscardPlan): { dataset: ContentsPath; paths: ContentsPath[] } {
  return { dataset, paths };
}
