import { mkdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Failure } from '../../../protocol/failure';
import { executionLine } from '../../../protocol/notebookCommand';
import type { NotebookParameters } from '../../../protocol/notebookRun';
import { fsPath } from '../../bytes';
import { knownFailure } from '../../fileFailure';
import type { ITask } from '../../handlers';
import { inThrowAway } from '../throwAway';
import { executeNotebook, type IExecuted, type IExecution } from './execute';
import { executionsFolder, keptFolder } from './places';
import { type IOriginal, settle } from './settle';

interface IApart extends Omit<IExecution, 'line' | 'folder'> {
  /** The text of this is executed. */
  readonly original: IOriginal;
  readonly parameters: NotebookParameters | undefined;
  /** Called as soon as what was executed has taken the notebook's place. */
  readonly replaced: () => void;
}

export interface IExecutedApart extends IExecuted {
  /** Relative to the dataset, where what was executed lies because the notebook was changed meanwhile; null where it took its place. */
  readonly aside: string | null;
  /** What was executed could not be written there: where it is kept instead, and why. */
  readonly kept: IKeptElsewhere | null;
}

export interface IKeptElsewhere {
  readonly place: string;
  readonly failure: Failure;
}

/**
 * Executes a notebook as the command of its record does, but puts what comes of it in its place only where that is as it was. The command
 * itself reads the notebook at its start and writes it at its end: what an editor saved meanwhile would be gone.
 */
export async function executeApart(
  { original, parameters, replaced, ...execution }: IApart,
  task: ITask
): Promise<IExecutedApart> {
  const { env } = execution;
  const { notebook } = original;
  const kept = keptFolder(env);
  // Now: on a disk that has become full none could be made.
  await mkdir(kept, { recursive: true, mode: 0o700 });
  return await inThrowAway(executionsFolder(env), async folder => {
    const output = join(folder, 'made');
    await mkdir(output);
    const line = executionLine(notebook, { parameters, folder: output });
    const executed = await executeNotebook({ ...execution, folder, line }, task);
    if (executed.code !== 0) {
      return { ...executed, aside: null, kept: null };
    }
    const made = join(output, basename(notebook));
    try {
      const aside = await settle(made, original);
      if (aside === null) {
        replaced();
      }
      return { ...executed, aside, kept: null };
    } catch (error) {
      return { ...executed, aside: null, kept: await keep(made, { folder: join(kept, task.id), error }) };
    }
  });
}

/** Nothing that took long to make is thrown away with the folder that it was made in. */
async function keep(made: string, { folder, error }: { folder: string; error: unknown }): Promise<IKeptElsewhere> {
  await rename(fsPath(dirname(made)), fsPath(folder));
  const failure = knownFailure(error) ?? { kind: 'unknown', message: String(error) };
  return { place: join(folder, basename(made)), failure };
}
