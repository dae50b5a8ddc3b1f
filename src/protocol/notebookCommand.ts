import type { NotebookParameters } from './notebookRun';
import { asShell } from './command/shell';

/**
 * The line that executes a notebook in place, in its dataset: of a public program, so that a record of it can be replayed by anybody. Not
 * `jupyter execute`: that writes the time of each cell into the notebook, so that no two executions would be the same.
 */
export function notebookCommand(notebook: string, parameters: NotebookParameters = {}): string {
  const path = notebook.startsWith('-') ? `./${notebook}` : notebook;
  const given = Object.entries(parameters);
  if (given.length > 0) {
    const folder = notebook.includes('/') ? notebook.slice(0, notebook.lastIndexOf('/')) : '.';
    return asShell([
      'papermill',
      path,
      path,
      ...['--cwd', folder, '--no-progress-bar'],
      ...given.flatMap(([name, value]) => [...parameterOf(name, value)])
    ]);
  }
  // It takes names as patterns.
  const pattern = path.replace(/[*?[]/gu, char => `[${char}]`);
  const options = ['--to', 'notebook', '--execute', '--inplace', '--ExecutePreprocessor.record_timing=False'];
  return asShell(['jupyter', 'nbconvert', ...options, pattern]);
}

/** Papermill makes numbers and the like of what looks like them, but for what is raw. */
function parameterOf(name: string, value: string | number | boolean): string[] {
  return typeof value === 'string'
    ? ['-r', name, value]
    : ['-p', name, value === true ? 'True' : value === false ? 'False' : String(value)];
}

/** A line for the shell as DataLad's run takes it. */
export function asRecorded(line: string): string {
  return line.replace(/[{}]/gu, brace => brace + brace);
}
