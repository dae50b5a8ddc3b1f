import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { isTableName } from '../../protocol/urlTable';
import { CommandIDs } from '../../tokens';
import { askArgument, commonArguments, PathArgument } from './arguments';
import { command, type ICommand } from './command';
import type { ICommandContext } from './context';

const { urlFormat, fileFormat, message, ifExists } = jobs.addUrls.input.entries;
const args = v.object({
  dataset: commonArguments.dataset,
  table: v.optional(v.pipe(PathArgument, v.description('A table: separated by commas or tabs, or JSON'))),
  urlFormat: v.optional(v.pipe(urlFormat, v.description('How addresses are made of columns: {column}'))),
  fileFormat: v.optional(v.pipe(fileFormat, v.description('How files are called, relative to the dataset'))),
  message,
  ifExists,
  selected: v.optional(v.pipe(v.boolean(), v.description('The table is what is selected in the file browser'))),
  ask: askArgument
});
export type AddUrlsArguments = v.InferOutput<typeof args>;

/** Downloads what the rows of a table name, and saves it with its sources; asks for what it was not told. */
export function addUrls(context: ICommandContext): ICommand {
  const { trans, selection } = context;
  return command({
    id: CommandIDs.addUrls,
    args,
    label: () => trans.__('Add Files from a Table of Addresses…'),
    caption: trans.__('Download a file for each row of a table, and save them with where they come from'),
    isVisible: ({ selected }) => selected !== true || isTable(selection.rows()),
    execute: async given => (await import('./downloads/addUrls')).addUrls(context, given)
  });
}

function isTable([row, ...more]: ReturnType<ICommandContext['selection']['rows']>): boolean {
  return row !== undefined && more.length === 0 && isTableName(row.name) && row.kind !== 'directory' && row.kind !== 'dataset';
}
