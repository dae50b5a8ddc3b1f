import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments, onlyGiven } from './arguments';
import { identityKnown } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { lineOf } from './lineOf';
import { ownDataset } from './ownDataset';

const { tag, commit, message } = jobs.createTag.input.entries;
const args = v.object({ dataset: commonArguments.dataset, tag: v.optional(tag), commit, message });

/** Gives a name to a commit; asks for it where none is given. */
export function createTag(context: ICommandContext): ICommand {
  const { trans, datalad } = context;
  return command({
    id: CommandIDs.createTag,
    args,
    label: () => trans.__('Create Tag…'),
    caption: trans.__('Give a name to what is checked out, or to a commit'),
    isEnabled: given => given.dataset !== undefined || datalad.current.state.summary !== null,
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: v.InferOutput<typeof args>): Promise<IOutcome> {
  const { trans, dialogs, datalad } = context;
  const dataset = await ownDataset(context, given.dataset);
  const at = onlyGiven({ commit: given.commit });
  const answer =
    given.tag !== undefined
      ? { name: given.tag, message: given.message ?? '' }
      : await dialogs.name({
          title: trans.__('Create a Tag'),
          about:
            given.commit === undefined
              ? trans.__('A name for what is checked out now, such as a version.')
              : trans.__('A name for the commit %1, such as a version.', given.commit.slice(0, 8)),
          accept: trans.__('Create'),
          name: '',
          withMessage: true,
          commandLine: ({ name, message: words }) =>
            lineOf('createTag', { dataset, tag: name, ...at, ...onlyGiven({ message: words.trim() }) })
        });
  if (answer === null) {
    return CANCELLED;
  }
  const words = answer.message.trim();
  const unknown = words === '' ? null : await identityKnown(context, dataset);
  return (
    unknown ??
    (await datalad.jobs.run('createTag', { dataset, tag: answer.name.trim(), ...at, ...onlyGiven({ message: words }) }))
  );
}
