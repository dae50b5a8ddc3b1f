import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments, onlyGiven } from './arguments';
import { editorsSettled } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { lineOf } from './lineOf';
import { ownDataset } from './ownDataset';

const { branch, commit, stay } = jobs.createBranch.input.entries;
const args = v.object({ dataset: commonArguments.dataset, branch: v.optional(branch), commit, stay });

/** Makes a branch; asks for its name where none is given. */
export function createBranch(context: ICommandContext): ICommand {
  const { trans, datalad } = context;
  return command({
    id: CommandIDs.createBranch,
    args,
    label: () => trans.__('Create Branch…'),
    caption: trans.__('Begin a branch at what is checked out, or at a commit'),
    isEnabled: given => given.dataset !== undefined || datalad.current.state.summary !== null,
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: v.InferOutput<typeof args>): Promise<IOutcome> {
  const { trans, dialogs, datalad } = context;
  const dataset = await ownDataset(context, given.dataset);
  const at = onlyGiven({ commit: given.commit });
  const answer =
    given.branch !== undefined
      ? { name: given.branch, stay: given.stay ?? false }
      : await dialogs.name({
          title: trans.__('Create a Branch'),
          about:
            given.commit === undefined
              ? trans.__('It begins at what is checked out now. What you save on it leaves the other branches as they are.')
              : trans.__(
                  'It begins at the commit %1. What you save on it leaves the other branches as they are.',
                  given.commit.slice(0, 8)
                ),
          accept: trans.__('Create'),
          name: '',
          mayStay: true,
          commandLine: ({ name, stay: only }) =>
            lineOf('createBranch', { dataset, branch: name, ...at, ...onlyGiven({ stay: only }) })
        });
  if (answer === null || (!answer.stay && (await editorsSettled(context, [dataset])) === null)) {
    return CANCELLED;
  }
  return await datalad.jobs.run('createBranch', {
    dataset,
    branch: answer.name.trim(),
    ...at,
    ...onlyGiven({ stay: answer.stay })
  });
}
