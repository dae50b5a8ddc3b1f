import * as v from 'valibot';
import { Specifications, notebookRequest } from '../../protocol/notebookRun';
import { bytesOf, folderOf, isContentsPath } from '../../protocol/paths';
import { CommandIDs } from '../../tokens';
import { PathArgument } from './arguments';
import { command, type ICommand, type RawArguments } from './command';
import type { ICommandContext } from './context';

const args = v.object({
  ...notebookRequest,
  path: v.optional(
    v.pipe(PathArgument, v.description('Contents path of the notebook; default: the one in front, else the one that is selected'))
  ),
  message: v.optional(v.pipe(v.string(), v.description('Of the record; it is shown, and may be changed'))),
  inputs: v.optional(v.pipe(Specifications, v.description('Paths and patterns, relative to the dataset'))),
  selected: v.optional(
    v.pipe(v.boolean(), v.description('The notebook that is selected in the file browser, whatever is in front'))
  )
});
export type RunNotebookArguments = v.InferOutput<typeof args>;

const NOTEBOOK = /\.ipynb$/u;

/** Executes a notebook and records it; it shows the command before it starts, and what was read and written before it saves. */
export function runNotebook(context: ICommandContext): ICommand {
  const { trans, selection, editors } = context;
  const selected = (): string | null => {
    const [path, ...others] = selection.paths();
    return path !== undefined && others.length === 0 && NOTEBOOK.test(path) ? path : null;
  };
  const inFront = (): string | null => {
    const path = editors?.inFront() ?? null;
    return path !== null && NOTEBOOK.test(path) ? path : null;
  };
  const meant = (given: RawArguments): string | null => (given['selected'] === true ? selected() : (inFront() ?? selected()));
  const isOutside = (given: RawArguments): boolean => {
    const path = meant(given);
    // Where the folder was not read, the command itself finds out.
    const folder = path === null || !isContentsPath(path) || bytesOf(path) !== undefined ? null : folderOf(path);
    return folder !== null && context.datalad.rows.listing(folder)?.dataset === null;
  };
  return command({
    id: CommandIDs.runNotebook,
    args,
    label: () => trans.__('Run & Record…'),
    caption: given =>
      isOutside(given)
        ? trans.__('This notebook is in no dataset: there is nothing that could record what it made')
        : trans.__('Execute this notebook in a fresh kernel, and record what it made of what'),
    isVisible: given => given['selected'] !== true || selected() !== null,
    isEnabled: given => given['path'] !== undefined || (meant(given) !== null && !isOutside(given)),
    execute: async given => {
      const path = given.path ?? meant(given);
      const { runAndRecord } = await import('./runAndRecord');
      return runAndRecord(context, { ...given, path });
    }
  });
}
