import * as v from 'valibot';
import { asShell, commandOf } from '../../protocol/command';
import { jobs, type ParsedJobInput } from '../../protocol/contract';
import { fail } from '../../protocol/failure';
import type { DiscardPlan } from '../../protocol/undo';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments, onlyGiven } from './arguments';
import { editorsSettled } from './before';
import { CANCELLED, combine, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { titleOf } from './labels';
import type { ITarget } from './targets';
import { trustedTargets } from './trust';

const { parts: _parts, ...whole } = jobs.discard.input.entries;
const args = v.object({
  ...whole,
  ...commonArguments,
  run: v.optional(v.pipe(v.string(), v.description('The job of a run that failed or was cancelled: only what it has changed'))),
  choose: v.optional(
    v.pipe(v.boolean(), v.description('Show the parts in which one text is changed, and discard those that the user chooses'))
  )
});

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
    execute: given => discardChanges(context, given)
  });
}

/** Asks, with what is in the way of it, and takes back. */
export async function discardChanges(context: ICommandContext, given: v.InferOutput<typeof args>): Promise<IOutcome> {
  const { datalad, dialogs, trans } = context;
  const targets = await trustedTargets(context, given);
  const paths = targets.flatMap(target => target.paths);
  // What is only typed is written first: then it is kept with the rest, and comes back with it.
  if ((await editorsSettled(context, paths)) === null) {
    return CANCELLED;
  }
  const [only] = targets;
  if (given.choose === true) {
    return only?.paths.length === 1 && targets.length === 1
      ? await discardParts(context, only)
      : fail('bad-request', trans.__('Parts are discarded of one file at a time.'));
  }
  const plans: DiscardPlan[] = [];
  for (const { dataset, paths: inside } of targets) {
    plans.push(...(await datalad.client.call('planDiscard', { dataset, paths: inside, ...onlyGiven({ run: given.run }) })));
  }
  const [first] = targets;
  const name = first === undefined ? '' : titleOf(context, { dataset: first.dataset, paths });
  const worth = plans.filter(({ total }) => total > 0);
  const answer = await dialogs.discard({
    title: trans.__('Discard Changes of %1?', name),
    plans,
    commandLines: worth.map(plan => lineOf(plan, given.run))
  });
  if (answer === null) {
    return CANCELLED;
  }
  const work = worth.map(({ dataset, paths: inside }) =>
    datalad.jobs.run('discard', { dataset, paths: inside, ...onlyGiven({ run: given.run }) })
  );
  return combine(await Promise.all(work));
}

/** Shows what is changed in one text, and discards what the user chooses of it. */
async function discardParts({ datalad, dialogs }: ICommandContext, { dataset, paths }: ITarget): Promise<IOutcome> {
  const [path = dataset] = paths;
  const plan = await datalad.client.call('planParts', { dataset, path });
  const inputFor = (numbers: readonly number[]): ParsedJobInput<'discard'> => ({
    dataset: plan.dataset,
    paths: [path],
    parts: { fingerprint: plan.fingerprint, numbers: [...numbers] }
  });
  const chosen = await dialogs.discardParts({ plan, commandLine: asShell(commandOf('discard', inputFor([0]))) });
  return chosen === null || chosen.length === 0 ? CANCELLED : await datalad.jobs.run('discard', inputFor(chosen));
}

/** What of a run is discarded has a line where all of it is listed: its job is told no names. */
function lineOf({ dataset, paths, files, total }: DiscardPlan, run?: string): string {
  const named = run === undefined ? paths : files.map(({ path }) => path);
  return run !== undefined && files.length < total ? '' : asShell(commandOf('discard', { dataset, paths: named }));
}
