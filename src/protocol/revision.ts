import * as v from 'valibot';

/** A whole commit id in hex: 40 digits, 64 in repositories of `sha256`. Names of branches and tags are resolved by the server before. */
export const CommitId = v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/), v.brand('CommitId'));
export type CommitId = v.InferOutput<typeof CommitId>;

/** One side of a comparison: a commit, what is in the folder now, or nothing (what was there before a first commit). */
export const Side = v.union([CommitId, v.literal('worktree'), v.literal('nothing')]);
export type Side = v.InferOutput<typeof Side>;
