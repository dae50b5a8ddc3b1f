import * as v from 'valibot';
import { lastName } from '../../components/names';
import type { ContentsPath } from '../../protocol/paths';
import { type IRerunRange, type RerunPlan, rerunRange, sinceRun } from '../../protocol/rerun';
import type { CommitId } from '../../protocol/revision';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments, onlyGiven } from './arguments';
import { editorsSettled, identityKnown } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { lineOf } from './lineOf';
import { ownDataset } from './ownDataset';
import { summaryOf } from './targets';
import { showVerdicts, showVerification } from './verdicts';

const args = v.object({
  dataset: commonArguments.dataset,
  ...rerunRange,
  verify: v.optional(v.pipe(v.boolean(), v.description('In a throw-away clone, each run in the commit that it was recorded on')))
});
type Arguments = v.InferOutput<typeof args>;

/** Repeats recorded runs; whatever the arguments say, it shows their records first and starts nothing unless the user agrees. */
export function rerun(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.rerun,
    args,
    label: ({ commit, verify }) =>
      verify === true
        ? commit === undefined
          ? trans.__('Verify the Last Run…')
          : trans.__('Verify This Run…')
        : commit === undefined
          ? trans.__('Repeat the Last Run…')
          : trans.__('Repeat This Run…'),
    caption: trans.__('Run a recorded command again, and see whether it makes the same'),
    execute: given => (given.verify === true ? verify(context, given) : repeat(context, given))
  });
}

async function repeat(context: ICommandContext, given: Arguments): Promise<IOutcome> {
  const dataset = await ownDataset(context, given.dataset);
  if ((await editorsSettled(context, [dataset])) === null) {
    return CANCELLED;
  }
  const input = await agreed(context, { dataset, given, verify: false });
  if (input === null) {
    return CANCELLED;
  }
  const unknown = await identityKnown(context, dataset);
  if (unknown !== null) {
    return unknown;
  }
  const outcome = await context.datalad.jobs.run('rerun', input);
  void showVerdicts(context, { dataset, outcome });
  return outcome;
}

/** Works from commits alone, so that open editors and changes do not matter, nor who commits. */
async function verify(context: ICommandContext, given: Arguments): Promise<IOutcome> {
  const dataset = await ownDataset(context, given.dataset);
  const input = await agreed(context, { dataset, given, verify: true });
  if (input === null) {
    return CANCELLED;
  }
  const outcome = await context.datalad.jobs.run('verifyRuns', input);
  void showVerification(context, { dataset, outcome });
  return outcome;
}

/** What is to be repeated, once its records were looked at; null where that is not wanted. What is not here is got, since its size was told. */
async function agreed(
  context: ICommandContext,
  { dataset, given, verify: inClone }: { dataset: ContentsPath; given: Arguments; verify: boolean }
): Promise<(IRerunRange & { dataset: ContentsPath; runs: CommitId[]; get?: boolean }) | null> {
  const { datalad, dialogs } = context;
  const plan = (range: IRerunRange): Promise<RerunPlan> =>
    datalad.client.call('planRerun', { dataset, ...range, ...(inClone ? { verify: true } : {}) });
  const beginnings = beginningsOf(given);
  let chosen = false;
  let range: IRerunRange = onlyGiven({ commit: given.commit, since: given.since });
  for (;;) {
    const { since, commit: end } = range;
    const [shown, { changes }, whole] = await Promise.all([
      plan(range),
      summaryOf(context, dataset),
      since === undefined || end === undefined ? null : plan({ since })
    ]);
    const runs = shown.steps.map(({ commit }) => commit);
    const input = { dataset, ...range, runs, ...((shown.needs?.absent ?? 0) > 0 ? { get: true } : {}) };
    const answer = await dialogs.rerun({
      datasetName: lastName(dataset) || '/',
      plan: shown,
      unsaved: changes.length,
      verify: inClone,
      commandLines: inClone ? ['datalad clone . CLONE && cd CLONE', lineOf('verifyRuns', input)] : [lineOf('rerun', input)],
      choice: {
        range,
        beginnings,
        chosen,
        commit: given.since === undefined ? given.commit : undefined,
        following: since === undefined ? [] : (whole ?? shown).steps
      }
    });
    if (answer === null || answer === 'shown') {
      return answer === null ? null : input;
    }
    range = answer;
    chosen = true;
  }
}

/** Where runs may begin: with the one that was asked for, or with all of them. */
function beginningsOf({ commit, since }: Arguments): IRerunRange['since'][] {
  if (since !== undefined) {
    return since === 'all' ? [since] : [since, 'all'];
  }
  return [undefined, ...(commit === undefined ? [] : [sinceRun(commit)]), 'all'];
}
