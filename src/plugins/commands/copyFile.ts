import * as v from 'valibot';
import { asShell, commandOf } from '../../protocol/command';
import { fail } from '../../protocol/failure';
import { type ContentsPath, contentsPath, folderOf, nameOf } from '../../protocol/paths';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments, onlyGiven, PathArgument } from './arguments';
import { identityKnown } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { titleOf } from './labels';
import { summaryOf } from './targets';

const args = v.object({
  ...commonArguments,
  to: v.optional(
    v.pipe(PathArgument, v.description('A folder of a dataset to copy into, or, for a single path, the new name of the copy'))
  ),
  leave: v.optional(v.pipe(v.array(PathArgument), v.description('Datasets among what is copied that are left out')))
});

/** Copies files and folders into a dataset, annexed content and all: links to it alone would lead nowhere. */
export function copyFile(context: ICommandContext): ICommand {
  const { trans, selection } = context;
  return command({
    id: CommandIDs.copyFile,
    args,
    label: () => trans.__('Copy to a Dataset…'),
    caption: trans.__('Copy files with their annexed content into a folder of a dataset'),
    isVisible: given =>
      given.isPalette === true || selection.rows().some(({ kind }) => kind !== 'dataset' && kind !== 'dataset-absent'),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: v.InferOutput<typeof args>): Promise<IOutcome> {
  const { datalad, trans, selection, dialogs } = context;
  const paths = given.paths ?? selection.paths();
  if (paths.length === 0) {
    fail('bad-request', trans.__('Nothing is selected.'));
  }
  const to =
    given.to ??
    (await dialogs.copyTo({
      title: titleOf(context, { dataset: contentsPath(''), paths }),
      folder: selection.folder() ?? contentsPath(''),
      commandLine: async target => asShell(commandOf('copyFile', await inputFor(context, target, paths)))
    }));
  if (to === null) {
    return CANCELLED;
  }
  const input = await inputFor(context, to, paths);
  return (
    (await identityKnown(context, input.dataset)) ??
    datalad.jobs.run('copyFile', { ...input, ...onlyGiven({ leave: given.leave }) })
  );
}

async function inputFor(context: ICommandContext, to: ContentsPath, paths: readonly ContentsPath[]) {
  const place = await placeOf(context, to, paths);
  return { dataset: (await summaryOf(context, place.to)).dataset.path, paths: [...paths], ...place };
}

/** A folder that is there takes the copies; anything else is the name of one. */
async function placeOf(
  { datalad, trans }: ICommandContext,
  to: ContentsPath,
  paths: readonly ContentsPath[]
): Promise<{ to: ContentsPath; name?: string }> {
  const row = to === '' ? undefined : await datalad.client.call('row', { path: to });
  if (row === undefined || row?.kind === 'directory' || row?.kind === 'dataset') {
    return { to };
  }
  if (paths.length !== 1) {
    fail('bad-request', trans.__('“%1” is no folder.', to));
  }
  return { to: folderOf(to), name: nameOf(to) };
}
