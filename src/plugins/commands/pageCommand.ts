import * as v from 'valibot';
import { fail } from '../../protocol/failure';
import type { PageName } from '../../widgets/pages';
import { commonArguments } from './arguments';
import { command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';
import { targetsOf } from './targets';

interface IPageCommand {
  id: string;
  page: PageName;
  label: string;
  caption: string;
}

/** A command that opens a page on the dataset around the paths. */
export function pageCommand(context: ICommandContext, { id, page, label, caption }: IPageCommand): ICommand {
  const { openPage, trans } = context;
  return command({
    id,
    args: v.object(commonArguments),
    label: () => label,
    caption,
    execute: async given => {
      if (openPage === null) {
        return fail('bad-request', trans.__('There is no main area in which this could be shown.'));
      }
      for (const { dataset } of await targetsOf(context, given)) {
        await openPage(page, dataset);
      }
      return DONE;
    }
  });
}
