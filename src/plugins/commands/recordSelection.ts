import * as v from 'valibot';
import { fail } from '../../protocol/failure';
import { folderOf } from '../../protocol/paths';
import { CommandIDs } from '../../tokens';
import { command, type ICommand } from './command';
import type { ICommandContext } from './context';

/** Makes a step of its own of the cells from the top to the selected ones, executes it in a fresh kernel, and records it. */
export function recordSelection(context: ICommandContext): ICommand {
  const { trans, notebooks, datalad } = context;
  const isOutside = (): boolean => {
    const path = notebooks?.pathInFront() ?? null;
    // Where the folder was not read, the command itself finds out.
    return path !== null && datalad.rows.listing(folderOf(path))?.dataset === null;
  };
  return command({
    id: CommandIDs.recordSelection,
    args: v.object({}),
    label: () => trans.__('Record up to the Selected Cells…'),
    caption: trans.__(
      'Make a notebook of the cells from the top to the selected ones, execute it in a fresh kernel, and record what it made of what'
    ),
    isVisible: given => given.isPalette === true || !isOutside(),
    isEnabled: () => (notebooks?.pathInFront() ?? null) !== null && !isOutside(),
    execute: async () => {
      const live = notebooks?.inFront() ?? null;
      if (notebooks === null || live === null) {
        return fail('bad-request', trans.__('No notebook is open.'));
      }
      const { recordStep } = await import('./recordStep');
      return recordStep(context, { live, notebooks });
    }
  });
}
