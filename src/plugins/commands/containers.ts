import { CommandIDs } from '../../tokens';
import type { ICommand } from './command';
import type { ICommandContext } from './context';
import { pageCommand } from './pageCommand';

/** Shows the containers that are registered in a dataset. */
export function containers(context: ICommandContext): ICommand {
  const { trans } = context;
  return pageCommand(context, {
    id: CommandIDs.containers,
    page: 'containers',
    label: trans.__('Containers'),
    caption: trans.__('Show the containers of a dataset, add and remove them, and see what can run them here')
  });
}
