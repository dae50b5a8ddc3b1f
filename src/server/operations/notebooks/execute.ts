import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { fail } from '../../../protocol/failure';
import type { ITask } from '../../handlers';
import { startGroup } from '../../process/run';
import { lastOf } from '../../redact';
import type { Trace } from './trace';
import { TraceFile } from './traceFile';

/** Of what was printed, as much as is told of an execution that failed. */
const TAIL = 8_000;

export interface IExecution {
  /** For the shell. */
  readonly line: string;
  readonly dataset: string;
  /** Cells that are executed. */
  readonly cells: number;
  /** The one that is put in beside them, see {@link Trace}. */
  readonly added: number | null;
  /** For what is told of it; it is the user's alone. */
  readonly folder: string;
  /** That of a terminal. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the Python package lies, with what observes a kernel. */
  readonly packageFolder: string;
}

/** How an execution ended. */
export interface IExecuted {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly trace: Trace;
  /** The end of what was printed. */
  readonly printed: string;
}

/** Executes a line that executes a notebook, tells how far it is, and looks at what its kernel opens. Fails with `cancelled` alone. */
export async function executeNotebook(execution: IExecution, task: ITask): Promise<IExecuted> {
  const { line, dataset, cells, added, folder, env, packageFolder } = execution;
  const tell = (): void => {
    const { begun, ended } = told.trace;
    task.progress({ files: Math.max(ended, begun - 1, 0), totalFiles: cells, active: [] });
  };
  const told = await TraceFile.create(folder, { added, told: tell });
  const { PYTHONSTARTUP: startup, ...rest } = env;
  const group = startGroup('/bin/sh', ['-c', line], {
    cwd: dataset,
    env: {
      ...rest,
      PYTHONSTARTUP: join(packageFolder, 'observer/startup.py'),
      DATALAD_OBSERVER_FILE: told.path,
      DATALAD_OBSERVER_ROOT: dataset,
      ...(startup === undefined ? {} : { DATALAD_OBSERVER_STARTUP: startup })
    }
  });
  let printed = '';
  const hear = (chunk: Buffer): void => {
    const text = stripVTControlCharacters(chunk.toString('utf8'));
    printed = lastOf(printed + text, TAIL);
    task.output(text);
  };
  group.process.stdin.end();
  group.process.stdout.on('data', hear);
  group.process.stderr.on('data', hear);
  const interrupt = (): void => group.interrupt();
  task.signal.addEventListener('abort', interrupt, { once: true });
  if (task.signal.aborted) {
    interrupt();
  }
  try {
    const { code } = await group.ended;
    await told.read();
    if (task.signal.aborted) {
      fail('cancelled', 'This was cancelled.');
    }
    return { code, trace: told.trace, printed: lastWords(printed) };
  } finally {
    task.signal.removeEventListener('abort', interrupt);
    await told.dispose();
  }
}

/** Before the error of a cell stands the way that nbclient came to it, which says nothing about the notebook. */
function lastWords(printed: string): string {
  return printed
    .slice(Math.max(0, printed.lastIndexOf('CellExecutionError: ')))
    .replace(/^CellExecutionError: /u, '')
    .trim();
}
