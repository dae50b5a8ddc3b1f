import * as v from 'valibot';
import { fail } from '../../protocol/failure';
import { CommandIDs } from '../../tokens';
import { commonArguments } from './arguments';
import { command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';
import { targetsOf } from './targets';

/** More files than this are not opened one by one: the dataset's graph is. */
const MOST = 8;

/** Shows how files were made, by the records of runs; of no file what was made of what in the dataset. */
export function provenance(context: ICommandContext): ICommand {
  const { openPage, trans } = context;
  return command({
    id: CommandIDs.provenance,
    args: v.object(commonArguments),
    label: ({ isPalette }) => (isPalette ? trans.__('Provenance') : trans.__('How Was This Made?')),
    caption: trans.__('Show the commands that made files, what they were made from, and whether that changed since'),
    execute: async given => {
      if (openPage === null) {
        return fail('bad-request', trans.__('There is no main area in which this could be shown.'));
      }
      for (const { dataset, paths } of await targetsOf(context, given)) {
        const files = paths.length > MOST ? [] : paths.filter(path => path !== dataset);
        for (const path of files.length === 0 ? [undefined] : files) {
          await openPage('provenance', dataset, path);
        }
      }
      return DONE;
    }
  });
}
