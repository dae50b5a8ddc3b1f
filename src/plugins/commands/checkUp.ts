import { CommandIDs } from '../../tokens';
import type { ICommand } from './command';
import type { ICommandContext } from './context';
import { pageCommand } from './pageCommand';

/** Looks for what is wrong in a dataset, or may once be. */
export function checkUp(context: ICommandContext): ICommand {
  const { trans } = context;
  return pageCommand(context, {
    id: CommandIDs.checkUp,
    page: 'checkUp',
    label: trans.__('Check-Up'),
    caption: trans.__('Look for missing copies, large files in Git, broken links, old versions and leftovers')
  });
}
