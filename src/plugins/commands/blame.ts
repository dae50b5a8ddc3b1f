import * as v from 'valibot';
import { fail } from '../../protocol/failure';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments, PathArgument } from './arguments';
import { command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';
import { targetsOf } from './targets';

const args = v.object({
  ...commonArguments,
  path: v.optional(v.pipe(PathArgument, v.description('The file; default: the first of the paths')))
});

/** Shows who changed each line of a text last. */
export function blame(context: ICommandContext): ICommand {
  const { trans, selection } = context;
  return command({
    id: CommandIDs.blame,
    args,
    label: () => trans.__('Who Changed Each Line'),
    caption: trans.__('Show for each line of a text in Git who changed it last, and what was before'),
    isVisible: () => selection.rows().length === 1 && selection.rows().every(({ kind }) => kind === 'git'),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: v.InferOutput<typeof args>): Promise<IOutcome> {
  const { openPage, trans } = context;
  if (openPage === null) {
    return fail('bad-request', trans.__('There is no main area in which this could be shown.'));
  }
  const { dataset: within } = given;
  const paths = given.path === undefined ? given.paths : [given.path];
  const [target] = await targetsOf(context, {
    ...(within === undefined ? {} : { dataset: within }),
    ...(paths === undefined ? {} : { paths })
  });
  const [path] = target?.paths ?? [];
  if (target === undefined || path === undefined || path === target.dataset) {
    return fail('bad-request', trans.__('Select a file first: only a text has lines.'));
  }
  await openPage('blame', target.dataset, path);
  return DONE;
}
