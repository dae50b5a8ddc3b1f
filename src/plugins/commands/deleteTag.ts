import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { fail } from '../../protocol/failure';
import { shownName } from '../../protocol/names';
import { CommandIDs } from '../../tokens';
import { commonArguments } from './arguments';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { lineOf } from './lineOf';
import { ownDataset } from './ownDataset';

const args = v.object({ dataset: commonArguments.dataset, tag: jobs.deleteTag.input.entries.tag });

/** Deletes a tag. It asks whatever the arguments say, and can be undone. */
export function deleteTag(context: ICommandContext): ICommand {
  const { trans, dialogs, datalad } = context;
  return command({
    id: CommandIDs.deleteTag,
    args,
    label: () => trans.__('Delete Tag…'),
    execute: async ({ dataset: place, tag }) => {
      const dataset = await ownDataset(context, place);
      const { tags } = await datalad.client.call('branches', { dataset });
      const found =
        tags.find(({ name }) => name === tag) ??
        fail('not-found', trans.__('There is no tag %1.', shownName(tag)), { parameters: { path: tag } });
      const input = { dataset, tag, object: found.object };
      const answer = await dialogs.confirm({
        title: trans.__('Delete the Tag %1?', shownName(tag)),
        text: [trans.__('The commit keeps its place in the history. Here only: a sibling that has the tag keeps it.')],
        names: [shownName(found.subject)],
        accept: trans.__('Delete'),
        commandLine: lineOf('deleteTag', input)
      });
      return answer === null ? CANCELLED : await datalad.jobs.run('deleteTag', input);
    }
  });
}
