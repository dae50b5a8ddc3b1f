import * as v from 'valibot';
import { AskedSide, ParentOf } from '../../protocol/compare';
import { fail } from '../../protocol/failure';
import type { ContentsPath } from '../../protocol/paths';
import { CommitId } from '../../protocol/revision';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments, PathArgument } from './arguments';
import { command, DONE, type ICommand, type RawArguments } from './command';
import type { ICommandContext } from './context';
import { targetsOf } from './targets';

const args = v.object({
  ...commonArguments,
  path: v.optional(v.pipe(PathArgument, v.description('Contents path of one file or folder, in place of `paths`'))),
  from: v.optional(
    v.pipe(AskedSide, v.description('A commit id, `HEAD` for the last save (default), `worktree` for now, or `nothing`'))
  ),
  to: v.optional(v.pipe(AskedSide, v.description('The same; default: now'))),
  commit: v.optional(v.pipe(CommitId, v.description('In place of `from` and `to`: what this commit changed'))),
  choose: v.optional(v.pipe(v.boolean(), v.description('Also shows where other sides are chosen')))
});
type Arguments = v.InferOutput<typeof args>;

/** More comparisons than this are not opened at one time: the dataset's is, which lists the files. */
const MOST = 8;

/** Shows what changed in files, or in a whole dataset, between two sides: by default since the last save. */
export function diff(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.diff,
    args,
    label: () => trans.__('Compare with Last Save'),
    caption: trans.__('Show what changed since the last save'),
    isVisible: given => isVisible(context, given),
    execute: given => execute(context, given)
  });
}

/** In menus on what has changed; a file that was never saved is compared with nothing. */
function isVisible({ selection, compare }: ICommandContext, { isPalette }: RawArguments): boolean {
  const rows = isPalette ? [] : selection.rows();
  return compare !== null && (rows.length === 0 || rows.some(({ change }) => change !== undefined));
}

async function execute(context: ICommandContext, given: Arguments): Promise<IOutcome> {
  const { compare, trans } = context;
  if (compare === null) {
    return fail('bad-request', trans.__('There is no main area in which files could be compared.'));
  }
  const sides = { ...sidesOf(given), ...(given.choose === true ? { choose: true } : {}) };
  for (const { dataset, path } of await placesOf(context, given)) {
    await compare({ dataset, ...(path === undefined ? {} : { path }), ...sides });
  }
  return DONE;
}

function sidesOf({ from, to, commit }: Arguments): { from: AskedSide; to: AskedSide } {
  return commit === undefined
    ? { from: from ?? 'HEAD', to: to ?? 'worktree' }
    : { from: v.parse(ParentOf, `${commit}^`), to: commit };
}

/** What is compared, each for itself; without a path the whole dataset. */
async function placesOf(
  context: ICommandContext,
  { dataset, paths, path, ...rest }: Arguments
): Promise<{ dataset: ContentsPath; path?: ContentsPath }[]> {
  const chosen = path === undefined ? paths : [path];
  // From a menu the selection is meant; from the palette, or with sides that are told, the dataset as a whole.
  const named =
    chosen ?? (dataset === undefined && Object.values(rest).every(side => side === undefined) ? selected(context) : undefined);
  if (named === undefined || named.length > MOST) {
    return (await targetsOf(context, { dataset, paths: named })).map(target => ({ dataset: target.dataset }));
  }
  // Each by itself: of several paths the common dataset would be told, not the one that each is in.
  const targets = await Promise.all(named.map(each => targetsOf(context, { dataset, paths: [each] })));
  return targets
    .flat()
    .flatMap(target =>
      target.paths.map(each => (each === target.dataset ? { dataset: each } : { dataset: target.dataset, path: each }))
    );
}

function selected({ selection }: ICommandContext): ContentsPath[] | undefined {
  const paths = selection.paths();
  return paths.length === 0 ? undefined : paths;
}
