import * as v from 'valibot';
import { asShell, commandOf } from '../../protocol/command';
import { jobs } from '../../protocol/contract';
import { fail } from '../../protocol/failure';
import type { ContentsPath } from '../../protocol/paths';
import type { UndoAction } from '../../protocol/undo';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments } from './arguments';
import { editorsSettled, identityKnown } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { summaryOf, targetsOf } from './targets';

const args = v.object({
  dataset: commonArguments.dataset,
  job: v.optional(v.pipe(v.string(), v.description('Id of the job to undo; default: the last one that can be undone')))
});

/** Undoes the last thing that was done to a dataset here. It says first what it will do, whatever the arguments say. */
export function undo(context: ICommandContext): ICommand {
  const { trans, datalad } = context;
  return command({
    id: CommandIDs.undo,
    args,
    label: () => trans.__('Undo Last Action…'),
    caption: trans.__('Undo the last thing done here that can be undone; says first what it will do'),
    isEnabled: given => given.dataset !== undefined || datalad.current.state.summary !== null,
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, { dataset: place, job }: v.InferOutput<typeof args>): Promise<IOutcome> {
  const { trans } = context;
  const { client } = context.datalad;
  const dataset = await datasetAt(context, place);
  const { plan, failure } = await client.call('planUndo', { dataset, ...(job === undefined ? {} : { job }) });
  if (plan === null) {
    return fail('not-undoable', failure?.message ?? trans.__('There is nothing that could be undone here.'), {
      ...(failure?.hint === undefined ? {} : { hint: failure.hint })
    });
  }
  if ((await context.dialogs.undo({ plan, commandLine: commandLine(plan.action) })) === null) {
    return CANCELLED;
  }
  if (commits(plan.action)) {
    for (const each of new Set([plan.action.input.dataset, ...plan.saves.map(save => save.dataset)])) {
      const unknown = await identityKnown(context, each);
      if (unknown !== null) {
        return unknown;
      }
    }
  }
  // Text that is only typed must not stand in the way of what comes back, nor be lost behind it.
  if ((await editorsSettled(context, [dataset])) === null) {
    return CANCELLED;
  }
  return await context.datalad.jobs.run(plan.action.operation, plan.action.input);
}

async function datasetAt(context: ICommandContext, place: ContentsPath | undefined): Promise<ContentsPath> {
  const { trans } = context;
  const known = place ?? context.datalad.current.state.summary?.dataset.path;
  if (known !== undefined) {
    return (await summaryOf(context, known)).dataset.path;
  }
  const [target] = await targetsOf(context, {});
  return target?.dataset ?? fail('not-a-dataset', trans.__('There is no dataset here.'));
}

/** Whether it makes a commit: then git has to know who makes it. */
function commits({ operation, input }: UndoAction): boolean {
  return operation === 'undoSave' ? input.by === 'revert' : jobs[operation].commits;
}

function commandLine({ operation, input }: UndoAction): string {
  return asShell(commandOf(operation, input));
}
