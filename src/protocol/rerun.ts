import * as v from 'valibot';
import { Amount } from './dataset';
import { Failure } from './failure';
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

const Bytes = v.pipe(v.number(), v.minValue(0));

/** What a throw-away clone takes to verify runs in. */
export const VerifyNeeds = v.object({
  /** Content that is here, and is copied or shared by the file system. */
  here: Bytes,
  /** Files that the runs need and whose content is not here. */
  absent: v.number(),
  /** Their bytes, as far as their keys tell. */
  absentBytes: Bytes,
  /** All that is put there, what the runs make among it. */
  total: Bytes,
  /** What is free at the place where the clone is made. */
  free: Bytes
});
export type VerifyNeeds = v.InferOutput<typeof VerifyNeeds>;

/** Content that runs need and that is not here: it is got before they are repeated. */
export const RerunGets = v.object({
  ...Amount.entries,
  /** Bytes that still fit on the disk; null where that is not known. */
  free: v.nullable(v.number())
});
export type RerunGets = v.InferOutput<typeof RerunGets>;

/** What a rerun would repeat, the oldest first. */
export const RerunPlan = v.object({
  steps: v.array(RerunStep),
  /** There are more than {@link MAX_RERUNS}. */
  truncated: v.boolean(),
  /** Of runs that are to be verified: what goes into the clone. */
  needs: v.optional(VerifyNeeds),
  /** Of runs that are to be repeated in the dataset. */
  gets: v.optional(RerunGets)
});
export type RerunPlan = v.InferOutput<typeof RerunPlan>;

/** The commit before one, as git writes it. */
const CommitBefore = v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})\^$/));

/** Behind which commit runs begin, which itself is left out; `all`: from the beginning. */
export const RunsSince = v.union([CommitId, v.literal('all'), CommitBefore]);
export type RunsSince = v.InferOutput<typeof RunsSince>;

/** Which runs: that of one commit, by default the last; with `since` all from there up to that commit. */
export const rerunRange = { commit: v.optional(CommitId), since: v.optional(RunsSince) };
export interface IRerunRange {
  readonly commit?: CommitId;
  readonly since?: RunsSince;
}

/** The run of a commit and those after it. */
export function sinceRun(commit: CommitId): RunsSince {
  return `${commit}^`;
}

/**
 * What became of a file that a run had made. `failed`: it was not made, since the run, or one before it that it needs, failed. `identical`: it
 * was written again, with the same content. `untouched`: it has the same content because nobody wrote it again. `changed`, `missing`: it has
 * other content, or none. `new`: it was not there before.
 */
export const Verdict = v.picklist(['failed', 'changed', 'missing', 'new', 'untouched', 'identical']);
export type Verdict = v.InferOutput<typeof Verdict>;

/** The action of a result that tells of a file of a rerun; its fields are those of {@link Judged}. */
export const VERDICT_ACTION = 'rerun-output';

/** A file with its verdict. */
export const Judged = v.object({
  verdict: Verdict,
  /** The run that had made it. */
  from: v.optional(CommitId),
  /** The annex key, or `git:` with the id of the blob, of what was recorded, and of what was made now. */
  was: v.optional(v.string()),
  now: v.optional(v.string()),
  /** How two small texts differ, as `git diff` shows it. */
  difference: v.optional(v.string())
});
export type Judged = v.InferOutput<typeof Judged>;

/** The action of a result that tells how one run went when it was verified; its fields are those of {@link VerifiedRun}. */
export const VERIFIED_ACTION = 'verified-run';

/** A run that was verified. */
export const VerifiedRun = v.object({
  commit: CommitId,
  title: v.string(),
  command: v.string(),
  /** Why it failed; absent where its command ended as recorded. */
  failed: v.optional(Failure)
});
export type VerifiedRun = v.InferOutput<typeof VerifiedRun>;

/** The action of the result that tells with what runs were verified; its fields are those of {@link Verification}. */
export const VERIFICATION_ACTION = 'verification';

/** Where, when and with what runs were verified. */
export const Verification = v.object({
  /** DataLad's id of the dataset. */
  id: v.nullable(v.string()),
  /** The last save at that time. */
  head: v.nullable(CommitId),
  /** Who had it verified, as git knows them. */
  person: v.nullable(v.string()),
  started: v.number(),
  tools: v.array(v.object({ name: v.string(), version: v.string() }))
});
export type Verification = v.InferOutput<typeof Verification>;
