import * as v from 'valibot';
import { CommitId } from '../../protocol/revision';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments, PathArgument } from './arguments';
import { command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';
import { inView } from './inView';
import { targetsOf } from './targets';

const args = v.object({
  ...commonArguments,
  path: v.optional(v.pipe(PathArgument, v.description('The file or folder; default: the first of the paths'))),
  commit: v.optional(v.pipe(CommitId, v.description('A commit to show the details of; its whole id')))
});

/** Shows the history of a dataset, a folder or a file, or one commit, in the panel. */
export function history(context: ICommandContext): ICommand {
  const { trans, selection } = context;
  return command({
    id: CommandIDs.history,
    args,
    label: () => trans.__('History'),
    caption: trans.__('Show how a file, a folder or the whole dataset came to be what it is'),
    isVisible: () => selection.rows().length <= 1 && selection.rows().every(row => row.kind !== 'dataset-absent'),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: v.InferOutput<typeof args>): Promise<IOutcome> {
  const { current, history: model } = context.datalad;
  const { dataset: within, commit } = given;
  const paths = given.path === undefined ? given.paths : [given.path];
  const [target] = await targetsOf(context, {
    ...(within === undefined ? {} : { dataset: within }),
    ...(paths === undefined ? {} : { paths })
  });
  if (target === undefined) {
    return DONE;
  }
  const { dataset } = target;
  // A commit is looked at as a whole unless a file was asked for, too.
  const path = commit !== undefined && paths === undefined ? undefined : target.paths[0];
  await inView(current, dataset);
  model.open({
    dataset,
    ...(path === undefined || path === dataset ? {} : { path }),
    ...(commit === undefined ? {} : { commit })
  });
  return DONE;
}
