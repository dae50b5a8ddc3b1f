import * as v from 'valibot';
import { asShell, commandOf } from '../../protocol/command';
import type { Amount } from '../../protocol/dataset';
import { expectedFailure, fail, type Failure } from '../../protocol/failure';
import type { ContentsPath } from '../../protocol/paths';
import { isSuccess } from '../../protocol/result';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments } from './arguments';
import { editorsSettled, identityKnown } from './before';
import { CANCELLED, combine, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { type IRemoval, outermost, removalsOf, requireKnown } from './removals';
import { summaryOf, targetsOf } from './targets';

const args = v.object(commonArguments);

/** Removes datasets, folders and files. It asks whatever the arguments say; DataLad checks before anything goes. */
export function remove(context: ICommandContext): ICommand {
  const { trans, selection } = context;
  return command({
    id: CommandIDs.remove,
    args,
    label: () => trans.__('Remove…'),
    caption: trans.__('Take out of the dataset and off this computer, after a check that nothing is lost'),
    isVisible: given => given.isPalette === true || selection.paths().length > 0,
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: v.InferOutput<typeof args>): Promise<IOutcome> {
  const { dialogs } = context;
  const { removals, withDatasets } = await removalsFor(context, given);
  if (
    (await editorsSettled(
      context,
      removals.flatMap(({ paths }) => paths)
    )) === null
  ) {
    return CANCELLED;
  }
  const here = withDatasets ? await amountHere(context, removals) : null;
  const commandLines = removals.map(removal => asShell(commandOf('remove', removal))).filter(line => line !== '');
  if ((await dialogs.remove({ removals, withDatasets, here, commandLines })) === null) {
    return CANCELLED;
  }
  const outcomes: IOutcome[] = [];
  for (const removal of removals) {
    const stopped = await identityKnown(context, removal.dataset);
    outcomes.push(stopped ?? (await removeOne(context, removal)));
  }
  return combine(outcomes);
}

/** One removal for each dataset that is left, or that something is taken out of. */
async function removalsFor(
  context: ICommandContext,
  given: v.InferOutput<typeof args>
): Promise<{ removals: IRemoval[]; withDatasets: boolean }> {
  const { datalad, trans, selection } = context;
  const whole = async (path: ContentsPath): Promise<ContentsPath[]> => [(await summaryOf(context, path)).dataset.path];
  const asked = given.paths ?? (given.dataset === undefined ? selection.paths() : await whole(given.dataset));
  const paths = outermost(asked);
  if (paths.length === 0) {
    fail('bad-request', trans.__('Nothing is selected.'));
  }
  const holdings = await datalad.client.call('holdings', { paths });
  requireKnown(holdings, trans);
  const others = holdings.filter(({ isDataset }) => !isDataset).map(({ path }) => path);
  const targets = others.length === 0 ? [] : await targetsOf(context, { paths: others });
  const removals = [
    ...removalsOf(holdings.filter(({ isDataset }) => isDataset)),
    ...targets.map(({ dataset, paths: inside }) => ({ dataset, paths: inside }))
  ];
  return { removals, withDatasets: holdings.some(({ datasets }) => datasets.length > 0) };
}

/** Annexed content that goes; null where that cannot be told. */
async function amountHere({ datalad }: ICommandContext, removals: readonly IRemoval[]): Promise<Amount | null> {
  try {
    const plans = removals.map(removal => datalad.client.call('planDrop', { ...removal, recursive: true }));
    return (await Promise.all(plans))
      .map(({ toDrop }) => toDrop)
      .reduce((sum, { files, bytes, unsized }) => ({
        files: sum.files + files,
        bytes: sum.bytes + bytes,
        unsized: sum.unsized + unsized
      }));
  } catch (reason) {
    expectedFailure(reason);
    return null;
  }
}

/** Refusals that can be overridden, by a button of its own in a dialog that says what is lost. */
const OVERRIDABLE: readonly Failure['kind'][] = ['last-copy', 'still-announced'];

async function removeOne(context: ICommandContext, removal: IRemoval): Promise<IOutcome> {
  const { datalad, dialogs } = context;
  const outcome = await datalad.jobs.run('remove', removal);
  const { failure } = outcome;
  const [refused] = outcome.jobs;
  if (failure === undefined || refused === undefined || !OVERRIDABLE.includes(failure.kind)) {
    return outcome;
  }
  const lost = outcome.results.filter(result => !isSuccess(result));
  if ((await dialogs.removeRefused({ removal, failure, lost, here: await amountHere(context, [removal]) })) === null) {
    return outcome;
  }
  const forced = await datalad.jobs.run('removeRefused', { ...removal, refused });
  return { ...forced, jobs: [refused, ...forced.jobs] };
}
