import type { ParsedJobInput } from '../../../protocol/contract';
import * as v from 'valibot';
import { fail } from '../../../protocol/failure';
import type { RerunStep } from '../../../protocol/rerun';
import type { CommitId } from '../../../protocol/revision';
import { execute, judge } from '../../datalad/execute';
import { Repository } from '../../dataset/repository';
import { type IOutput, type IOutputs, readOutputs } from '../../dataset/runs/outputs';
import { beginning, readRuns } from '../../dataset/runs/rerunPlan';
import { WorkTree } from '../../dataset/workTree';
import { GITLINK } from '../../git/entry';
import type { ITask } from '../../handlers';
import type { AbsolutePath } from '../../paths';
import { FailedRuns, messageOf } from '../runs/failedRuns';
import { notingWhatIsLeft } from '../runs/leftBehind';
import { readVerdicts, resultsOf } from '../rerun/verdicts';
import { type IJobContext, requireDataset, resolvePath } from './context';
import { tellCommits } from './tellCommits';

/** What is needed of the record that tells how a command ended. */
const RunEnd = v.looseObject({
  action: v.literal('run'),
  exit_code: v.number(),
  /** The record that DataLad would have saved; the run that it repeats is the last of its `chain`. */
  run_info: v.looseObject({ chain: v.array(v.string()) }),
  /** Files that it had made, and that were not written, relative to the dataset. */
  untouched: v.optional(v.array(v.string()), [])
});
type RunEnd = v.InferOutput<typeof RunEnd>;

/**
 * Repeats recorded runs as `datalad rerun` does, in the environment that a terminal would have: those that were shown, and no others. It
 * tells of each file that the runs had made whether it is the same again. Where a command fails, nothing of it is saved, but may be later.
 */
export async function rerun(context: IJobContext, input: ParsedJobInput<'rerun'>, task: ITask): Promise<void> {
  const { boundary, env, runPool, python } = context;
  const { signal } = task;
  const dataset = resolvePath(boundary, input.dataset);
  requireDataset(dataset);
  const repository = await Repository.open(dataset, env);
  const steps = await refuseOthers(repository, context, { input, python, signal });
  const workTree = await WorkTree.open(dataset, { env, signal });
  const before = await workTree.head();
  const outputs = await readOutputs(repository.git, input.runs, signal);
  const doIt = async (): Promise<void> => {
    let failed: RunEnd | null = null;
    const untouched = new Map<CommitId, ReadonlySet<string>>();
    const made = Object.fromEntries([...outputs].map(([commit, { files }]) => [commit, namesOf(files)]));
    const given = { ...(await argumentsOf(repository, input)), made };
    // As a string, and from within: so DataLad finds the folders that the records name.
    const call = { command: 'watched_rerun', dataset, folder: dataset, arguments: given };
    const outcome = await execute({ pool: runPool, boundary }, call, task, record => {
      const end = v.safeParse(RunEnd, record);
      if (!end.success) {
        return;
      }
      if (record.status !== 'ok') {
        failed = end.output;
      }
      const run = commitOf(end.output);
      if (run !== null) {
        untouched.set(run, new Set(end.output.untouched));
      }
    });
    const after = await workTree.head();
    await tellVerdicts(repository, { input, before, after, boundary, failed: commitOf(failed), outputs, untouched }, task);
    await refuseFailed(failed, { steps, printed: outcome.output, workTree, task });
    judge(outcome, { kind: 'unknown', message: 'DataLad did not say what became of the runs.' });
  };
  try {
    await notingWhatIsLeft({ job: task.id, dataset, env, signal, book: context.runs }, doIt);
  } finally {
    await tellCommits(workTree, before, { dataset: input.dataset, task });
  }
}

/** What tells by its time stamps that it was written: not the folder of a subdataset, whatever is written in it. */
function namesOf(files: readonly IOutput[]): string[] {
  return files.filter(({ mode }) => mode !== GITLINK).map(({ path }) => path);
}

/** The run that was repeated. */
function commitOf(end: RunEnd | null): CommitId | null {
  return (end?.run_info.chain.at(-1) ?? null) as CommitId | null;
}

/** Fails where a command did. DataLad leaves no message for somebody to save, as it does for a run, but the record is in its result. */
async function refuseFailed(
  end: RunEnd | null,
  { steps, printed, workTree, task }: { steps: readonly RerunStep[]; printed: string; workTree: WorkTree; task: ITask }
): Promise<void> {
  if (end === null || end.exit_code === 0) {
    return;
  }
  const { exit_code: code, run_info: info } = end;
  const title = steps.find(({ commit }) => commit === commitOf(end))?.title ?? '';
  await new FailedRuns(workTree).keep(task.id, { message: messageOf(title, info), head: await workTree.head(), paths: null });
  fail('command-failed', `The command ended with exit code ${code}, so nothing was saved.`, {
    hint: 'Look at the end of what it printed.',
    detail: printed.trim(),
    parameters: { code, kept: 'yes' }
  });
}

/** Fails unless DataLad would repeat just the runs that were looked at, and all of them can be repeated. */
async function refuseOthers(
  repository: Repository,
  { boundary, env }: IJobContext,
  { input, python, signal }: { input: ParsedJobInput<'rerun'>; python: string; signal: AbortSignal }
): Promise<readonly RerunStep[]> {
  const { commit, since, runs } = input;
  const { runs: planned, truncated } = await readRuns(repository, {
    ...(commit === undefined ? {} : { commit }),
    ...(since === undefined ? {} : { since }),
    python,
    env,
    signal,
    toContents: relative => boundary.toContents(`${repository.root}/${relative}` as AbsolutePath)
  });
  const steps = planned.map(({ step }) => step);
  const found = steps.map(step => step.commit);
  if (truncated || found.join() !== runs.join()) {
    fail('changed-since', 'These are not the runs that were shown.', { hint: 'Look at them again before you repeat them.' });
  }
  const { obstacle } = steps.find(step => step.obstacle !== undefined) ?? {};
  if (obstacle !== undefined) {
    fail('not-repeatable', 'One of these runs cannot be repeated here.', { parameters: { obstacle } });
  }
  return steps;
}

async function argumentsOf(repository: Repository, { commit, since }: ParsedJobInput<'rerun'>): Promise<Record<string, unknown>> {
  return {
    on_failure: 'stop',
    ...(commit === undefined ? {} : { revision: commit }),
    ...(since === undefined ? {} : { since: (await beginning(repository, since)) ?? '' })
  };
}

async function tellVerdicts(
  repository: Repository,
  {
    input,
    before,
    after,
    boundary,
    failed,
    ...seen
  }: Pick<IJobContext, 'boundary'> & {
    input: ParsedJobInput<'rerun'>;
    before: string | null;
    after: string | null;
    /** The run whose command failed: it and those after it made nothing. */
    failed: CommitId | null;
    outputs: ReadonlyMap<CommitId, IOutputs>;
    untouched: ReadonlyMap<CommitId, ReadonlySet<string>>;
  },
  task: ITask
): Promise<void> {
  if (before === null || after === null) {
    return;
  }
  const done = failed === null ? input.runs.length : input.runs.indexOf(failed);
  const judged = await readVerdicts(repository, {
    ...seen,
    runs: input.runs.slice(0, done),
    failed: input.runs.slice(done),
    before: before as CommitId,
    after: after as CommitId,
    signal: task.signal
  });
  resultsOf(judged, { root: repository.root, boundary }).forEach(result => task.result(result));
}
