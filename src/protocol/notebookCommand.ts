import type { NotebookParameters } from './notebookRun';
import { asShell } from './command/shell';

/** No times of cells, so that two executions can be the same. */
const NBCONVERT = ['jupyter', 'nbconvert', '--to', 'notebook', '--execute', '--ExecutePreprocessor.record_timing=False'];

/**
 * The line that executes a notebook in place, in its dataset: of public programs, so that a record of it can be replayed by anybody. Not
 * `jupyter execute`: that writes the time of each cell into the notebook. Parameters are put in by papermill, which leaves the
 * execution to nbconvert for the same reason, and since it would write into the notebook of an execution that fails or is cancelled.
 */
export function notebookCommand(notebook: string, parameters: NotebookParameters = {}): string {
  return commandLine(notebook, parameters, ['--inplace']);
}

/** The line that does the same, but for the folder that it writes the notebook to, under its name. */
export function executionLine(
  notebook: string,
  { parameters = {}, folder }: { parameters?: NotebookParameters | undefined; folder: string }
): string {
  return commandLine(notebook, parameters, ['--NbConvertApp.use_output_suffix=False'], [`--output-dir=${folder}`]);
}

/** `alone`: options of an execution that papermill takes no part in. */
function commandLine(
  notebook: string,
  parameters: NotebookParameters,
  alone: readonly string[],
  more: readonly string[] = []
): string {
  const given = Object.entries(parameters);
  if (given.length === 0) {
    // It takes names as patterns.
    return asShell([...NBCONVERT, ...alone, ...more, noOption(notebook).replace(/[*?[]/gu, char => `[${char}]`)]);
  }
  const slash = notebook.lastIndexOf('/');
  // Both take names with braces as templates.
  const name = notebook.slice(slash + 1).replace(/[{}]/gu, brace => brace + brace);
  const options = given.flatMap(([parameter, value]) => parameterOf(parameter, value));
  const lines = [
    asShell(['papermill', noOption(name), '-', '--prepare-only', ...options]),
    asShell([...NBCONVERT, '--stdin', `--output=${name}`, ...more])
  ];
  // What comes through a pipe is executed where that is.
  return `${slash < 0 ? '' : `cd ${asShell([noOption(notebook.slice(0, slash))])} && `}${lines.join(' | ')}`;
}

function noOption(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
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
