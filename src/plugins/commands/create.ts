import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import type { ContentsPath } from '../../protocol/paths';
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
  asSubdataset: v.optional(PathArgument),
  folder: v.optional(v.pipe(PathArgument, v.description('Where to ask for, in place of `path`; with `force` the folder itself')))
});
type Arguments = v.InferOutput<typeof args>;

/** Creates a dataset and opens its folder; asks where, and of what sort, when it was not told. */
export function create(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.create,
    args,
    label: ({ force }) => (force === true ? trans.__('Make This Folder a Dataset…') : trans.__('Create a Dataset…')),
    caption: trans.__('Make a new dataset, or make a folder one'),
    isVisible: ({ force, isPalette }) => force !== true || isPalette === true || canBeMade(context),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: Arguments): Promise<IOutcome> {
  const { path } = given;
  const input = path === undefined ? await ask(context, given) : { ...given, path };
  if (input === null) {
    return CANCELLED;
  }
  // It is registered in one dataset and begun in another, which may be a repository with an identity of its own.
  const { asSubdataset: outer } = input;
  const unknown =
    (outer === undefined ? null : await identityKnown(context, outer)) ?? (await identityKnown(context, input.path));
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

async function ask(context: ICommandContext, { force, folder: asked, ...given }: Arguments) {
  const [chosen] = force === true ? context.selection.paths() : [];
  const folder = asked ?? chosen ?? freePath(context);
  const [around, procedures] = await Promise.all([
    force === true ? datasetOutside(context, folder) : datasetAround(context, folder),
    installedProcedures(context)
  ]);
  const answer = await context.dialogs.create({ folder, around, procedures, here: force === true });
  return answer === null ? null : { ...given, ...answer };
}

/** In the menu of one folder that is none yet. */
function canBeMade({ selection }: ICommandContext): boolean {
  const [row, ...more] = selection.rows();
  return selection.paths().length === 1 && more.length === 0 && (row === undefined || row.kind === 'directory');
}

/** The dataset that a folder which is to become one lies in; a git repository without an annex is none to its own folder. */
async function datasetOutside({ datalad }: ICommandContext, folder: ContentsPath): Promise<ContentsPath | null> {
  const summary = await datalad.client.call('dataset', { path: folder });
  const isRepository = summary?.dataset.path === folder && summary.id === undefined && summary.dataset.annex === 'none';
  return (isRepository ? summary.superdatasets.at(-1)?.path : summary?.dataset.path) ?? null;
}

/** Where they cannot be found out a dataset can be made all the same. */
async function installedProcedures({ datalad }: ICommandContext): Promise<Procedure[]> {
  return await datalad.client.call('procedures', {}).catch(() => []);
}
