import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import { fail } from '../../protocol/failure';
import { shownName } from '../../protocol/names';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments } from './arguments';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { lineOf } from './lineOf';
import { ownDataset } from './ownDataset';

const args = v.object({ dataset: commonArguments.dataset, branch: jobs.deleteBranch.input.entries.branch });

/** Deletes a branch. Where nothing else leads to its commits it asks, and names them, whatever the arguments say. */
export function deleteBranch(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.deleteBranch,
    args,
    label: () => trans.__('Delete Branch…'),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, { dataset: place, branch }: v.InferOutput<typeof args>): Promise<IOutcome> {
  const { trans, dialogs, datalad } = context;
  const dataset = await ownDataset(context, place);
  const { branches } = await datalad.client.call('branches', { dataset });
  const found = branches.find(({ ref, place: where }) => ref === branch && where === 'here');
  const commit =
    found?.commit ??
    fail('not-found', trans.__('There is no branch %1 here.', shownName(branch)), { parameters: { path: branch } });
  const { count, commits } = await datalad.client.call('lostCommits', { dataset, branch });
  if (count === 0) {
    return await datalad.jobs.run('deleteBranch', { dataset, branch, commit });
  }
  const input = { dataset, branch, commit, lose: true };
  const answer = await dialogs.confirm({
    title: trans.__('Delete %1 with What Only It Has?', shownName(branch)),
    text: [
      trans._n(
        'Nothing else leads to %1 commit: it was neither merged nor pushed. It is kept for 30 days, in which the branch can be made again.',
        'Nothing else leads to %1 commits: they were neither merged nor pushed. They are kept for 30 days, in which the branch can be made again.',
        count
      )
    ],
    names: commits.map(({ id, subject }) => `${id.slice(0, 8)} ${shownName(subject)}`),
    total: count,
    accept: trans.__('Delete'),
    commandLine: lineOf('deleteBranch', input)
  });
  return answer === null ? CANCELLED : await datalad.jobs.run('deleteBranch', input);
}
