import { statSync } from 'node:fs';
import type { ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { fsPath } from '../../bytes';
import { execute, judge } from '../../datalad/execute';
import type { WorkerRecord } from '../../datalad/messages';
import { readContainerCode } from '../../dataset/containers/containerCode';
import { WorkTree } from '../../dataset/workTree';
import type { ITask } from '../../handlers';
import { lastOf } from '../../redact';
import { type IJobContext, resolveExisting, resolvePath } from './context';
import { tellCommits } from './tellCommits';

/** Of what a command printed, as much as a failure quotes. */
const TAIL = 4_000;

/**
 * Runs a command of the user's in a dataset, in the environment that a terminal would have, and records it as `datalad run` does. It fails
 * with `command-failed` when the command did, and then nothing is saved.
 */
export async function run(context: IJobContext, input: ParsedJobInput<'run'>, task: ITask): Promise<void> {
  const { boundary, env, runPool } = context;
  const dataset = resolvePath(boundary, input.dataset);
  const folder = workingFolder(context, input);
  await requireShown(context, input, task);
  const workTree = await WorkTree.open(dataset, { env, signal: task.signal });
  const before = await workTree.head();
  const ends: WorkerRecord[] = [];
  let printed = '';
  const heard: ITask = Object.assign(Object.create(task) as ITask, {
    output: (text: string) => {
      printed = lastOf(printed + text, TAIL);
      task.output(text);
    }
  });
  try {
    const call = {
      command: input.container === undefined ? 'run' : 'containers_run',
      dataset,
      folder,
      arguments: argumentsOf(input)
    };
    const outcome = await execute({ pool: runPool, boundary }, call, heard, record => {
      if (record.action === 'run') {
        ends.push(record);
      }
    });
    const code = exitCode(ends.at(-1));
    if (code !== 0) {
      fail('command-failed', `The command ended with exit code ${code}, so nothing was saved.`, {
        hint: 'Look at the end of what it printed.',
        detail: printed.trim(),
        parameters: { code }
      });
    }
    judge(outcome, { kind: 'unknown', message: 'DataLad did not say what became of the command.' });
  } finally {
    await tellCommits(workTree, before, { dataset: input.dataset, task });
  }
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

/** 0 where the command did not even begin. */
function exitCode(end: WorkerRecord | undefined): number {
  const code = end?.['exit_code'];
  return typeof code === 'number' ? code : 0;
}
