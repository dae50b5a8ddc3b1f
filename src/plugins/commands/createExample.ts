import * as v from 'valibot';
import { contentsPath } from '../../protocol/paths';
import { CommandIDs, type IOutcome } from '../../tokens';
import { PathArgument } from './arguments';
import { identityKnown } from './before';
import { command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { freePath } from './places';

/** Makes the small dataset that ships with the extension, for trying things out, and opens it. */
export function createExample(context: ICommandContext): ICommand {
  const { trans, datalad } = context;
  return command({
    id: CommandIDs.createExample,
    args: v.object({ path: v.optional(v.pipe(PathArgument, v.description('The folder it is made in; default: the one shown'))) }),
    label: () => trans.__('Try a Small Example Dataset'),
    caption: trans.__('Make a small dataset to try things out; works without a network'),
    execute: async given => {
      const unknown = await identityKnown(context, null);
      if (unknown !== null) {
        return unknown;
      }
      const outcome = await datalad.jobs.run('createExample', { path: given.path ?? freePath(context) });
      const made = placeOf(outcome);
      if (made !== undefined) {
        await context.openFolder(contentsPath(made));
      }
      return outcome;
    }
  });
}

/** Where the example went: the server picks a name that is free. */
function placeOf({ status, results }: IOutcome): string | undefined {
  return status === 'ok' ? results.find(result => result.type === 'dataset')?.path : undefined;
}
