import * as v from 'valibot';
import { asShell, commandOf } from '../../protocol/command';
import { shownName } from '../../protocol/names';
import { formatSize } from '../../protocol/size';
import { CommandIDs } from '../../tokens';
import { commonArguments } from './arguments';
import { CANCELLED, combine, command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';
import { trustedTargets } from './trust';

/** Removes what broken transfers have left. It asks whatever the arguments say, with what goes and how much that is. */
export function clean(context: ICommandContext): ICommand {
  const { trans, datalad, dialogs } = context;
  return command({
    id: CommandIDs.clean,
    args: v.object(commonArguments),
    label: () => trans.__('Clear Leftovers…'),
    caption: trans.__('Remove what broken transfers and unpacked archives have left'),
    execute: async given => {
      const outcomes = [];
      for (const { dataset } of await trustedTargets(context, given)) {
        const { groups } = await datalad.client.call('checkUp', { dataset, check: 'leftovers' });
        const [group] = groups;
        const answer = await dialogs.confirm({
          title: trans.__('Clear Leftovers of %1?', shownName(dataset) || '/'),
          accept: group === undefined ? trans.__('Close') : trans.__('Clear'),
          text:
            group === undefined
              ? [trans.__('There are none.')]
              : [
                  trans._n('%1 file or folder (%2) goes:', '%1 files or folders (%2) go:', group.total, formatSize(group.bytes)),
                  trans.__(
                    'Saved content is not touched. Do not do this while a transfer runs in a terminal: it would begin anew.'
                  )
                ],
          names: (group?.items ?? []).map(({ name, bytes = 0 }) => `${shownName(name)} – ${formatSize(bytes)}`),
          commandLine: group === undefined ? '' : asShell(commandOf('clean', { dataset }))
        });
        if (answer === null) {
          return CANCELLED;
        }
        outcomes.push(group === undefined ? DONE : await datalad.jobs.run('clean', { dataset }));
      }
      return combine(outcomes);
    }
  });
}
