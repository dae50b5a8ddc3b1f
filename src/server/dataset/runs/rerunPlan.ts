import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentsPath } from '../../../protocol/paths';
import { MAX_RERUNS, type RerunObstacle, type RerunPlan, type RerunStep, type RunsSince } from '../../../protocol/rerun';
import type { CommitId } from '../../../protocol/revision';
import { fail } from '../../../protocol/failure';
import { fsPath } from '../../bytes';
import { objectIds } from '../../git/objects';
import { readDatasetId } from '../datasetId';
import { basisOf } from '../history/basis';
import type { Repository } from '../repository';
import { absentInputs } from './absentInputs';
import { troubleOf } from './linksOut';
import { readGets, readNeeds } from './needs';
import { folderOf, type IRunData, placeIn } from './parseRecord';
import { factsOf } from './runFacts';
import { type ILoggedRun, readRunLog, type RunRange } from './runLog';
import { readSidecars, type Sidecar } from './sidecars';
import type { IPython } from './unpack';

export interface IRerunRequest extends IPython {
  readonly commit?: CommitId;
  readonly since?: RunsSince;
  /** In a clone: what is in the folder does not matter, but only what is recorded. */
  readonly verify?: boolean;
  toContents(relative: string): ContentsPath;
  readonly signal: AbortSignal;
}

/** A run that is to be repeated. */
export interface IPlannedRun {
  readonly step: RerunStep;
  readonly parents: readonly CommitId[];
  /** Null where the record cannot be read. */
  readonly data: IRunData | null;
  /** The file that holds the record, relative to the dataset; null where it stands in the message. */
  readonly file: string | null;
}

/** Bytes at the end of git's log of what was checked out; older runs count as made elsewhere. */
const MOST_LOG = 4 * 1024 * 1024;

/** What `datalad rerun` would repeat: one run, or those since a commit, the oldest first. Nothing is run. */
export async function readRerunPlan(repository: Repository, request: IRerunRequest): Promise<RerunPlan> {
  const { runs, truncated } = await readRuns(repository, request);
  const taken =
    request.verify === true
      ? { needs: await readNeeds(repository, runs, request) }
      : { gets: await readGets(repository, runs, request) };
  return { steps: runs.map(({ step }) => step), truncated, ...taken };
}

/** The same with the whole records. */
export async function readRuns(
  repository: Repository,
  request: IRerunRequest
): Promise<{ runs: IPlannedRun[]; truncated: boolean }> {
  const { signal } = request;
  const range = await rangeOf(repository, request);
  const [{ came }, made, own] = await Promise.all([
    readRunLog(repository, range, signal),
    madeHere(repository),
    readDatasetId(repository.git, signal)
  ]);
  // DataLad takes the order of `git rev-list --topo-order --reverse`.
  const runs = came.reverse();
  const shown = runs.slice(0, MAX_RERUNS);
  const sidecars = await sidecarsOf(repository, shown, request);
  const planned: IPlannedRun[] = [];
  for (const run of shown) {
    planned.push(await planOf(repository, run, { ...request, sidecar: sidecars.get(run.commit), made, own }));
  }
  return { runs: planned, truncated: runs.length > shown.length };
}

async function rangeOf(repository: Repository, { commit, since }: IRerunRequest): Promise<RunRange> {
  const to = commit ?? (await basisOf(repository)).commit ?? fail('not-found', 'Nothing was saved in this dataset yet.');
  if (since === undefined) {
    return { only: to };
  }
  return { from: await beginning(repository, since), to };
}

/** The commit that runs begin behind; null where the first commit of all is among them. */
export async function beginning({ git }: Repository, since: RunsSince): Promise<CommitId | null> {
  if (since === 'all') {
    return null;
  }
  const [found] = await objectIds(git, [since]);
  return (found ?? null) as CommitId | null;
}

async function sidecarsOf(
  repository: Repository,
  runs: readonly ILoggedRun[],
  { python, env, signal }: IRerunRequest
): Promise<Map<CommitId, Sidecar>> {
  const asked = runs.flatMap(({ commit, record }) => (record.state === 'sidecar' ? [{ commit, name: record.name }] : []));
  const read = await readSidecars(repository, asked, { python, env, signal });
  return new Map(asked.flatMap(({ commit }, at) => (read[at] === undefined ? [] : [[commit, read[at]] as const])));
}

