import * as v from 'valibot';
import { Failure } from './failure';
import { Lock } from './lock';
import { ContentsPath } from './paths';
import { Trust } from './trust';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What a row is in the working tree: see the table in docs/contract.md. */
export const Kind = v.picklist(['git', 'annex', 'annex-unlocked', 'directory', 'dataset', 'dataset-absent', 'link', 'other']);
export type Kind = v.InferOutput<typeof Kind>;

/** Whether content is in this clone; `partly` is for folders and datasets only. */
export const Here = v.picklist(['yes', 'no', 'partly']);
export type Here = v.InferOutput<typeof Here>;

/** The changes a row can have, the strongest first: a folder shows the strongest below it. */
export const CHANGES = ['conflict', 'deleted', 'typechange', 'modified', 'added', 'new'] as const;
export const Change = v.picklist(CHANGES);
export type Change = v.InferOutput<typeof Change>;

/** Annexed content, counted by unique keys. */
export const Amount = v.object({
  files: Count,
  /** Bytes of the keys that name their size. */
  bytes: Count,
  /** Keys that name no size (some made from URLs): `bytes` is then "at least". */
  unsized: Count
});
export type Amount = v.InferOutput<typeof Amount>;

/** One file or folder; the public `Row` of `datalad:status`. */
export const Row = v.object({
  /** For people: invalid UTF-8 shows as `\xNN`. */
  name: v.string(),
  path: ContentsPath,
  kind: Kind,
  here: v.optional(Here),
  change: v.optional(Change),
  /** True size in bytes; of folders and datasets: of all annexed content below, here or not. */
  bytes: v.optional(Count),
  /** The annex key. */
  key: v.optional(v.string()),
  /** Folders and datasets: annexed files and bytes below that are here, and files in all. */
  below: v.optional(v.object({ files: Count, filesHere: Count, bytesHere: Count })),
  /** The figures of this folder or dataset are still being counted: `here` and `below` will come. */
  counting: v.optional(v.literal(true)),
  /** Of a dataset: its own settings could run programs, and the user has not said that they may. */
  untrusted: v.optional(v.literal(true)),
  /**
   * Something of it could not be read, so that a missing field says nothing: `kind` is what is seen on disk, and no `change` does not
   * mean that it is clean.
   */
  unread: v.optional(v.literal(true)),
  /** Content is here, but not as many bytes as its key names. */
  damaged: v.optional(v.literal(true))
});
export type Row = v.InferOutput<typeof Row>;

/** A dataset by name and place. */
export const DatasetRef = v.object({
  path: ContentsPath,
  name: v.string(),
  /**
   * `none`: a plain git repository; `uninitialised`: a plain `git clone` of a dataset; both are read without touching them. `unknown`:
   * git cannot read its configuration.
   */
  annex: v.picklist(['none', 'uninitialised', 'ready', 'unknown']),
  trust: v.optional(Trust)
});
export type DatasetRef = v.InferOutput<typeof DatasetRef>;

/** The rows of one folder. Outside datasets only the roots of datasets are listed. */
export const Listing = v.object({
  folder: ContentsPath,
  /** The innermost dataset around the folder, if any. */
  dataset: v.nullable(DatasetRef),
  rows: v.array(Row),
  /** More rows exist than were read. */
  truncated: v.boolean(),
  /** Why rows are `unread`: the rest of the listing stands. */
  failure: v.optional(Failure)
});
export type Listing = v.InferOutput<typeof Listing>;

/**
 * Files of a dataset that git-annex leaves out of a folder, on a branch adjusted to hide what is not here: of the files directly in the
 * folder `key`, `bytes` and `here`, which is `yes` for content that came but was not shown yet; of folders how much of it is below.
 */
export const HiddenListing = v.object({
  folder: ContentsPath,
  rows: v.array(Row),
  /** More names exist than are listed. */
  truncated: v.boolean()
});
export type HiddenListing = v.InferOutput<typeof HiddenListing>;

