import * as v from 'valibot';
import { CommandIDs } from '../../tokens';
import { commonArguments } from './arguments';
import { command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';
import { summaryOf } from './targets';

/** Holds the panel on a dataset while the file browser moves on; held already and without arguments: lets it follow again. */
export function pin(context: ICommandContext): ICommand {
  const { trans, datalad } = context;
  const { current } = datalad;
  return command({
    id: CommandIDs.pin,
    args: v.object({ dataset: commonArguments.dataset }),
    label: () => trans.__('Keep This Dataset in the DataLad Panel'),
    isEnabled: () => current.state.pinned || current.state.summary !== null,
    isToggled: () => current.state.pinned,
    execute: async ({ dataset }) => {
      const place =
        dataset === undefined ? current.state.summary?.dataset.path : (await summaryOf(context, dataset)).dataset.path;
      current.pin(dataset === undefined && current.state.pinned ? null : (place ?? null));
      return DONE;
    }
  });
}
