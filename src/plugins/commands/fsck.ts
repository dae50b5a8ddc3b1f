import * as v from 'valibot';
import { asShell, commandOf } from '../../protocol/command';
import { jobs } from '../../protocol/contract';
import { CommandIDs } from '../../tokens';
import { commonArguments, onlyGiven } from './arguments';
import { CANCELLED, combine, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { titleOf } from './labels';
import type { ITarget } from './targets';
import { trustedTargets } from './trust';

/** Checks whether what is noted to be here is here; where asked for, whether it is what it should be, too. That asks first. */
export function fsck(context: ICommandContext): ICommand {
  const { trans, datalad } = context;
  return command({
    id: CommandIDs.fsck,
    args: v.object({ ...jobs.fsck.input.entries, ...commonArguments }),
    label: ({ content }) => (content === true ? trans.__('Check Contents…') : trans.__('Check What Is Here')),
    caption: trans.__('Compare what is here with what is noted to be here, and mend the notes'),
    execute: async given => {
      const { recursive, content } = given;
      const targets = await trustedTargets(context, given);
      if (content === true && (await asked(context, targets)) === null) {
        return CANCELLED;
      }
      return combine(
        await Promise.all(targets.map(target => datalad.jobs.run('fsck', { ...target, ...onlyGiven({ recursive, content }) })))
      );
    }
  });
}

/** What git-annex does with content that is damaged, said before. */
async function asked(context: ICommandContext, targets: readonly ITarget[]): Promise<true | null> {
  const { dialogs, trans } = context;
  const [first] = targets;
  return await dialogs.confirm({
    title: trans.__('Check Contents of %1?', first === undefined ? '' : titleOf(context, first)),
    accept: trans.__('Check'),
    text: [
      trans.__('All content that is here is read and compared with its checksum, which takes its time; it can be cancelled.'),
      trans.__(
        'Content that turns out to be damaged is moved away, to .git/annex/bad, and the file is then “not here”: a get brings it back from another place.'
      )
    ],
    commandLine:
      first === undefined ? '' : asShell(commandOf('fsck', { dataset: first.dataset, paths: first.paths, content: true }))
  });
}
