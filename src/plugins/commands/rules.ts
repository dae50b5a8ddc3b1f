import { CommandIDs } from '../../tokens';
import type { ICommand } from './command';
import type { ICommandContext } from './context';
import { pageCommand } from './pageCommand';

/** Shows the rules on what a dataset keeps in Git and what in the annex. */
export function rules(context: ICommandContext): ICommand {
  const { trans } = context;
  return pageCommand(context, {
    id: CommandIDs.rules,
    page: 'rules',
    label: trans.__('Rules for Git and Annex'),
    caption: trans.__('Show and change what is kept in Git and what in the annex')
  });
}
