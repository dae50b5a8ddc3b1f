import * as v from 'valibot';
import type { DropPlan } from '../../components/dialogs/dialogs';
import { asShell, commandOf } from '../../protocol/command';
import { jobs } from '../../protocol/contract';
import { CommandIDs, type IOutcome } from '../../tokens';
import { amountText, amountToDrop, isFolder } from './amounts';
import { askArgument, commonArguments, isExplicit, onlyGiven } from './arguments';
import { CANCELLED, combine, command, type ICommand, type RawArguments } from './command';
import type { ICommandContext } from './context';
import { titleOf } from './labels';
import type { ITarget } from './targets';
import { trustedTargets } from './trust';

const args = v.object({ ...jobs.drop.input.entries, ...commonArguments, ask: askArgument });
type Arguments = v.InferOutput<typeof args>;

/** Drops content that is safe elsewhere. What DataLad refuses comes back as an outcome; nothing here can override a refusal. */
export function drop(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.drop,
    args,
    label: given => label(context, given),
    caption: trans.__('Free the space of content that another place has, too'),
    isVisible: () => isVisible(context),
    execute: given => execute(context, given)
  });
}

function label({ trans, selection }: ICommandContext, given: RawArguments): string {
  const rows = given.isPalette || isExplicit(given) ? [] : selection.rows();
  const amount = amountToDrop(rows);
  if (amount.files === 0) {
    return trans.__('Drop…');
  }
  const text = amountText(trans, { ...amount, files: 1 });
  const start =
    amount.files === 1
      ? trans.__('Drop, frees %1', text)
      : trans._n('Drop %2 file, frees %3', 'Drop %2 files, frees %3', amount.files, amount.files, text);
  return rows.some(isFolder) ? `${start}…` : start;
}

function isVisible({ selection }: ICommandContext): boolean {
  const rows = selection.rows();
  return rows.length === 0 || rows.some(row => row.kind !== 'dataset-absent' && (row.here === 'yes' || row.here === 'partly'));
}

async function execute(context: ICommandContext, given: Arguments): Promise<IOutcome> {
  const ready: { target: ITarget; recursive: boolean }[] = [];
  for (const target of await trustedTargets(context, given)) {
    const quiet = given.ask !== true && isExplicit(given);
    const recursive = quiet ? (given.recursive ?? false) : await ask(context, target, given.recursive ?? false);
    if (recursive === null) {
      return CANCELLED;
    }
    ready.push({ target, recursive });
  }
  const { what } = given;
  const outcomes = ready.map(({ target, recursive }) =>
    context.datalad.jobs.run('drop', { ...target, ...onlyGiven({ recursive, what }) })
  );
  return combine(await Promise.all(outcomes));
}

/** Whether to descend into subdatasets, after telling what a drop means where the menu's label did not; null when the user cancels. */
async function ask(context: ICommandContext, target: ITarget, recursive: boolean): Promise<boolean | null> {
  const plan = await planOf(context, target, false);
  const rows = target.paths.map(path => context.datalad.rows.get(path));
  const plain = rows.every(row => row !== undefined && !isFolder(row));
  if (plain && plan.shared.length === 0 && plan.modified.length === 0) {
    return recursive;
  }
  const recursivePlan = plain ? null : await planOf(context, target, true);
  const answer = await context.dialogs.drop({
    title: titleOf(context, target),
    dataset: target.dataset,
    plan,
    recursivePlan,
    recursive,
    commandLine: choice => asShell(commandOf('drop', { ...target, ...onlyGiven(choice) }))
  });
  return answer?.recursive ?? null;
}

function planOf({ datalad }: ICommandContext, { dataset, paths }: ITarget, recursive: boolean): Promise<DropPlan> {
  return datalad.client.call('planDrop', { dataset, paths, recursive });
}
