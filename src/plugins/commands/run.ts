import * as v from 'valibot';
import type { IRunAnswer } from '../../components/dialogs/runQuestions';
import { type FilesKind, lineFor } from '../../components/dialogs/chooser/tickedFiles';
import { lastName } from '../../components/names';
import type { Container } from '../../protocol/container';
import { type CallInput, type JobInput, jobs } from '../../protocol/contract';
import { relative, typedFolder } from '../../protocol/command/typedPaths';
import { type ContentsPath, isWithin } from '../../protocol/paths';
import { runRequest } from '../../protocol/runRequest';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments, onlyGiven, PathArgument } from './arguments';
import { editorsSettled, identityKnown } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { lineOf } from './lineOf';
import { save } from './save';
import { showCommit } from './showCommit';
import { summaryOf } from './targets';
import { trustedTargets } from './trust';

const args = v.object({
  dataset: commonArguments.dataset,
  selected: v.optional(v.pipe(v.boolean(), v.description('What is selected in the file browser is proposed as inputs'))),
  asOutputs: v.optional(v.pipe(v.boolean(), v.description('It is proposed as outputs instead'))),
  ...runRequest,
  inContainer: v.optional(v.pipe(v.boolean(), v.description('In a container of the dataset, by default the first'))),
  command: v.optional(v.pipe(runRequest.command, v.description('It is shown, and asked for, all the same'))),
  workingFolder: v.optional(v.pipe(PathArgument, v.description('Contents path of the folder it runs in; default: the dataset')))
});
type Arguments = v.InferOutput<typeof args>;

/** Runs a command and records it; whatever the arguments say, it shows the command first and starts nothing unless the user agrees. */
export function run(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.run,
    args,
    label: ({ selected, asOutputs }) =>
      selected !== true
        ? trans.__('Run a Command…')
        : asOutputs === true
          ? trans.__('Run a Command That Makes These…')
          : trans.__('Run a Command with These…'),
    caption: trans.__('Run a command and record what it made of what'),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: Arguments): Promise<IOutcome> {
  const { datalad, dialogs } = context;
  const chosen = given.selected === true ? context.selection.paths() : [];
  const place = given.dataset ?? given.workingFolder ?? chosen[0] ?? datalad.current.state.summary?.dataset.path;
  const [target] = await trustedTargets(context, place === undefined ? {} : { dataset: place });
  if (target === undefined || (await editorsSettled(context, [target.dataset])) === null) {
    return CANCELLED;
  }
  const { dataset } = target;
  const [{ changes }, { containers }] = await Promise.all([
    summaryOf(context, dataset),
    datalad.client.call('containers', { dataset })
  ]);
  if (given.inContainer === true && containers.length === 0) {
    // One has to be registered first.
    await context.openPage?.('containers', dataset);
    return CANCELLED;
  }
  const folder = given.workingFolder === undefined ? '' : relative(given.workingFolder, dataset).replace(/^\.$/u, '');
  const proposed = (kind: FilesKind): string[] =>
    chosen
      .filter(path => isWithin(path, dataset))
      .map(path => lineFor({ path, kind: datalad.rows.get(path)?.kind }, { kind, folder: given.workingFolder ?? dataset }));
  const inputOf = (answer: IRunAnswer): JobInput<'run'> => requestOf(dataset, answer, changes.length);
  const answer = await dialogs.run({
    datasetName: lastName(dataset) || '/',
    containers: {
      dataset,
      known: containers,
      first: firstContainer(given, containers),
      read: (container, signal) => datalad.client.call('containerCode', { dataset, container }, signal)
    },
    files: { dataset, list: (listed, signal) => datalad.client.call('rows', { folder: listed }, signal) },
    unsaved: changes.length,
    initial: {
      command: given.command ?? '',
      message: given.message ?? '',
      inputs: given.inputs ?? (given.asOutputs === true ? [] : proposed('inputs')),
      outputs: given.outputs ?? (given.asOutputs === true ? proposed('outputs') : []),
      folder,
      expand: given.expand,
      assumeReady: given.assumeReady,
      // With unsaved changes it is the other choice that says so.
      explicit: given.explicit === true && changes.length === 0,
      unsaved: given.explicit === true ? 'leave' : 'save'
    },
    commandLine: draft => lineOf('run', inputOf(draft)) || 'datalad run …',
    plan: (draft, signal) => datalad.client.call('planRun', planOf(inputOf(draft)), signal)
  });
  if (answer === null) {
    return CANCELLED;
  }
  const unknown = await identityKnown(context, dataset);
  if (unknown !== null) {
    return unknown;
  }
  if (changes.length > 0 && answer.unsaved === 'save') {
    const saved = await save(context).execute({ dataset });
    if (saved.status !== 'ok') {
      return saved;
    }
  }
  const outcome = await datalad.jobs.run('run', v.parse(jobs.run.input, inputOf(answer)));
  showCommit(context, dataset, outcome);
  return outcome;
}

/** The container that the form begins with: one that was named, or the only one there is for a new command. */
function firstContainer({ container, command: given, inContainer }: Arguments, known: readonly Container[]): string | null {
  const [first] = known;
  const isMeant = inContainer === true || (given === undefined && known.length === 1);
  return container ?? (isMeant && first !== undefined ? first.name : null);
}

function requestOf(dataset: ContentsPath, answer: IRunAnswer, unsaved: number): JobInput<'run'> {
  const { expand, assumeReady, container } = answer;
  const [inputs, outputs] = [filled(answer.inputs), filled(answer.outputs)];
  const explicit = answer.explicit === true || (unsaved > 0 && answer.unsaved === 'leave');
  // What can be no folder is for the schema to refuse.
  const folder = typedFolder(answer.folder, dataset) ?? `${dataset}/${answer.folder.trim()}`;
  return {
    dataset,
    command: answer.command,
    ...onlyGiven({
      message: answer.message.trim(),
      inputs: inputs.length > 0 ? inputs : undefined,
      outputs: outputs.length > 0 ? outputs : undefined,
      expand,
      container: container?.name,
      fingerprint: container?.fingerprint,
      // In a container everything is got.
      assumeReady: container === undefined ? assumeReady : undefined,
      explicit,
      workingFolder: folder === dataset ? undefined : folder
    })
  };
}

/** What is done before the command, and with it; the rest may still be missing. */
function planOf({ dataset, command, ...given }: JobInput<'run'>): CallInput<'planRun'> {
  const { container, inputs, outputs, assumeReady, workingFolder } = given;
  return { dataset, command, ...onlyGiven({ container, inputs, outputs, assumeReady, workingFolder }) };
}

function filled(lines: readonly string[]): string[] {
  return lines.map(line => line.trim()).filter(line => line !== '');
}
