import * as v from 'valibot';
import { CommandIDs } from '../../tokens';
import { command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';

/** Reads the folder and the dataset in view again. */
export function refresh({ trans, datalad, selection }: ICommandContext): ICommand {
  return command({
    id: CommandIDs.refresh,
    args: v.object({}),
    label: () => trans.__('Read the Dataset Again'),
    execute: async () => {
      const folder = selection.folder();
      await Promise.all([datalad.current.refresh(), folder === null ? undefined : datalad.rows.refresh(folder)]);
      return DONE;
    }
  });
}
