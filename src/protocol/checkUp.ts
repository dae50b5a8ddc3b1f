import * as v from 'valibot';
import { ContentsPath } from './paths';
import { CommitId } from './revision';

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
  /** Other branches here with commits that neither a sibling nor the branch that is checked out has. */
  'unpushed-branch',
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

/** What a broken link leads to, and how that comes back. */
export const LostEnd = v.variant('how', [
  /** It is known here, but its content is not, or the subdataset that it lies in: a get brings it. */
  v.object({ how: v.literal('get'), name: v.string(), path: ContentsPath }),
  /** It was deleted; the commit is the last that had it. */
  v.object({ how: v.literal('restore'), name: v.string(), path: ContentsPath, commit: CommitId }),
  /** It lies outside of the dataset, and is not there. */
  v.object({ how: v.literal('outside'), name: v.string() }),
  /** Nothing was ever known there, as far as the branch tells. */
  v.object({ how: v.literal('unknown'), name: v.string() })
]);
export type LostEnd = v.InferOutput<typeof LostEnd>;

export const Found = v.object({
  /** Of a file that is there. */
  path: v.optional(ContentsPath),
  /** In the dataset; the subject of a commit; the name of a branch. */
  name: v.string(),
  bytes: v.optional(Count),
  key: v.optional(v.string()),
  /** Places that have it, or may have it. */
  where: v.optional(v.array(v.string())),
  /** The commit that it is; those that brought it. */
  commits: v.optional(v.array(FoundCommit)),
  /** Of a branch: how many commits it has. */
  ahead: v.optional(Count),
  /** Of a broken link. */
  end: v.optional(LostEnd)
});
export type Found = v.InferOutput<typeof Found>;

/** All of one finding, the largest first. */
export const FoundGroup = v.object({
  finding: v.picklist(FINDINGS),
  total: Count,
  bytes: Count,
  items: v.array(Found),
  /** Of what is on this disk alone: names of the siblings that could take it. */
  siblings: v.optional(v.array(v.string())),
  /** Those of them that a push reaches with datalad-next only, which DataLad does not load here. */
  next: v.optional(v.array(v.string())),
  /** The history was too long to be searched for the commits that need it. */
  unsearched: v.optional(v.literal(true))
});
export type FoundGroup = v.InferOutput<typeof FoundGroup>;

export const CheckUpAnswer = v.object({ groups: v.array(FoundGroup) });
export type CheckUpAnswer = v.InferOutput<typeof CheckUpAnswer>;
