import type { JobName, ParsedCallInput } from '../../../protocol/contract';
import { type Failure, fail, FailureError } from '../../../protocol/failure';
import type { Job, JobReport } from '../../../protocol/job';
import type { ContentsPath } from '../../../protocol/paths';
import type { UndoAction, UndoAnswer, UndoPlan } from '../../../protocol/undo';
import { readChanges } from '../../dataset/changes';
import { Repository } from '../../dataset/repository';
import { WorkTree } from '../../dataset/workTree';
import { objectIds } from '../../git/objects';
import { findRepositoryFolder } from '../../git/repositoryFolder';
import { exists } from '../../exists';
import { isPlainFile } from '../jobs/withoutDatalad/unchanged';
import type { CallHandlers } from '../../handlers';
import type { AbsolutePath } from '../../paths';
import type { Manifest } from '../discards/manifest';
import { Shelf } from '../discards/shelf';
import { actionAfter, clonedTo, madeAgain, settled } from '../undo/actions';
import { changedByAny, madeCommits, subjectOf } from '../undo/madeCommits';
import type { SaveBook } from '../undo/saveTrace';
import { undoableSave } from '../undo/undoableSave';
import { type ICallOptions, namesOf } from './discards';

/** What was made by jobs that commit, and are undone by what they did to the branches. */
const COMMITTED: Readonly<Record<string, UndoPlan['kind']>> = {
  save: 'save',
  addArchiveContent: 'unpack',
  downloadUrl: 'download',
  addUrls: 'download',
  run: 'run',
  saveRun: 'run',
  rerun: 'run',
  recordNotebook: 'run'
} satisfies Partial<Record<JobName, UndoPlan['kind']>>;
/** Names told in a plan. */
const NAMED = 10;

export interface IUndoOptions extends ICallOptions, Pick<CallHandlers, 'planGet' | 'planDrop'> {
  readonly saves: SaveBook;
  /** All jobs of this server, the newest first. */
  list(): Job[];
  report(id: string): JobReport;
}

/** What an undo of one job would do, or of the last thing that can be undone in a dataset. */
export async function planUndo(input: ParsedCallInput<'planUndo'>, options: IUndoOptions): Promise<UndoAnswer> {
  const { dataset } = input;
  const kept = await keptIn(dataset, options);
  const jobs = options.list();
  const done = settled(jobs, job => madeAgain(job) ?? actionAfter(options.report(job.id)));
  if (input.job !== undefined) {
    const plan = async (id: string): Promise<UndoPlan> => {
      const manifest = kept.find(one => one.id === id);
      const job = jobs.find(one => one.id === id && mayHaveDone(one));
      if (manifest !== undefined) {
        return planKept(manifest, { dataset, options });
      }
      return job === undefined || done.has(id) ? refuse('This cannot be undone any more.') : await planJob(job, options);
    };
    return await plan(input.job).then(found => ({ plan: found }), because);
  }
  const candidates = [
    ...kept.map(manifest => ({ time: manifest.created, plan: async () => planKept(manifest, { dataset, options }) })),
    ...jobs
      .filter(job => mayHaveDone(job) && !done.has(job.id) && (job.dataset === dataset || clonedTo(job) === dataset))
      .map(job => ({ time: job.ended ?? job.created, plan: () => planJob(job, options) }))
  ];
  for (const { plan } of candidates.sort((one, other) => other.time - one.time)) {
    const found = await plan().then(one => ({ plan: one }), because);
    if (found.plan !== null) {
      return found;
    }
  }
  return { plan: null };
}

/**
 * Operations that save a part also where the rest fails or is cancelled: a rerun the runs before, a table what came. What they saved is
 * known, or nothing is.
 */
const IN_PART: readonly string[] = ['rerun', 'addUrls'] satisfies JobName[];

function mayHaveDone({ operation, state }: Job): boolean {
  return state === 'ok' || (IN_PART.includes(operation) && (state === 'error' || state === 'cancelled'));
}

async function keptIn(dataset: ContentsPath, { boundary, env, signal }: IUndoOptions): Promise<Manifest[]> {
  const root = boundary.resolve(dataset);
  return exists(root) ? await new Shelf(await WorkTree.open(root, { env, signal })).list() : [];
}

function because(error: unknown): { plan: null; failure: Failure } {
  if (error instanceof FailureError) {
    return { plan: null, failure: error.failure };
  }
  throw error;
}

/** A discard is undone by what is kept of it, whatever job did it. */
async function planKept(
  manifest: Manifest,
  { dataset, options }: { dataset: ContentsPath; options: IUndoOptions }
): Promise<UndoPlan> {
  const { boundary, env, signal } = options;
  const shelf = new Shelf(await WorkTree.open(boundary.resolve(dataset), { env, signal }));
  return {
    kind: 'discard',
    job: manifest.id,
    action: { operation: 'undoDiscard', input: { dataset, discard: manifest.id } },
    files: manifest.entries.length,
    bytes: await shelf.bytes(manifest),
    names: namesOf(manifest),
    saves: []
  };
}

