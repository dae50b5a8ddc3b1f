import * as v from 'valibot';
import { Failure } from './failure';
import { ContentsPath } from './paths';
import { CommitId } from './revision';
import { RunRecord } from './run';

/** At most so many commits travel in one page. */
export const MAX_COMMITS = 200;
/** A wider history is gone on in by counting, which walks from its top again. */
const MAX_TIPS = 200;

/** A time in milliseconds; null where the commit names none that can be read. */
const Moment = v.nullable(v.number());

export const Person = v.object({ name: v.string(), email: v.string() });
export type Person = v.InferOutput<typeof Person>;

/** A name of a commit. What git-annex keeps for itself (`git-annex`, `adjusted/…`, `synced/…`) is none. */
export const CommitName = v.object({
  kind: v.picklist(['branch', 'tag', 'remote']),
  name: v.string(),
  /** The branch that is checked out, or that the one checked out was adjusted from. */
  head: v.optional(v.literal(true))
});
export type CommitName = v.InferOutput<typeof CommitName>;

export const Commit = v.object({
  id: CommitId,
  /** As far as this clone knows them: a commit at the edge of a shallow clone has none. */
  parents: v.array(CommitId),
  /** The first lines of the message as one; a long one is cut. */
  subject: v.string(),
  author: Person,
  time: Moment,
  names: v.array(CommitName),
  /** It records how its files were made by a command: `datalad run` can do it again. */
  run: v.optional(v.literal(true)),
  /** What came before it is not in this clone. */
  shallow: v.optional(v.literal(true)),
  /** In the history of one file: what the file was called then. */
  path: v.optional(ContentsPath)
});
export type Commit = v.InferOutput<typeof Commit>;

/** Where to go on: at these commits, after so many of those that fit. */
export const Cursor = v.object({
  tips: v.pipe(v.array(CommitId), v.minLength(1), v.maxLength(MAX_TIPS)),
  skip: v.pipe(v.number(), v.integer(), v.minValue(0))
});
export type Cursor = v.InferOutput<typeof Cursor>;

/** Text to look for: no program can be handed a NUL, and git takes each line for another one to look for. */
const Words = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000), v.regex(/^[^\0\r\n]*$/));
const Time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15));

/** What a commit has to be like; all of it. In words capitals do not matter, and nothing is a pattern. */
export const HistorySearch = v.object({
  /** In the message; each word for itself. */
  message: v.optional(Words),
  /** In the author's name or e-mail address. */
  author: v.optional(Words),
  /** Milliseconds; of the commit, which a rebase makes anew. */
  since: v.optional(Time),
  until: v.optional(Time),
  /** What it changed: a file or folder, also one that is gone; see `pathspecsOf`. */
  path: v.optional(Words)
});
export type HistorySearch = v.InferOutput<typeof HistorySearch>;

/** Not both `path` and a search for one: a file is followed, others are not. */
export const HistoryQuery = v.object({
  dataset: ContentsPath,
  /** A branch, tag or commit; by default what is checked out. */
  from: v.optional(Words),
  /** Only what changed this file, also under earlier names, or anything in this folder. Nothing need be there any more. */
  path: v.optional(ContentsPath),
  search: v.optional(HistorySearch),
  cursor: v.optional(Cursor),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_COMMITS)))
});

export const HistoryPage = v.object({
  /** Newest first, by the time of the commit, as git orders them. */
  commits: v.array(Commit),
  /** Null at the end. */
  next: v.nullable(Cursor),
  /** What history was read of: `main` also on `adjusted/main(unlocked)`; null when detached. */
  branch: v.nullable(v.string()),
  /** Why it ends earlier than it should: what comes next is damaged or missing. */
  failure: v.optional(Failure)
});
export type HistoryPage = v.InferOutput<typeof HistoryPage>;

/** One side of a changed file. */
const Version = v.object({
  kind: v.picklist(['git', 'annex', 'link', 'dataset']),
  /** Absent where that cannot be told. */
  bytes: v.optional(v.number()),
  /** Of a subdataset: the commit it stands at. */
  commit: v.optional(v.string())
});
export type Version = v.InferOutput<typeof Version>;

export const CommitFile = v.object({
  path: ContentsPath,
  status: v.picklist(['added', 'deleted', 'modified', 'typechange', 'renamed']),
  /** What a renamed file was called before. */
  oldPath: v.optional(ContentsPath),
  before: v.nullable(Version),
  after: v.nullable(Version)
});
export type CommitFile = v.InferOutput<typeof CommitFile>;

/** A commit with all of its message and the files it changed. */
export const CommitDetails = v.object({
  commit: Commit,
  /** Whole, but for what is longer than 100,000 characters. */
  message: v.string(),
  /** What was run, where the commit records a run. */
  ran: v.optional(RunRecord),
  committer: Person,
  committed: Moment,
  /** What the files are compared with; null for a first commit. */
  parent: v.nullable(CommitId),
  /** The first 5,000. */
  files: v.array(CommitFile),
  /** How many there are. */
  count: v.number(),
  /** Why the files could not be told. */
  failure: v.optional(Failure)
});
export type CommitDetails = v.InferOutput<typeof CommitDetails>;