interface IStepOptions extends IRerunRequest {
  sidecar: Sidecar | undefined;
  made: ReadonlySet<string>;
  /** DataLad's id of the dataset; null where it has none. */
  own: string | null;
}

async function planOf(
  repository: Repository,
  { commit, title, author, time, record, parents }: ILoggedRun,
  { sidecar, made, toContents, ...options }: IStepOptions
): Promise<IPlannedRun> {
  const step = { commit, title, author, time, here: made.has(commit) };
  if (record.state === 'read') {
    const { data } = record;
    const obstacle = await obstacleOf(repository, data, options);
    return { step: { ...step, record: { state: 'read', facts: factsOf(data) }, ...obstacle }, parents, data, file: null };
  }
  const none = { parents, data: null, file: null };
  if (record.state !== 'sidecar') {
    return { ...none, step: { ...step, record: { state: record.state }, obstacle: 'unreadable' } };
  }
  if (sidecar === undefined || sidecar.state !== 'read') {
    const file = toContents(sidecar?.path ?? record.name);
    return { ...none, step: { ...step, record: { state: sidecar?.state ?? 'lost', file }, obstacle: 'unreadable' } };
  }
  const { data, path, text } = sidecar;
  const obstacle =
    options.verify === true || (await isSame(repository, { commit, path, signal: options.signal }))
      ? await obstacleOf(repository, data, options)
      : { obstacle: 'other-record' as const };
  const told: RerunStep['record'] = { state: 'read', facts: factsOf(data), file: toContents(path), text };
  return { step: { ...step, record: told, ...obstacle }, parents, data, file: path };
}

/** DataLad reads the file in the folder, whatever the commit has: in a clean dataset that is what HEAD has. */
async function isSame(
  { git }: Repository,
  { commit, path, signal }: { commit: CommitId; path: string; signal: AbortSignal }
): Promise<boolean> {
  const [then, now] = await objectIds(git, [`${commit}:${path}`, `HEAD:${path}`], signal);
  return then !== null && then === now;
}

type IObstacleOptions = Pick<IStepOptions, 'own' | 'env' | 'signal' | 'verify'>;

async function obstacleOf(
  repository: Repository,
  data: IRunData,
  { own, env, signal, verify }: IObstacleOptions
): Promise<{ obstacle?: RerunObstacle }> {
  if (data.dsid !== undefined && data.dsid !== own) {
    return { obstacle: 'elsewhere' };
  }
  const folder = folderOf(data);
  if (folder === null || patternsOf(data).some(pattern => placeIn(folder, pattern) === null)) {
    return { obstacle: 'outside' };
  }
  return verify === true ? {} : await obstacleIn(repository, data, { env, signal });
}

/** What is in the way of a run in the folder as it is. */
export async function obstacleIn(
  repository: Repository,
  data: IRunData,
  { env, signal }: { env: Record<string, string>; signal: AbortSignal }
): Promise<{ obstacle?: RerunObstacle }> {
  const folder = folderOf(data);
  const trouble = folder === null ? 'outside' : await troubleOf(repository, { folder, patterns: patternsOf(data), signal });
  if (trouble !== null || folder === null) {
    return { obstacle: trouble ?? 'outside' };
  }
  const absent = await absentInputs(repository, { folder, inputs: [...data.inputs, ...data.extraInputs], env });
  return absent.length > 0 ? { obstacle: 'not-installed' } : {};
}

function patternsOf({ inputs, outputs, extraInputs }: IRunData): string[] {
  return [...inputs, ...outputs, ...extraInputs];
}

const MADE = /^[0-9a-f]+ ([0-9a-f]{40,64}) .*\tcommit(?: \([a-z]+\))?: /u;

/** Commits that git notes to have been made in this clone, and not fetched or pushed into it. */
async function madeHere({ folder }: Repository): Promise<Set<string>> {
  const file = await open(fsPath(join(folder.gitDir, 'logs', 'HEAD')), 'r').catch(() => null);
  if (file === null) {
    return new Set();
  }
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, MOST_LOG));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, size - bytes.length);
    const lines = bytes.subarray(0, bytesRead).toString('latin1').split('\n');
    return new Set(lines.flatMap(line => MADE.exec(line)?.[1] ?? []));
  } finally {
    await file.close();
  }
}
