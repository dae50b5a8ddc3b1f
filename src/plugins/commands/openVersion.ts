import * as v from 'valibot';
import { fail } from '../../protocol/failure';
import { CommitId } from '../../protocol/revision';
import { CommandIDs } from '../../tokens';
import { commonArguments, PathArgument } from './arguments';
import { command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';
import { targetsOf } from './targets';

const args = v.object({
  dataset: commonArguments.dataset,
  path: v.pipe(PathArgument, v.description('Contents path of the file as it was called then; nothing need be there now')),
  commit: v.pipe(CommitId, v.description('The commit; its whole id')),
  folder: v.optional(v.pipe(v.boolean(), v.description('It is a folder, or the whole dataset: lists its files')))
});

/** Shows a file as it was in a commit, to be read; of a folder the files it had. */
export function openVersion(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.openVersion,
    args,
    label: () => trans.__('Open as It Was Then'),
    caption: trans.__('Show a file or folder as it was in a commit'),
    execute: async ({ dataset, path, commit, folder }) => {
      const { openVersion: open } = context;
      if (open === null) {
        return fail('bad-request', trans.__('There is no main area in which a file could be shown.'));
      }
      // What is a subdataset now may have been something else then.
      const targets = dataset === undefined ? await targetsOf(context, { paths: [path] }) : [{ dataset }];
      for (const target of targets) {
        await open({ dataset: target.dataset, path, commit, ...(folder === undefined ? {} : { folder }) });
      }
      return DONE;
    }
  });
}
