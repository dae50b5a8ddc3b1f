import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import type { Procedure } from '../../protocol/procedure';
import { CommandIDs, type IOutcome } from '../../tokens';
import { onlyGiven, PathArgument } from './arguments';
import { identityKnown } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { datasetAround, freePath } from './places';

const args = v.object({
  ...jobs.create.input.entries,
  path: v.optional(PathArgument),
  asSubdataset: v.optional(PathArgument)
});
type Arguments = v.InferOutput<typeof args>;

/** Creates a dataset and opens its folder; asks where, and of what sort, when it was not told. */
export function create(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.create,
    args,
    label: () => trans.__('Create a Dataset…'),
    caption: trans.__('Make a new dataset, or make a folder one'),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: Arguments): Promise<IOutcome> {
  const { path } = given;
  const input = path === undefined ? await ask(context, given) : { ...given, path };
  if (input === null) {
    return CANCELLED;
  }
  const unknown = await identityKnown(context, input.asSubdataset ?? null);
  if (unknown !== null) {
    return unknown;
  }
  const { procedures, description, asSubdataset, force } = input;
  const outcome = await context.datalad.jobs.run('create', {
    path: input.path,
    ...onlyGiven({ procedures: procedures?.length ? procedures : undefined, description, asSubdataset, force })
  });
  if (outcome.status === 'ok') {
    await context.openFolder(input.path);
  }
  return outcome;
}

async function ask(context: ICommandContext, given: Arguments) {
  const folder = freePath(context);
  const [around, procedures] = await Promise.all([datasetAround(context, folder), installedProcedures(context)]);
  const answer = await context.dialogs.create({ folder, around, procedures });
  return answer === null ? null : { ...given, ...answer };
}

/** Where they cannot be found out a dataset can be made all the same. */
async function installedProcedures({ datalad }: ICommandContext): Promise<Procedure[]> {
  return await datalad.client.call('procedures', {}).catch(() => []);
}
