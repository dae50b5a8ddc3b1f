import * as v from 'valibot';
import { Commit } from './history';
import { ContentsPath } from './paths';
import { CommitId } from './revision';

/** Larger texts are refused: git reads every version of a text, and compares them all. */
export const MOST_BLAMED = 1_000_000;
export const MOST_BLAMED_LINES = 20_000;

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A text as a commit has it; it may have been called otherwise then. */
export const SavedText = v.object({ path: ContentsPath, commit: CommitId });
export type SavedText = v.InferOutput<typeof SavedText>;

/** A commit that wrote lines; one that had the text by several names stands there for each of them. */
export const BlamedCommit = v.object({
  ...v.pick(Commit, ['id', 'subject', 'author', 'time', 'run']).entries,
  /** What the file was called then. */
  path: ContentsPath,
  /** As it was before; absent where the commit made it, or where what was before is not in this clone. */
  before: v.optional(SavedText)
});
export type BlamedCommit = v.InferOutput<typeof BlamedCommit>;

/** Lines in a row that one commit wrote. */
export const LineRun = v.object({
  count: Count,
  /** Where it stands among the commits; null: not saved yet. */
  commit: v.nullable(Count)
});
export type LineRun = v.InferOutput<typeof LineRun>;

/** Who changed each line of a text last. */
export const Blame = v.object({
  /** The lines, joined by line breaks, none after the last; without any the text is empty, too. Passwords in addresses are taken out. */
  text: v.string(),
  /** It is no UTF-8: bytes that are none stand as U+FFFD. */
  damaged: v.optional(v.literal(true)),
  commits: v.array(BlamedCommit),
  /** All lines, in their order. */
  runs: v.array(LineRun),
  /** The last save, where lines are not saved yet. */
  saved: v.optional(SavedText)
});
export type Blame = v.InferOutput<typeof Blame>;