/** Fails with the reason where a job cannot be undone. */
async function planJob(job: Job, options: IUndoOptions): Promise<UndoPlan> {
  const kind = COMMITTED[job.operation];
  if (kind !== undefined && job.dataset !== null) {
    return await planSave(job, { kind, dataset: job.dataset, options });
  }
  const again = madeAgain(job);
  if (again !== null) {
    return await planAgain(job, again, options);
  }
  const action = actionAfter(options.report(job.id)) ?? refuse('This cannot be undone, or not any more.');
  const files = action.input.paths;
  const plan = { job: job.id, action, files: files.length, names: files.slice(0, NAMED), saves: [] };
  switch (job.operation) {
    case 'get': {
      const { toDrop } = await options.planDrop(action.input, options.signal);
      return toDrop.files === 0 ? refuse('What was got is not here any more.') : { ...plan, kind: 'get', bytes: toDrop.bytes };
    }
    case 'drop': {
      const { toGet } = await options.planGet(action.input, options.signal);
      return toGet.files === 0 ? refuse('What was dropped is here again.') : { ...plan, kind: 'drop', bytes: toGet.bytes };
    }
    case 'unlock':
      await requireUnlocked(action, options);
      return { ...plan, kind: 'unlock', bytes: 0 };
    default:
      for (const path of files) {
        await requireUntouched(path, options);
      }
      return { ...plan, kind: 'clone', files: 0, bytes: 0 };
  }
}

/** A branch or tag is made again where its name is free, and what it stood at still there. */
async function planAgain(
  job: Job,
  action: NonNullable<ReturnType<typeof madeAgain>>,
  { boundary, env, signal }: IUndoOptions
): Promise<UndoPlan> {
  const isBranch = action.operation === 'createBranch';
  const name = isBranch ? action.input.branch : action.input.tag;
  const { git } = await WorkTree.open(boundary.resolve(action.input.dataset), { env, signal });
  const ref = `refs/${isBranch ? 'heads' : 'tags'}/${name}`;
  const [taken, commit] = await objectIds(git, [ref, `${action.input.commit}^{commit}`]);
  if (taken !== null) {
    refuse('There is one of this name again.');
  }
  if (commit === null) {
    refuse('What it stood at is not in this dataset any more.');
  }
  return { kind: isBranch ? 'deleteBranch' : 'deleteTag', job: job.id, action, files: 0, bytes: 0, names: [name], saves: [] };
}

async function planSave(
  job: Job,
  { kind, dataset, options }: { kind: UndoPlan['kind']; dataset: ContentsPath; options: IUndoOptions }
): Promise<UndoPlan> {
  const traces = options.saves.find(job.id) ?? [];
  const by = await undoableSave(traces, { ...options, byRevert: kind !== 'save' });
  const saves: UndoPlan['saves'] = [];
  const names: string[] = [];
  let files = 0;
  for (const trace of traces) {
    const workTree = await WorkTree.open(trace.dataset, options);
    const commits = await madeCommits(workTree, trace);
    const changed = await changedByAny(workTree, commits);
    files += changed.length;
    names.push(...changed.slice(0, NAMED));
    for (const commit of commits) {
      saves.push({
        dataset: options.boundary.toContents(trace.dataset as AbsolutePath),
        subject: await subjectOf(workTree, commit)
      });
    }
  }
  const action: UndoAction = { operation: 'undoSave', input: { dataset, job: job.id, by } };
  return { kind, job: job.id, action, files, bytes: 0, names: names.slice(0, NAMED), saves };
}

/** Git-annex locks no file that was edited. */
async function requireUnlocked(
  { input }: { input: { dataset: ContentsPath; paths: ContentsPath[] } },
  options: IUndoOptions
): Promise<void> {
  const { boundary, env, signal } = options;
  const repository = await Repository.open(boundary.resolve(input.dataset), env);
  const changes = await readChanges(repository, '', signal);
  for (const path of input.paths.map(one => boundary.resolve(one))) {
    const name = path.slice(repository.root.length + 1);
    const entry = changes.get(name)?.entry;
    if (!(await isPlainFile(path))) {
      refuse('It is locked again already.');
    }
    if (entry !== undefined && (await repository.contents.differs(name, entry, signal))) {
      refuse('It was edited since. Save it, or discard the change: both lock it again.');
    }
  }
}

/** DataLad's own checks come when it is removed; what is not even saved is not put to the test. */
async function requireUntouched(clone: ContentsPath, { boundary, env, signal }: IUndoOptions): Promise<void> {
  const root = boundary.resolve(clone);
  if ((await findRepositoryFolder(root)) === null) {
    refuse('The clone is not there any more.');
  }
  const repository = await Repository.open(root, env);
  if ((await readChanges(repository, '', signal)).size > 0) {
    refuse('The clone holds changes that are not saved.');
  }
}

function refuse(message: string): never {
  return fail('not-undoable', message);
}
