import type { ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import type { CommitId } from '../../../protocol/revision';
import { execute, judge } from '../../datalad/execute';
import type { WorkerRecord } from '../../datalad/messages';
import { Repository } from '../../dataset/repository';
import { readRerunPlan } from '../../dataset/runs/rerunPlan';
import { WorkTree } from '../../dataset/workTree';
import type { ITask } from '../../handlers';
import type { AbsolutePath } from '../../paths';
import { readVerdicts, resultsOf } from '../rerun/verdicts';
import { type IJobContext, requireDataset, resolvePath } from './context';
import { tellCommits } from './tellCommits';

/**
 * Repeats recorded runs as `datalad rerun` does, in the environment that a terminal would have: those that were shown, and no others. It
 * tells of each file that the runs had made whether it is the same again. Where a command fails, nothing of it is saved.
 */
export async function rerun(context: IJobContext, input: ParsedJobInput<'rerun'>, task: ITask): Promise<void> {
  const { boundary, env, runPool, python } = context;
  const { signal } = task;
  const dataset = resolvePath(boundary, input.dataset);
  requireDataset(dataset);
  const repository = await Repository.open(dataset, env);
  await refuseOthers(repository, context, { input, python, signal });
  const workTree = await WorkTree.open(dataset, { env, signal });
  const before = await workTree.head();
  const failed: WorkerRecord[] = [];
  try {
    // As a string, and from within: so DataLad finds the folders that the records name.
    const call = { command: 'rerun', dataset, folder: dataset, arguments: argumentsOf(input) };
    const outcome = await execute({ pool: runPool, boundary }, call, task, record => {
      if (record.action === 'run' && record.status !== 'ok') {
        failed.push(record);
      }
    });
    const code = failed.at(-1)?.['exit_code'];
    if (typeof code === 'number' && code !== 0) {
      fail('command-failed', `The command ended with exit code ${code}, so nothing was saved.`, {
        hint: 'Look at the end of what it printed.',
        detail: outcome.output.trim(),
        parameters: { code }
      });
    }
    judge(outcome, { kind: 'unknown', message: 'DataLad did not say what became of the runs.' });
    await tellVerdicts(repository, { input, before, boundary, after: await workTree.head() }, task);
  } finally {
    await tellCommits(workTree, before, { dataset: input.dataset, task });
  }
}

/** Fails unless DataLad would repeat just the runs that were looked at, and all of them can be repeated. */
async function refuseOthers(
  repository: Repository,
  { boundary, env }: IJobContext,
  { input, python, signal }: { input: ParsedJobInput<'rerun'>; python: string; signal: AbortSignal }
): Promise<void> {
  const { commit, since, runs } = input;
  const { steps, truncated } = await readRerunPlan(repository, {
    ...(commit === undefined ? {} : { commit }),
    ...(since === undefined ? {} : { since }),
    python,
    env,
    signal,
    toContents: relative => boundary.toContents(`${repository.root}/${relative}` as AbsolutePath)
  });
  const found = steps.map(step => step.commit);
  if (truncated || found.join() !== runs.join()) {
    fail('changed-since', 'These are not the runs that were shown.', { hint: 'Look at them again before you repeat them.' });
  }
  const { obstacle } = steps.find(step => step.obstacle !== undefined) ?? {};
  if (obstacle !== undefined) {
    fail('not-repeatable', 'One of these runs cannot be repeated here.', { parameters: { obstacle } });
  }
}

function argumentsOf({ commit, since }: ParsedJobInput<'rerun'>): Record<string, unknown> {
  return {
    on_failure: 'stop',
    ...(commit === undefined ? {} : { revision: commit }),
    ...(since === undefined ? {} : { since: since === 'all' ? '' : since })
  };
}

async function tellVerdicts(
  repository: Repository,
  {
    input,
    before,
    after,
    boundary
  }: Pick<IJobContext, 'boundary'> & {
    input: ParsedJobInput<'rerun'>;
    before: string | null;
    after: string | null;
  },
  task: ITask
): Promise<void> {
  if (before === null || after === null) {
    return;
  }
  const rerun = { runs: input.runs, before: before as CommitId, after: after as CommitId, signal: task.signal };
  const judged = await readVerdicts(repository, rerun);
  resultsOf(judged, { root: repository.root, boundary }).forEach(result => task.result(result));
}
