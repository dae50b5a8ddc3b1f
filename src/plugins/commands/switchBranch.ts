import * as v from 'valibot';
import { RefName } from '../../protocol/branches';
import { shownName } from '../../protocol/names';
import { jobs } from '../../protocol/contract';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments } from './arguments';
import { editorsSettled } from './before';
import { CANCELLED, command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';
import { inView } from './inView';
import { lineOf } from './lineOf';
import { ownDataset } from './ownDataset';

const args = v.object({
  dataset: commonArguments.dataset,
  branch: v.optional(v.pipe(RefName, v.description('As git calls it; without one all of them are shown'))),
  sibling: v.optional(
    v.pipe(jobs.switchBranch.input.entries.sibling.wrapped, v.description('The sibling that has the branch, where none is here'))
  )
});
type Arguments = v.InferOutput<typeof args>;

/** Checks a branch out, or shows all of them. Documents are saved first, and read again afterwards. */
export function switchBranch(context: ICommandContext): ICommand {
  const { trans, datalad } = context;
  return command({
    id: CommandIDs.switchBranch,
    args,
    label: () => trans.__('Branches and Tags…'),
    caption: trans.__('Show the branches of a dataset, or switch to one'),
    isEnabled: given => given.dataset !== undefined || datalad.current.state.summary !== null,
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, { dataset: place, branch, sibling }: Arguments): Promise<IOutcome> {
  const { datalad } = context;
  if (branch === undefined) {
    const shown = place ?? datalad.current.state.summary?.dataset.path ?? (await ownDataset(context, place));
    await inView(datalad.current, shown);
    datalad.history.openBranches(shown);
    return DONE;
  }
  const dataset = await ownDataset(context, place);
  const input = { dataset, branch, ...(sibling === undefined ? {} : { sibling }) };
  const leave = await mayLeave(context, input);
  if (leave === null || (await editorsSettled(context, [dataset])) === null) {
    return CANCELLED;
  }
  return await datalad.jobs.run('switchBranch', { ...input, ...(leave ? { leave } : {}) });
}

/** Whether commits are left that are on no branch; null where the user would rather stay. */
async function mayLeave(context: ICommandContext, input: { dataset: string; branch: string }): Promise<boolean | null> {
  const { trans, dialogs } = context;
  const { client } = context.datalad;
  const summary = await client.call('dataset', { path: input.dataset });
  if (summary === null || summary.branch.name !== null) {
    return false;
  }
  const { count, commits } = await client.call('lostCommits', { dataset: input.dataset });
  if (count === 0) {
    return false;
  }
  const answer = await dialogs.confirm({
    title: trans.__('Leave Commits That Are on No Branch?'),
    text: [
      trans.__(
        'Nothing leads to them once you are on %1. To keep them, create a branch here first. What is left is kept for 30 days, for who knows its id.',
        shownName(input.branch)
      )
    ],
    names: commits.map(({ id, subject }) => `${id.slice(0, 8)} ${shownName(subject)}`),
    total: count,
    accept: trans.__('Leave Them'),
    commandLine: lineOf('switchBranch', input)
  });
  return answer;
}
