import * as v from 'valibot';
import { Person } from './history';
import { CommitId } from './revision';
import { RunRecord } from './run';

/** More runs are not repeated at one time: nobody could look at them all. */
export const MAX_RERUNS = 100;

/**
 * Why a run is not repeated. `unreadable`: its record cannot be read. `elsewhere`: it belongs to another dataset, and DataLad leaves it out
 * without a word. `outside`: its folder, or a file it names, is not in the dataset. `links`: its patterns go through links that lead out of
 * the dataset, where a pattern may never come to an end. `other-record`: the file that holds its record is another one by now.
 * `not-installed`: it needs a subdataset that is not installed.
 */
export const RerunObstacle = v.picklist(['unreadable', 'elsewhere', 'outside', 'links', 'other-record', 'not-installed']);
export type RerunObstacle = v.InferOutput<typeof RerunObstacle>;

/** A recorded run that is to be repeated, as it must be seen before. */
export const RerunStep = v.object({
  commit: CommitId,
  title: v.string(),
  author: Person,
  /** Milliseconds since 1970; null where the commit names no time. */
  time: v.nullable(v.number()),
  /** The commit was made in this clone, and did not come from elsewhere. */
  here: v.boolean(),
  record: RunRecord,
  obstacle: v.optional(RerunObstacle)
});
export type RerunStep = v.InferOutput<typeof RerunStep>;

/** What a rerun would repeat, the oldest first. */
export const RerunPlan = v.object({
  steps: v.array(RerunStep),
  /** There are more than {@link MAX_RERUNS}. */
  truncated: v.boolean()
});
export type RerunPlan = v.InferOutput<typeof RerunPlan>;

/** Which runs: that of one commit, or all since one, which itself is left out; `all`: from the beginning. */
export const rerunRange = {
  commit: v.optional(CommitId),
  since: v.optional(v.union([CommitId, v.literal('all')]))
};

/**
 * What became of a file that a run had made. `identical`: it has the same content as before. `changed`, `missing`: it has not. `new`: it was
 * not there before.
 */
export const Verdict = v.picklist(['changed', 'missing', 'new', 'identical']);
export type Verdict = v.InferOutput<typeof Verdict>;

/** Of a result that tells of a file of a rerun: `action`, and the field with its {@link Verdict}. */
export const VERDICT_ACTION = 'rerun-output';
