import { statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { ParsedJobInput } from '../../../protocol/contract';
import { expectedFailure, fail, FailureError } from '../../../protocol/failure';
import { fsPath } from '../../bytes';
import { execute, type IOutcome, judge } from '../../datalad/execute';
import { readContainerCode } from '../../dataset/containers/containerCode';
import { Repository } from '../../dataset/repository';
import { recordFolder } from '../../dataset/runs/sidecars';
import { WorkTree } from '../../dataset/workTree';
import type { ITask } from '../../handlers';
import type { AbsolutePath } from '../../paths';
import { emptyHanded } from '../runs/emptyHanded';
import { FailedRuns } from '../runs/failedRuns';
import { notingWhatIsLeft } from '../runs/leftBehind';
import { Matches } from '../../dataset/runs/matches';
import { type IJobContext, resolveExisting, resolvePath } from './context';
import { requireReachable } from './requireReachable';
import { tellCommits } from './tellCommits';

/** What is needed of the record that tells how a command ended. */
const RunEnd = v.object({
  action: v.literal('run'),
  exit_code: v.number(),
  /** Where DataLad left the message of a commit that it did not make. */
  msg_path: v.nullish(v.string()),
  /** Of a record in a file of its own: the name of that file. */
  record_id: v.nullish(v.string()),
  run_info: v.object({ outputs: v.optional(v.array(v.string()), []) })
});

/** A command that ended, and the message of its commit where that was left for somebody to save. */
interface IEnd {
  readonly code: number;
  readonly outputs: readonly string[];
  readonly message: string | null;
  /** The file that holds the record, where it does not stand in the message. */
  readonly recordFile: string | null;
}

/**
 * Runs a command of the user's in a dataset, in the environment that a terminal would have, and records it as `datalad run` does. It fails
 * with `command-failed` when the command did, and then nothing is saved.
 */
export async function run(context: IJobContext, input: ParsedJobInput<'run'>, task: ITask): Promise<void> {
  const { boundary, env, runPool } = context;
  const dataset = resolvePath(boundary, input.dataset);
  const folder = workingFolder(context, input);
  await requireShown(context, input, task);
  const { inputs, outputs } = input;
  await requireReachable(context, { dataset, folder, inputs, outputs, signal: task.signal });
  const workTree = await WorkTree.open(dataset, { env, signal: task.signal });
  const before = await workTree.head();
  const failedRuns = new FailedRuns(workTree);
  const doIt = async (): Promise<void> => {
    let end: IEnd | null = null;
    const command = input.container === undefined ? 'run' : 'containers_run';
    const call = { command, dataset, folder, arguments: argumentsOf(input) };
    const outcome = await execute({ pool: runPool, boundary }, call, task, record => {
      const parsed = v.safeParse(RunEnd, record);
      if (parsed.success) {
        const { exit_code: code, msg_path: path, record_id: recordFile = null, run_info: info } = parsed.output;
        // At once: the next commit of anybody writes over it.
        end = { code, outputs: info.outputs, message: path ? failedRuns.messageLeft() : null, recordFile };
      }
    });
    await refuseFailed(end, {
      dataset,
      folder,
      env,
      explicit: input.explicit === true,
      failedRuns,
      printed: outcome.output,
      task,
      workTree
    });
    judgeRun(outcome);
    await tellEmptyHanded(end, { dataset, folder, explicit: input.explicit === true, before, task, workTree });
  };
  try {
    await notingWhatIsLeft({ job: task.id, dataset, env, signal: task.signal, book: context.runs }, doIt);
  } finally {
    await tellCommits(workTree, before, { dataset: input.dataset, task });
  }
}

function judgeRun(outcome: IOutcome): void {
  try {
    judge(outcome, { kind: 'unknown', message: 'DataLad did not say what became of the command.' });
  } catch (error) {
    const failure = expectedFailure(error);
    throw new FailureError(
      failure.kind === 'unsaved-changes' ? { ...failure, parameters: { ...failure.parameters, why: 'run' } } : failure
    );
  }
}

/** The command went well, but perhaps not as it was meant. */
async function tellEmptyHanded(
  end: IEnd | null,
  {
    before,
    task,
    workTree,
    ...place
  }: Pick<IFailed, 'dataset' | 'folder' | 'explicit' | 'task' | 'workTree'> & { before: string | null }
): Promise<void> {
  // It is done and recorded: where this cannot be told, or was cancelled, it has not failed.
  const notice = await workTree
    .head()
    .then(head => emptyHanded({ ...place, outputs: end?.outputs ?? [], recorded: head !== before, signal: task.signal }))
    .catch(() => null);
  if (notice !== null) {
    task.notice(notice);
  }
}

interface IFailed {
  dataset: AbsolutePath;
  env: Record<string, string>;
  folder: string;
  explicit: boolean;
  failedRuns: FailedRuns;
  /** The end of it. */
  printed: string;
  task: ITask;
  workTree: WorkTree;
}

/** Fails where the command did; its record is kept, so that the user may save it all the same. */
async function refuseFailed(end: IEnd | null, { failedRuns, printed, task, workTree, ...place }: IFailed): Promise<void> {
  if (end === null || end.code === 0) {
    return;
  }
  if (end.message !== null) {
    const paths = place.explicit ? [...(await savedOutputs(end.outputs, place)), ...(await recordPath(end, place))] : null;
    await failedRuns.keep(task.id, { message: end.message, head: await workTree.head(), paths });
  }
  fail('command-failed', `The command ended with exit code ${end.code}, so nothing was saved.`, {
    hint: 'Look at the end of what it printed.',
    detail: printed.trim(),
    parameters: { code: end.code, ...(end.message === null ? {} : { kept: 'yes' }) }
  });
}

/** The file of a record, which is saved with what it is about. */
async function recordPath({ recordFile }: IEnd, { dataset, env }: Pick<IFailed, 'dataset' | 'env'>): Promise<string[]> {
  return recordFile === null || recordFile.includes('/')
    ? []
    : [join(dataset, await recordFolder(await Repository.open(dataset, env)), recordFile)];
}

/** What an explicit run would have saved, as absolute paths. */
async function savedOutputs(
  outputs: readonly string[],
  { dataset, folder }: Pick<IFailed, 'dataset' | 'folder'>
): Promise<string[]> {
  const matches = new Matches(dataset, folder);
  const found = await Promise.all(outputs.map(output => matches.of(output)));
  return found.flatMap(({ paths, found: how }) => (how === 'all' ? paths.map(path => join(folder, path)) : []));
}

/** The call format of a container is a program that came with the files: only the one that was shown gets the command. */
async function requireShown({ boundary, env }: IJobContext, input: ParsedJobInput<'run'>, { signal }: ITask): Promise<void> {
  const { container, assumeReady, fingerprint } = input;
  if (container === undefined) {
    return;
  }
  if (assumeReady !== undefined) {
    fail('bad-request', 'In a container nothing can be assumed to be ready: its image is always got.');
  }
  const code = await readContainerCode({ root: resolvePath(boundary, input.dataset), name: container }, { env, signal });
  if (code.fingerprint !== fingerprint) {
    fail('changed-since', 'This container is not the one that was shown.', {
      hint: 'Look at it again before you run anything in it.'
    });
  }
}

function workingFolder({ boundary }: IJobContext, { dataset, workingFolder: path = dataset }: ParsedJobInput<'run'>): string {
  const [folder = ''] = resolveExisting(boundary, [path], resolvePath(boundary, dataset));
  return statSync(fsPath(folder)).isDirectory()
    ? resolvePath(boundary, path)
    : fail('not-found', 'The command cannot run there: it is no folder.', { parameters: { path } });
}

function argumentsOf(input: ParsedJobInput<'run'>): Record<string, unknown> {
  const { command, container, message, inputs = [], outputs = [], expand, assumeReady, explicit } = input;
  return {
    cmd: command,
    ...(container === undefined ? {} : { container_name: container }),
    // What a command that failed has changed would be saved otherwise, and one whose inputs are missing would run all the same.
    on_failure: 'stop',
    inputs,
    outputs,
    explicit: explicit === true,
    ...(message === undefined || message === '' ? {} : { message }),
    ...(expand === undefined ? {} : { expand }),
    ...(assumeReady === undefined ? {} : { assume_ready: assumeReady })
  };
}
