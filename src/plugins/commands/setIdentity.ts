import * as v from 'valibot';
import { CommandIDs } from '../../tokens';
import { commonArguments } from './arguments';
import { askIdentity } from './before';
import { command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';

/** Asks for name and e-mail of commits. */
export function setIdentity(context: ICommandContext): ICommand {
  const { trans, datalad } = context;
  return command({
    id: CommandIDs.identity,
    args: v.object({ dataset: commonArguments.dataset }),
    label: () => trans.__('Set Name and E-mail of Commits…'),
    execute: async ({ dataset }) =>
      (await askIdentity(context, dataset ?? datalad.current.state.summary?.dataset.path ?? null)) ?? DONE
  });
}
