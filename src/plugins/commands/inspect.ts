import * as v from 'valibot';
import { MAX_INSPECTED } from '../../protocol/inspect';
import { fail } from '../../protocol/failure';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments, PathArgument } from './arguments';
import { command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';
import { inView } from './inView';
import { targetsOf } from './targets';

const args = v.object({
  ...commonArguments,
  path: v.optional(v.pipe(PathArgument, v.description('The file or folder; goes before the paths')))
});

/** Looks closely at a file: Git or annex, its key and checksum, where copies are, what made it; of folders tells the copies. */
export function inspect(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.inspect,
    args,
    label: () => trans.__('Inspect'),
    caption: trans.__('Show what a file is, where its copies are and what made it'),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: v.InferOutput<typeof args>): Promise<IOutcome> {
  const { current, inspector } = context.datalad;
  const { dataset: within } = given;
  const paths = given.path === undefined ? given.paths : [given.path];
  const [target] = await targetsOf(context, {
    ...(within === undefined ? {} : { dataset: within }),
    ...(paths === undefined ? {} : { paths })
  });
  if (target === undefined) {
    return DONE;
  }
  if (target.paths.length > MAX_INSPECTED) {
    const { trans } = context;
    fail('bad-request', trans.__('At most %1 files can be looked at at once.', MAX_INSPECTED), {
      hint: trans.__('Select the folder around them.')
    });
  }
  await inView(current, target.dataset);
  inspector.open({ dataset: target.dataset, paths: target.paths });
  return DONE;
}
