import { join } from 'node:path';
import type { ParsedJobInput } from '../../../protocol/contract';
import { fail, type Failure, FailureError } from '../../../protocol/failure';
import { VERDICT_ACTION, type Verification, VERIFICATION_ACTION, VERIFIED_ACTION } from '../../../protocol/rerun';
import type { CommitId } from '../../../protocol/revision';
import { readDatasetId } from '../../dataset/datasetId';
import { basisOf } from '../../dataset/history/basis';
import { Repository } from '../../dataset/repository';
import { readNeeds, throwAwayFolder } from '../../dataset/runs/needs';
import { type IPlannedRun, readRuns } from '../../dataset/runs/rerunPlan';
import { commandOf } from '../../dataset/runs/runFacts';
import type { ITask } from '../../handlers';
import type { AbsolutePath } from '../../paths';
import { Toolbox } from '../calls/health';
import { readIdentity } from '../calls/identity';
import { Clone } from '../verify/clone';
import { type IFileVerdict, judgeFailed, judgeRun } from '../verify/judgeRun';
import { Replay } from '../verify/replay';
import { inThrowAway } from '../throwAway';
import { type IJobContext, requireDataset, resolvePath } from './context';

/** Results of one job are kept up to 5,000: those that say the least are told least. */
const MOST_IDENTICAL = 2_000;
const MOST_OTHERS = 2_500;

/**
 * Repeats recorded runs in a throw-away clone, each in the commit that it was recorded on, with what those before it made this time. It tells
 * of each file what became of it; of a run that fails, why. Neither the folder nor a branch of the dataset is touched.
 */
export async function verifyRuns(context: IJobContext, input: ParsedJobInput<'verifyRuns'>, task: ITask): Promise<void> {
  const { boundary, env, runPool: pool } = context;
  const { signal } = task;
  const dataset = resolvePath(boundary, input.dataset);
  requireDataset(dataset);
  const original = await Repository.open(dataset, env);
  const runs = await runsToVerify(original, context, input, signal);
  await requireProvided(original, runs, { env, signal, get: input.get === true });
  const tell = new Teller(dataset, context, task);
  task.result({
    action: VERIFICATION_ACTION,
    status: 'ok',
    path: input.dataset,
    type: 'dataset',
    ...(await about(original, context, signal))
  });
  await inThrowAway(throwAwayFolder(env), async folder => {
    const siblings = input.get === true;
    const options = { env, siblings, signal, pool };
    const clone = await Clone.make(original, join(folder, 'dataset') as AbsolutePath, options);
    const replay = new Replay(clone, options);
    for (const [at, planned] of runs.entries()) {
      const { commit, title } = planned.step;
      task.output(`${at === 0 ? '' : '\n'}=== ${at + 1}/${runs.length} ${commit.slice(0, 10)} ${title}\n`);
      const outputs = await replay.outputsOf(planned);
      const failed = await failureIn(async () => {
        const replayed = await replay.run(planned, outputs, task);
        tell.verdicts(await judgeRun(replayed, { commit, folder, env, signal }));
      }, signal);
      if (failed !== null) {
        replay.lose(outputs);
        tell.verdicts(judgeFailed(outputs, commit));
      }
      tell.run(planned, failed);
    }
  });
}

/** Fails unless these are the runs that were looked at, and their records can be read and lead nowhere else. */
async function runsToVerify(
  repository: Repository,
  { boundary, env, python }: IJobContext,
  { commit, since, runs: shown }: ParsedJobInput<'verifyRuns'>,
  signal: AbortSignal
): Promise<IPlannedRun[]> {
  const { runs, truncated } = await readRuns(repository, {
    ...(commit === undefined ? {} : { commit }),
    ...(since === undefined ? {} : { since }),
    verify: true,
    python,
    env,
    signal,
    toContents: relative => boundary.toContents(join(repository.root, relative) as AbsolutePath)
  });
  if (truncated || runs.map(({ step }) => step.commit).join() !== shown.join()) {
    fail('changed-since', 'These are not the runs that were shown.', { hint: 'Look at them again before you verify them.' });
  }
  const { obstacle } = runs.find(({ step }) => step.obstacle !== undefined)?.step ?? {};
  if (obstacle !== undefined) {
    fail('not-repeatable', 'One of these runs cannot be repeated here.', { parameters: { obstacle } });
  }
  return runs;
}

async function requireProvided(
  repository: Repository,
  runs: readonly IPlannedRun[],
  { get, ...options }: { env: Record<string, string>; signal: AbortSignal; get: boolean }
): Promise<void> {
  const { absent, absentBytes, total, free } = await readNeeds(repository, runs, options);
  if (absent > 0 && !get) {
    fail('not-here', 'Files that the runs need are not here.', {
      hint: 'Get them, or have them got for the verification.',
      parameters: { files: absent, bytes: absentBytes }
    });
  }
  if (total > free) {
    fail('no-space', 'There is no room for a clone to verify in.', { parameters: { needed: total, free } });
  }
}

async function about(repository: Repository, { env, python }: IJobContext, signal: AbortSignal): Promise<Verification> {
  const [id, { commit: head }, { name, email }, tools] = await Promise.all([
    readDatasetId(repository.git, signal),
    basisOf(repository),
    readIdentity({ folder: repository.root, env, signal }),
    new Toolbox({ env, python }).tools()
  ]);
  return {
    id: id === '' ? null : id,
    head,
    person: name === null ? null : `${name} <${email ?? ''}>`,
    started: Date.now(),
    tools: tools.flatMap(({ name: tool, version }) => (version === null ? [] : [{ name: tool, version }]))
  };
}

/** Why a run failed; null where it did not. What ends the whole job is thrown on. */
async function failureIn(work: () => Promise<void>, signal: AbortSignal): Promise<Failure | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!(error instanceof FailureError) || signal.aborted || ['cancelled', 'no-space'].includes(error.failure.kind)) {
      throw error;
    }
    return error.failure;
  }
}

/** Tells of runs and files as the results of the job. */
class Teller {
  private identical = 0;
  private others = 0;

  constructor(
    private readonly dataset: AbsolutePath,
    private readonly context: IJobContext,
    private readonly task: ITask
  ) {}

  verdicts(verdicts: readonly IFileVerdict[]): void {
    for (const { path, ...judged } of verdicts) {
      const same = judged.verdict === 'identical';
      if (same ? this.identical++ < MOST_IDENTICAL : this.others++ < MOST_OTHERS) {
        const place = this.context.boundary.toContents(join(this.dataset, path) as AbsolutePath);
        this.task.result({ action: VERDICT_ACTION, status: same ? 'notneeded' : 'ok', path: place, type: 'file', ...judged });
      }
    }
  }

  run({ step, data }: IPlannedRun, failed: Failure | null): void {
    const { commit, title } = step;
    this.task.result({
      action: VERIFIED_ACTION,
      status: 'ok',
      path: this.context.boundary.toContents(this.dataset),
      type: 'commit',
      commit: commit satisfies CommitId,
      title,
      command: data === null ? '' : commandOf(data.cmd).slice(0, 10_000),
      ...(failed === null ? {} : { failed })
    });
  }
}
