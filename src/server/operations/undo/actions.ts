import * as v from 'valibot';
import { jobs as contract, type JobName, type ParsedJobInput } from '../../../protocol/contract';
import type { Job, JobReport } from '../../../protocol/job';
import { type ContentsPath, isContentsPath } from '../../../protocol/paths';
import type { UndoAction } from '../../../protocol/undo';

/** The action that a record of each operation names. */
const OPPOSITE = { get: 'drop', drop: 'get', unlock: 'lock' } as const;

/** What makes a branch or tag again that a job deleted; null of other jobs. */
export function madeAgain({ operation, input }: Job): Extract<UndoAction, { operation: 'createBranch' | 'createTag' }> | null {
  if (operation === 'deleteBranch') {
    const { dataset, branch, commit } = v.parse(contract.deleteBranch.input, input);
    return { operation: 'createBranch', input: { dataset, branch, commit, stay: true } };
  }
  if (operation === 'deleteTag') {
    const { dataset, tag, object } = v.parse(contract.deleteTag.input, input);
    return { operation: 'createTag', input: { dataset, tag, commit: object } };
  }
  return null;
}

/**
 * The job that undoes another one, by what that one told: it says nothing of whether it can be done now. Null of what is not undone by
 * a job of this kind, and of work on so many files that not all of them are remembered.
 */
export function actionAfter({
  job,
  results
}: JobReport): Extract<UndoAction, { operation: 'get' | 'drop' | 'lock' | 'remove' }> | null {
  const { operation, dataset } = job;
  const clone = cloneOf(job);
  if (clone !== null) {
    const { path, asSubdataset } = clone;
    // One that was registered is a commit in the dataset around it, which a removal takes back by another one.
    return asSubdataset === undefined
      ? { operation: 'drop', input: { dataset: path, paths: [path], recursive: true, what: 'all' } }
      : { operation: 'remove', input: { dataset: asSubdataset, paths: [path] } };
  }
  if (dataset === null || !(operation === 'get' || operation === 'drop' || operation === 'unlock')) {
    return null;
  }
  const done = results.filter(({ action, status }) => action === operation && status === 'ok');
  const paths = done.filter(({ type }) => type === 'file').flatMap(({ path }) => (isContentsPath(path) ? [path] : []));
  const isWhole = job.counts.ok === results.filter(({ status }) => status === 'ok').length;
  return paths.length === 0 || !isWhole ? null : { operation: OPPOSITE[operation], input: { dataset, paths } };
}

/** What a clone was asked to do; null of other jobs. */
function cloneOf({ operation, input }: Job): ParsedJobInput<'clone'> | null {
  const parsed = operation === 'clone' ? v.safeParse(contract.clone.input, input) : null;
  return parsed?.success === true ? parsed.output : null;
}

/** Where a clone was made; null of other jobs. */
export function clonedTo(job: Job): ContentsPath | null {
  return cloneOf(job)?.path ?? null;
}

/** Whether a job is this action. */
function isAction(job: Job, { operation, input }: UndoAction): boolean {
  const parsed = v.safeParse(contract[operation satisfies JobName].input, input);
  return job.operation === operation && parsed.success && JSON.stringify(parsed.output) === JSON.stringify(job.input);
}

/**
 * Jobs that undid others, and those that were undone: neither is undone again, so that undoing twice goes back by two steps. `jobs` are
 * the newest first. A job undoes the last one that it fits, and what undid something fits none.
 */
export function settled(jobs: readonly Job[], actionOf: (job: Job) => UndoAction | null): Set<string> {
  const found = new Set<string>();
  const open: { id: string; action: UndoAction }[] = [];
  for (const job of [...jobs].reverse().filter(({ state }) => state === 'ok')) {
    const at = open.findLastIndex(({ action }) => isAction(job, action));
    const [undone] = at === -1 ? [] : open.splice(at, 1);
    if (undone !== undefined) {
      found.add(undone.id).add(job.id);
      continue;
    }
    const action = actionOf(job);
    if (action !== null) {
      open.push({ id: job.id, action });
    }
  }
  return found;
}
