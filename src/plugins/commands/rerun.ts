import * as v from 'valibot';
import { lastName } from '../../components/names';
import { contentsPath, type ContentsPath } from '../../protocol/paths';
import { rerunRange, Verdict, VERDICT_ACTION } from '../../protocol/rerun';
import type { CommitId } from '../../protocol/revision';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments, onlyGiven } from './arguments';
import { editorsSettled, identityKnown } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { lineOf } from './lineOf';
import { ownDataset } from './ownDataset';
import { summaryOf } from './targets';

const args = v.object({ dataset: commonArguments.dataset, ...rerunRange });

/** Repeats recorded runs; whatever the arguments say, it shows their records first and starts nothing unless the user agrees. */
export function rerun(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.rerun,
    args,
    label: ({ commit }) => (commit === undefined ? trans.__('Repeat the Last Run…') : trans.__('Repeat This Run…')),
    caption: trans.__('Run a recorded command again, and see whether it makes the same'),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: v.InferOutput<typeof args>): Promise<IOutcome> {
  const { datalad, dialogs } = context;
  const dataset = await ownDataset(context, given.dataset);
  if ((await editorsSettled(context, [dataset])) === null) {
    return CANCELLED;
  }
  const range = onlyGiven({ commit: given.commit, since: given.since });
  const [plan, { changes }] = await Promise.all([
    datalad.client.call('planRerun', { dataset, ...range }),
    summaryOf(context, dataset)
  ]);
  const runs = plan.steps.map(({ commit }) => commit);
  const input = { dataset, ...range, runs };
  const question = { datasetName: lastName(dataset) || '/', plan, unsaved: changes.length, commandLine: lineOf('rerun', input) };
  if ((await dialogs.rerun(question)) === null) {
    return CANCELLED;
  }
  const unknown = await identityKnown(context, dataset);
  if (unknown !== null) {
    return unknown;
  }
  const outcome = await datalad.jobs.run('rerun', input);
  if (outcome.status === 'ok') {
    void showVerdicts(context, { dataset, outcome });
  }
  return outcome;
}

/** What became of each file; a comparison of those that changed is one click away. */
async function showVerdicts(
  { dialogs, compare }: ICommandContext,
  { dataset, outcome }: { dataset: ContentsPath; outcome: IOutcome }
): Promise<void> {
  const files = outcome.results.flatMap(({ action, path, ['verdict']: told, ['from']: from }) => {
    const verdict = v.safeParse(Verdict, told);
    return action === VERDICT_ACTION && verdict.success
      ? [{ name: path.slice(dataset === '' ? 0 : dataset.length + 1), path, verdict: verdict.output, from }]
      : [];
  });
  const changed = files.find(({ verdict, from }) => verdict === 'changed' && typeof from === 'string');
  const canCompare = compare !== null && changed !== undefined;
  if ((await dialogs.verdicts({ files, canCompare })) === true && compare !== null && changed !== undefined) {
    await compare({ dataset, path: contentsPath(changed.path), from: changed.from as CommitId, to: 'worktree' });
  }
}
