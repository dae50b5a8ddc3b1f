import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { CommandIDs } from '../../tokens';
import { askArgument, PathArgument } from './arguments';
import { command, type ICommand } from './command';
import type { ICommandContext } from './context';

const { url, message, overwrite, noSave } = jobs.downloadUrl.input.entries;
const args = v.object({
  url: v.optional(url),
  path: v.optional(
    v.pipe(PathArgument, v.description('The file, or the folder that it comes into under its name in the address'))
  ),
  message,
  overwrite,
  noSave,
  archive: v.optional(v.pipe(v.boolean(), v.description('Unpack it afterwards, and remove the archive from the folder'))),
  ask: askArgument
});
export type DownloadArguments = v.InferOutput<typeof args>;

/** Downloads what is at an address, and saves it with its source; asks for what it was not told. */
export function downloadUrl(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.downloadUrl,
    args,
    label: () => trans.__('Download from an Address…'),
    caption: trans.__('Download a file into the dataset, and save it with where it comes from'),
    execute: async given => (await import('./downloads/download')).download(context, given)
  });
}
