import * as v from 'valibot';
import { asShell, commandOf } from '../../protocol/command';
import { type JobName, jobs, type ParsedJobInput } from '../../protocol/contract';
import { fail } from '../../protocol/failure';
import type { ContentsPath } from '../../protocol/paths';
import type { UndoAction } from '../../protocol/undo';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments } from './arguments';
import { editorsSettled } from './before';
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
    caption: trans.__('Undo the last save, discard, drop, get, unlock, clone, unpacked archive, run or deleted branch'),
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
  // Text that is only typed must not stand in the way of what comes back, nor be lost behind it.
  if ((await editorsSettled(context, [dataset])) === null) {
    return CANCELLED;
  }
  return await run(context, plan.action);
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

function run({ datalad }: ICommandContext, action: UndoAction): Promise<IOutcome> {
  switch (action.operation) {
    case 'undoSave':
      return datalad.jobs.run('undoSave', action.input);
    case 'undoDiscard':
      return datalad.jobs.run('undoDiscard', action.input);
    case 'get':
      return datalad.jobs.run('get', action.input);
    case 'drop':
      return datalad.jobs.run('drop', action.input);
    case 'lock':
      return datalad.jobs.run('lock', action.input);
    case 'createBranch':
      return datalad.jobs.run('createBranch', action.input);
    case 'createTag':
      return datalad.jobs.run('createTag', action.input);
  }
}

function commandLine({ operation, input }: UndoAction): string {
  const name: JobName = operation;
  const parsed = v.safeParse(jobs[name].input, input);
  return parsed.success ? asShell(commandOf(name, parsed.output as ParsedJobInput<typeof name>)) : '';
}
