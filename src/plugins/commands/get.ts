import * as v from 'valibot';
import type { GetPlan } from '../../components/dialogs/dialogs';
import { asShell, commandOf } from '../../protocol/command';
import { jobs } from '../../protocol/contract';
import { fail } from '../../protocol/failure';
import { formatSize } from '../../protocol/size';
import { CommandIDs, type IOutcome } from '../../tokens';
import { amountText, amountToGet, isFolder } from './amounts';
import { askArgument, commonArguments, isExplicit, onlyGiven } from './arguments';
import { CANCELLED, combine, command, type ICommand, type RawArguments } from './command';
import type { ICommandContext } from './context';
import { titleOf } from './labels';
import type { ITarget } from './targets';
import { trustedTargets } from './trust';

const args = v.object({
  ...jobs.get.input.entries,
  ...commonArguments,
  keys: v.optional(
    v.pipe(
      jobs.getKeys.input.entries.keys,
      v.description('In place of paths: keys of annexed content, also of versions that are in no folder any more')
    )
  ),
  ask: askArgument
});
type Arguments = v.InferOutput<typeof args>;

/** What is asked beside the paths. */
type Options = Pick<Arguments, 'recursive' | 'noData' | 'source'>;

/** Gets content, and installs subdatasets on the way. */
export function get(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.get,
    args,
    label: given => label(context, given),
    caption: trans.__('Get the content of files that is not here'),
    isVisible: given => isVisible(context, given),
    execute: given => execute(context, given)
  });
}

function label({ trans, selection }: ICommandContext, given: RawArguments): string {
  const rows = given.isPalette || isExplicit(given) ? [] : selection.rows();
  const absent = rows.some(row => row.kind === 'dataset-absent');
  if (given.noData) {
    return trans.__('Install Subdataset Without Content');
  }
  if (absent && rows.length === 1) {
    return trans.__('Install Subdataset with Content…');
  }
  const amount = amountToGet(rows);
  const text = amountText(trans, amount);
  if (text === '') {
    return trans.__('Get…');
  }
  const start = amount.files === 1 ? trans.__('Get, %1', text) : trans.__('Get %1', text);
  return rows.some(isFolder) ? `${start}…` : start;
}

function isVisible({ selection }: ICommandContext, given: RawArguments): boolean {
  const rows = selection.rows();
  if (given.noData) {
    return rows.some(row => row.kind === 'dataset-absent');
  }
  return rows.length === 0 || rows.some(row => row.here === 'no' || row.here === 'partly' || row.counting);
}

async function execute(context: ICommandContext, given: Arguments): Promise<IOutcome> {
  const quiet = given.ask !== true && (isExplicit(given) || onlyFiles(context));
  const targets = await trustedTargets(context, given);
  const { keys } = given;
  if (keys !== undefined) {
    return combine(await Promise.all(targets.map(({ dataset }) => context.datalad.jobs.run('getKeys', { dataset, keys }))));
  }
  const ready: { target: ITarget; options: Options }[] = [];
  for (const target of targets) {
    const options = await settle(context, { target, options: given, quiet });
    if (options === null) {
      return CANCELLED;
    }
    ready.push({ target, options });
  }
  return combine(await Promise.all(ready.map(({ target, options }) => start(context, target, options))));
}

/** Whether files alone are selected; without a selection the whole folder is meant. */
function onlyFiles({ selection }: ICommandContext): boolean {
  return selection.paths().length > 0 && !selection.rows().some(isFolder);
}

interface ISettle {
  target: ITarget;
  options: Options;
  /** Ask only about what is large. */
  quiet: boolean;
}

/** How the get is to be done, after asking where that is due; null when the user cancels. */
async function settle(context: ICommandContext, { target, options, quiet }: ISettle): Promise<Options | null> {
  const { recursive = false, noData, source } = options;
  if (noData) {
    return { recursive, noData, source };
  }
  const plan = await planOf(context, target, recursive);
  if (quiet && plan.toGet.bytes <= context.settings().largeTransfer) {
    refuseWithoutSpace(context, plan);
    return { recursive, source };
  }
  const answer = await context.dialogs.get({
    title: titleOf(context, target),
    plan: recursive ? await planOf(context, target, false) : plan,
    recursivePlan: recursive ? plan : await planOf(context, target, true),
    recursive,
    commandLine: choice => asShell(commandOf('get', { ...target, ...onlyGiven({ ...choice, source }) }))
  });
  return answer === null ? null : { ...answer, source };
}

function planOf({ datalad }: ICommandContext, { dataset, paths }: ITarget, recursive: boolean): Promise<GetPlan> {
  return datalad.client.call('planGet', { dataset, paths, recursive });
}

function refuseWithoutSpace({ trans }: ICommandContext, { toGet, free }: GetPlan): void {
  if (free !== null && toGet.bytes > free) {
    fail('no-space', trans.__('%1 are to come, but only %2 are free.', formatSize(toGet.bytes), formatSize(free)), {
      hint: trans.__('Drop content that is not needed here, or get fewer files.'),
      parameters: { needed: toGet.bytes, free }
    });
  }
}

function start({ datalad }: ICommandContext, { dataset, paths }: ITarget, options: Options): Promise<IOutcome> {
  const { recursive, noData, source } = options;
  return datalad.jobs.run('get', { dataset, paths, ...onlyGiven({ recursive, noData, source }) });
}
