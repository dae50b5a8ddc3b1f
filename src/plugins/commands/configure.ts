import { CommandIDs } from '../../tokens';
import type { ICommand } from './command';
import type { ICommandContext } from './context';
import { pageCommand } from './pageCommand';

/** Shows what is set for a dataset: what travels with it, and what is for this clone. */
export function configure(context: ICommandContext): ICommand {
  const { trans } = context;
  return pageCommand(context, {
    id: CommandIDs.configure,
    page: 'settings',
    label: trans.__('Settings of This Dataset'),
    caption: trans.__('Show and change what is set for a dataset, and what travels with it')
  });
}