/** Whether files without content are left out of the folder on this branch. */
export function hidesMissing({ adjustment }: Pick<Branch, 'adjustment'>): boolean {
  return adjustment?.split('-').includes('hidemissing') ?? false;
}

/** One unsaved change. */
export const ChangedFile = v.object({
  path: ContentsPath,
  /** Relative to the dataset, for people. */
  name: v.string(),
  kind: Kind,
  change: Change,
  bytes: v.optional(Count),
  /** When it was written the last time, in milliseconds, to be told from another time; of a folder, when something in it came or went. */
  modified: v.optional(v.number()),
  /** Staged in the index already. */
  staged: v.boolean(),
  /** A subdataset with unsaved changes of its own: only a recursive save reaches them. */
  inside: v.optional(v.literal(true))
});
export type ChangedFile = v.InferOutput<typeof ChangedFile>;

/** Annexed content of a whole dataset; grows while `counting`. */
export const Totals = v.object({
  here: Amount,
  notHere: Amount,
  counting: v.boolean(),
  /** Files in neither, since their entry in Git is damaged, or was left out of a partial clone. */
  unread: v.optional(Count)
});
export type Totals = v.InferOutput<typeof Totals>;

export const Branch = v.object({
  /** What people call it: `main`, also on `adjusted/main(unlocked)`; null when detached. */
  name: v.nullable(v.string()),
  /** `unlocked`, `hidemissing` …; absent on ordinary branches. */
  adjustment: v.optional(v.string()),
  /** Abbreviated commit; absent before the first one. */
  commit: v.optional(v.string())
});
export type Branch = v.InferOutput<typeof Branch>;

/** A sibling as git's configuration and the last fetch know it: nothing was asked over a network. */
export const Sibling = v.object({
  name: v.string(),
  /** Without user name, password or token. */
  url: v.optional(v.string()),
  /** Commits of the current branch; absent where the sibling has no such branch. */
  ahead: v.optional(Count),
  behind: v.optional(Count)
});
export type Sibling = v.InferOutput<typeof Sibling>;

/** Why nothing can be written, or must not be before something is mended. */
export const Obstacle = v.variant('kind', [
  v.object({ kind: v.literal('read-only') }),
  v.object({ kind: v.literal('no-identity') }),
  v.object({ kind: v.literal('unfinished'), what: v.picklist(['merge', 'rebase', 'bisect', 'cherry-pick', 'revert']) }),
  v.object({ kind: v.literal('locked'), lock: Lock }),
  v.object({ kind: v.literal('other-owner'), owner: v.string() }),
  /** Made by a git-annex that is newer than any known here. */
  v.object({ kind: v.literal('newer-annex'), version: v.string() }),
  /** Made by an old git-annex, and not upgraded by itself: it was told not to, or the version is very old. */
  v.object({ kind: v.literal('older-annex'), version: v.string() })
]);
export type Obstacle = v.InferOutput<typeof Obstacle>;

/** The parts of a summary that are read for themselves. */
export const SummaryPart = v.picklist(['branch', 'changes', 'siblings', 'subdatasets', 'obstacles']);
export type SummaryPart = v.InferOutput<typeof SummaryPart>;

/** Everything the panel's header and Changes show of one dataset, but for the totals. */
export const Summary = v.object({
  dataset: DatasetRef,
  /** DataLad's id; absent in plain git repositories. */
  id: v.optional(v.string()),
  branch: Branch,
  /** The datasets around it below the contents root, outermost first. */
  superdatasets: v.array(DatasetRef),
  changes: v.array(ChangedFile),
  /** More changes exist than were listed; `changes` holds the first ones. */
  truncated: v.boolean(),
  siblings: v.array(Sibling),
  obstacles: v.array(Obstacle),
  /** Files that a sparse checkout keeps out of the folder; they have no rows, but count in the totals. Absent where there are none. */
  leftOut: v.optional(Count),
  /** Parts that could not be read, and why: they are empty here, which says nothing. */
  unread: v.optional(v.array(v.object({ part: SummaryPart, failure: Failure })))
});
export type Summary = v.InferOutput<typeof Summary>;
