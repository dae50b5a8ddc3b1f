import * as v from 'valibot';
import { lastName } from '../../components/names';
import { asShell, commandOf } from '../../protocol/command';
import { ProcedureName } from '../../protocol/procedure';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments } from './arguments';
import { editorsSettled, identityKnown } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { showCommit } from './showCommit';
import { summaryOf } from './targets';
import { trustedTargets } from './trust';

const args = v.object({
  dataset: commonArguments.dataset,
  procedure: v.optional(v.pipe(ProcedureName, v.description('Name of the procedure; it is shown, and asked for, all the same')))
});

/** Runs a procedure on a dataset; which one it asks, and each time whether just what it shows may run. */
export function runProcedure(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.runProcedure,
    args,
    label: () => trans.__('Run a Procedure…'),
    caption: trans.__('Set up a dataset by a procedure of DataLad, of your own, or one that came with it'),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: v.InferOutput<typeof args>): Promise<IOutcome> {
  const { datalad, dialogs } = context;
  const place = given.dataset ?? datalad.current.state.summary?.dataset.path;
  const [target] = await trustedTargets(context, place === undefined ? {} : { dataset: place });
  if (target === undefined) {
    return CANCELLED;
  }
  const { dataset } = target;
  const datasetName = lastName(dataset) || '/';
  const procedure =
    given.procedure ??
    (await dialogs.chooseProcedure({ datasetName, procedures: await datalad.client.call('runnable', { dataset }) }));
  if (procedure === null || (await editorsSettled(context, [dataset])) === null) {
    return CANCELLED;
  }
  const [script, { changes }] = await Promise.all([
    datalad.client.call('procedureScript', { dataset, procedure }),
    summaryOf(context, dataset)
  ]);
  const input = { dataset, procedure, fingerprint: script.fingerprint };
  const commandLine = asShell(commandOf('runProcedure', input));
  if ((await dialogs.runProcedure({ datasetName, script, unsaved: changes.length, commandLine })) === null) {
    return CANCELLED;
  }
  const unknown = await identityKnown(context, dataset);
  if (unknown !== null) {
    return unknown;
  }
  const outcome = await datalad.jobs.run('runProcedure', input);
  showCommit(context, dataset, outcome);
  return outcome;
}
