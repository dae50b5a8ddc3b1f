import * as v from 'valibot';
import { fail } from '../../protocol/failure';
import { folderOf, isContentsPath } from '../../protocol/paths';
import { CommandIDs } from '../../tokens';
import { PathArgument } from './arguments';
import { command, DONE, type ICommand, type RawArguments } from './command';
import type { ICommandContext } from './context';

/** Switches for one notebook whether files that it names are got when it is opened. */
export function getOnOpen(context: ICommandContext): ICommand {
  const { trans, notebooks, openHabits, datalad } = context;
  const meant = ({ path }: RawArguments) =>
    typeof path === 'string' && isContentsPath(path) ? path : (notebooks?.pathInFront() ?? null);
  return command({
    id: CommandIDs.getOnOpen,
    args: v.object({
      path: v.optional(v.pipe(PathArgument, v.description('Contents path of the notebook; default: the one in front'))),
      on: v.optional(v.pipe(v.boolean(), v.description('Default: the other way round than it is')))
    }),
    label: () => trans.__('Get Files on Open'),
    caption: trans.__('Whenever this notebook is opened, get the files that it names and whose content is not here'),
    isEnabled: given => {
      const path = meant(given);
      return openHabits !== null && path !== null && datalad.rows.listing(folderOf(path))?.dataset !== null;
    },
    isToggled: given => {
      const path = meant(given);
      return path !== null && (openHabits?.gets(path) ?? false);
    },
    execute: async given => {
      const path = given.path ?? notebooks?.pathInFront() ?? null;
      if (openHabits === null || path === null) {
        return fail('bad-request', trans.__('No notebook is open.'));
      }
      await openHabits.ready;
      openHabits.setGets(path, given.on ?? !openHabits.gets(path));
      return DONE;
    }
  });
}
