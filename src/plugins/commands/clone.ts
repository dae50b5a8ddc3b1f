import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { folderOf, nameOf } from '../../protocol/paths';
import { CommandIDs, type IOutcome } from '../../tokens';
import { PathArgument } from './arguments';
import { identityKnown } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { datasetAround, freePath } from './places';

const { source } = jobs.clone.input.entries;
const args = v.object({
  source: v.optional(source),
  path: v.optional(PathArgument),
  asSubdataset: v.optional(PathArgument)
});

/** Clones a dataset and opens its folder; asks for what it was not told. */
export function clone(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.clone,
    args,
    label: () => trans.__('Clone a Dataset…'),
    caption: trans.__('Bring a dataset here from a path or URL'),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: v.InferOutput<typeof args>): Promise<IOutcome> {
  const input = complete(given) ?? (await ask(context, given));
  if (input === null) {
    return CANCELLED;
  }
  // Only the registration in a dataset makes a commit.
  const unknown = input.asSubdataset === undefined ? null : await identityKnown(context, input.asSubdataset);
  if (unknown !== null) {
    return unknown;
  }
  const outcome = await context.datalad.jobs.run('clone', input);
  if (outcome.status === 'ok') {
    await context.openFolder(input.path);
  }
  return outcome;
}

function complete({ source, path, asSubdataset }: v.InferOutput<typeof args>) {
  return source !== undefined && path !== undefined
    ? { source, path, ...(asSubdataset === undefined ? {} : { asSubdataset }) }
    : null;
}

async function ask(context: ICommandContext, given: v.InferOutput<typeof args>) {
  const { source = '', path } = given;
  const folder = path === undefined ? freePath(context) : folderOf(path);
  const around = given.asSubdataset ?? (await datasetAround(context, folder));
  return context.dialogs.clone({ source, folder, name: path === undefined ? null : nameOf(path), around });
}
