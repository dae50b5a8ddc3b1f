import { randomUUID } from 'node:crypto';
import { constants, readFileSync, renameSync } from 'node:fs';
import { chmod, copyFile, mkdir, realpath, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { executionLine } from '../../../protocol/notebookCommand';
import type { NotebookParameters } from '../../../protocol/notebookRun';
import { fsPath } from '../../bytes';
import type { ITask } from '../../handlers';
import { stateFolder } from '../../stateFolder';
import { executeNotebook, type IExecuted, type IExecution } from './execute';

interface IApart extends Omit<IExecution, 'line'> {
  /** Relative to the dataset. */
  readonly notebook: string;
  readonly parameters: NotebookParameters | undefined;
  /** What is executed. */
  readonly text: Buffer;
}

export interface IExecutedApart extends IExecuted {
  /** Relative to the dataset, where what was executed lies because the notebook was changed meanwhile; null where it took its place. */
  readonly aside: string | null;
}

/**
 * Executes a notebook as the command of its record does, but puts what comes of it in its place only where that is as it was. The command
 * itself reads the notebook at its start and writes it at its end: what an editor saved meanwhile would be gone.
 */
export async function executeApart({ notebook, parameters, text, ...execution }: IApart, task: ITask): Promise<IExecutedApart> {
  const folder = join(stateFolder('executions', execution.env), `${task.id}.made`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const executed = await executeNotebook({ ...execution, line: executionLine(notebook, { parameters, folder }) }, task);
    const made = join(folder, basename(notebook));
    const aside = executed.code === 0 ? await settle(made, { dataset: execution.dataset, notebook, text }) : null;
    return { ...executed, aside };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Puts a file in the place of the notebook where that still has this text, else beside it; resolves with its name there. */
async function settle(
  made: string,
  { dataset, notebook, text }: { dataset: string; notebook: string; text: Buffer }
): Promise<string | null> {
  const path = join(dataset, notebook);
  const place = await realpath(fsPath(path)).catch(() => path);
  const beside = join(dirname(place), `.${basename(place)}.${randomUUID()}~`);
  try {
    await copyFile(fsPath(made), fsPath(beside), constants.COPYFILE_EXCL);
    const { mode } = await stat(fsPath(place)).catch(() => ({ mode: 0o644 }));
    await chmod(fsPath(beside), mode);
    return replaceIfSame(beside, { place, text }) ? null : await putAside(beside, { dataset, notebook });
  } finally {
    await rm(fsPath(beside), { force: true });
  }
}

/** Without a pause between the look and the rename: what is saved in one would be lost. */
function replaceIfSame(beside: string, { place, text }: { place: string; text: Buffer }): boolean {
  if (readNow(place)?.equals(text) !== true) {
    return false;
  }
  renameSync(fsPath(beside), fsPath(place));
  return true;
}

/** Null where there is nothing any more, which is a change, too. */
function readNow(path: string): Buffer | null {
  try {
    return readFileSync(fsPath(path));
  } catch {
    return null;
  }
}

/** Under a name that is free. */
async function putAside(made: string, { dataset, notebook }: { dataset: string; notebook: string }): Promise<string> {
  for (let number = 1; ; number++) {
    const name = notebook.replace(/(?:\.ipynb)?$/u, `.executed${number === 1 ? '' : `-${number}`}.ipynb`);
    try {
      await copyFile(fsPath(made), fsPath(join(dataset, name)), constants.COPYFILE_EXCL);
      return name;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    }
  }
}
