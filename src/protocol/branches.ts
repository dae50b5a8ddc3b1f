import * as v from 'valibot';
import { ContentsPath } from './paths';
import { CommitId } from './revision';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A branch or tag as git calls it, without `refs/heads/` and the like. Whether git takes it is git's to say; none is an option. */
export const RefName = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000), v.regex(/^[^-\0\r\n][^\0\r\n]*$/));

/** What stands at the end of a branch, or at a tag. */
const tip = {
  commit: CommitId,
  /** The first line of the message: of an annotated tag its own, else that of the commit. */
  subject: v.string(),
  /** Milliseconds since 1970; null where it is no date. */
  time: v.nullable(v.number())
};

/** A branch; what git-annex keeps for itself (`git-annex`, `synced/…`) is none. */
export const ListedBranch = v.object({
  /** `main`, `adjusted/main(unlocked)`; of a branch at a sibling `hub/main`. */
  ref: RefName,
  /** What people call it: `main` also of `adjusted/main(unlocked)`. */
  name: v.string(),
  /** What git-annex adjusted in it: `unlocked`, `hidemissing`. */
  adjustment: v.optional(v.string()),
  place: v.picklist(['here', 'sibling']),
  current: v.optional(v.literal(true)),
  ...tip,
  /** What it is pushed to; without numbers where that is gone, or is not known here. */
  upstream: v.optional(v.object({ name: v.string(), ahead: v.optional(Count), behind: v.optional(Count) }))
});
export type ListedBranch = v.InferOutput<typeof ListedBranch>;

export const ListedTag = v.object({
  name: RefName,
  ...tip,
  /** What the tag itself is: of an annotated one another object than the commit. */
  object: CommitId
});
export type ListedTag = v.InferOutput<typeof ListedTag>;

/** What git was told to do, and has not done to its end. */
export const Unfinished = v.picklist(['merge', 'rebase', 'bisect', 'cherry-pick', 'revert']);
export type Unfinished = v.InferOutput<typeof Unfinished>;

/** A file that both sides of a merge changed. */
export const Conflict = v.object({
  path: ContentsPath,
  /** Relative to the dataset, for people. */
  name: v.string(),
  /** What each side made of it; null: deleted it. */
  mine: v.nullable(v.picklist(['git', 'annex', 'link', 'dataset'])),
  theirs: v.nullable(v.picklist(['git', 'annex', 'link', 'dataset'])),
  /** The file was changed after git had left it in conflict: to take a side throws that away. */
  edited: v.optional(v.literal(true)),
  /** Git's marks are in it: as it is now it is no file to keep. */
  marked: v.optional(v.literal(true))
});
export type Conflict = v.InferOutput<typeof Conflict>;

export const Branches = v.object({
  /** Null where no branch is checked out. */
  current: v.nullable(RefName),
  /** What is checked out; null before the first commit. */
  head: v.nullable(CommitId),
  /** Commits that are on no branch and have no tag, nor has a sibling them: only where no branch is checked out. */
  loose: Count,
  branches: v.array(ListedBranch),
  tags: v.array(ListedTag),
  /** More exist than are listed. */
  truncated: v.boolean(),
  /** Names whose commit is missing or damaged, or that hold none. */
  broken: v.array(v.string()),
  unfinished: v.nullable(Unfinished),
  conflicts: v.array(Conflict)
});
export type Branches = v.InferOutput<typeof Branches>;

/** What would be lost with a branch: commits that nothing else leads to. */
export const LostCommits = v.object({
  count: Count,
  /** The first ones, the newest at the top. */
  commits: v.array(v.object({ id: CommitId, subject: v.string(), time: v.nullable(v.number()) }))
});
export type LostCommits = v.InferOutput<typeof LostCommits>;

/** Which version of a file in conflict is taken; `now`: what is in the folder, as somebody edited it. */
export const Solution = v.picklist(['mine', 'theirs', 'now']);
export type Solution = v.InferOutput<typeof Solution>;
