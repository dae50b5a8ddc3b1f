import * as v from 'valibot';
import { ContentsPath } from './paths';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What is looked at, each by a call of its own, so that the first answers are there while the last are still looked for. */
export const CHECKS = ['copies', 'large', 'unpushed', 'links', 'leftovers', 'old'] as const;
export const Check = v.picklist(CHECKS);
export type Check = v.InferOutput<typeof Check>;

export const FINDINGS = [
  /** Content that is not here, and that no place is noted to have. */
  'no-copy',
  /** Content that is here, and nowhere else that is noted. */
  'only-here',
  /** Files of at least {@link LARGE_IN_GIT} bytes in Git: each version stays in every clone for good. */
  'large-in-git',
  /** Commits that no sibling has, as far as was fetched. */
  'unpushed',
  /** Links that lead to nothing, and are none of the annex. */
  'broken-link',
  /** What broken transfers and unpacked archives have left. */
  'leftover',
  /** Content here that no branch or tag has any more, but commits before them need. */
  'only-in-history',
  /** The same that no commit needs either. */
  'unused'
] as const;
export type Finding = (typeof FINDINGS)[number];

/** At most so many of each finding are told. */
export const MOST_FOUND = 10_000;

export const FoundCommit = v.object({ id: v.string(), subject: v.string(), time: Count });
export type FoundCommit = v.InferOutput<typeof FoundCommit>;

export const Found = v.object({
  /** Of a file that is there. */
  path: v.optional(ContentsPath),
  /** In the dataset; the subject of a commit. */
  name: v.string(),
  bytes: v.optional(Count),
  key: v.optional(v.string()),
  /** Places that have it, or may have it. */
  where: v.optional(v.array(v.string())),
  /** The commit that it is; those that brought it. */
  commits: v.optional(v.array(FoundCommit))
});
export type Found = v.InferOutput<typeof Found>;

/** All of one finding, the largest first. */
export const FoundGroup = v.object({
  finding: v.picklist(FINDINGS),
  total: Count,
  bytes: Count,
  items: v.array(Found),
  /** Of commits: there is no sibling they could have been pushed to. */
  noSibling: v.optional(v.literal(true)),
  /** The history was too long to be searched for the commits that need it. */
  unsearched: v.optional(v.literal(true))
});
export type FoundGroup = v.InferOutput<typeof FoundGroup>;

export const CheckUpAnswer = v.object({ groups: v.array(FoundGroup) });
export type CheckUpAnswer = v.InferOutput<typeof CheckUpAnswer>;
