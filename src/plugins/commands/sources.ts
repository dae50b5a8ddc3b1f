import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { CommandIDs } from '../../tokens';
import { askArgument, commonArguments, PathArgument } from './arguments';
import { command, type ICommand } from './command';
import type { ICommandContext } from './context';

const { url, sizeOnly } = jobs.addSource.input.entries;
const path = v.optional(v.pipe(PathArgument, v.description('The file; default: the one selected in the file browser')));
const args = v.object({ paths: commonArguments.paths, path, url: v.optional(url), sizeOnly, ask: askArgument });
export type SourceArguments = v.InferOutput<typeof args>;

/** Notes an address as a source of a file that is saved; asks for what it was not told. */
export function addSource(context: ICommandContext): ICommand {
  const { trans, selection } = context;
  return command({
    id: CommandIDs.addSource,
    args,
    label: () => trans.__('Add a Source…'),
    caption: trans.__('Note an address that an annexed file can be got from'),
    isVisible: given => given.isPalette === true || isFile(selection.rows()),
    execute: async given => (await import('./downloads/sources')).addSource(context, given)
  });
}

/** Takes an address back as a source; always asks. */
export function removeSource(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.removeSource,
    args: v.object({ path, url }),
    label: () => trans.__('Remove a Source…'),
    execute: async given => (await import('./downloads/sources')).removeSource(context, given)
  });
}

/** A file kept in Git gets an explanation. */
function isFile([row, ...more]: ReturnType<ICommandContext['selection']['rows']>): boolean {
  return row !== undefined && more.length === 0 && ['annex', 'annex-unlocked', 'git'].includes(row.kind);
}
