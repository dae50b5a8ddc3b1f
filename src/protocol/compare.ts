import * as v from 'valibot';
import { Failure } from './failure';
import { ContentsPath } from './paths';
import { CommitId, Side } from './revision';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The parent of a commit, as `<id>^`: nothing for a first commit, the first one for a merge. */
export const ParentOf = v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})\^$/), v.brand('ParentOf'));

/** A side as it may be asked for: `HEAD` is the last save, whichever that is when it is read. */
export const AskedSide = v.union([Side, v.literal('HEAD'), ParentOf]);
export type AskedSide = v.InferOutput<typeof AskedSide>;

/** What a side was found to be. */
export const FoundSide = v.object({
  side: Side,
  /** Of a commit. */
  commit: v.optional(
    v.object({
      id: CommitId,
      /** As short as git makes it in this dataset. */
      short: v.string(),
      /** The first line of its message; whatever somebody wrote there. */
      subject: v.string(),
      /** Milliseconds since 1970, when it was made. */
      time: v.number()
    })
  )
});
export type FoundSide = v.InferOutput<typeof FoundSide>;

/** What a file is on one side; `other`: not tracked. */
export const ComparedKind = v.picklist(['git', 'annex', 'annex-unlocked', 'dataset', 'link', 'other']);
export type ComparedKind = v.InferOutput<typeof ComparedKind>;

/** A file as it is on one side. */
export const SideFacts = v.object({
  kind: ComparedKind,
  /** Of the content, here or not; absent where it is not known. */
  bytes: v.optional(Count),
  /** The annex key; absent also of an unlocked file whose content was edited, which has none yet. */
  key: v.optional(v.string())
});
export type SideFacts = v.InferOutput<typeof SideFacts>;

export const DIFFERENCES = ['added', 'deleted', 'modified', 'typechange', 'renamed', 'conflict'] as const;

/** One file that differs. */
export const Difference = v.object({
  /** Where it is on the second side, or was on the first when it is gone. */
  path: ContentsPath,
  /** Relative to the dataset, for people. */
  name: v.string(),
  status: v.picklist(DIFFERENCES),
  /** Of a renamed file: where it is on the first side. Its content may have changed, too. */
  oldPath: v.optional(ContentsPath),
  oldName: v.optional(v.string()),
  /** Absent where it is not there. */
  before: v.optional(SideFacts),
  after: v.optional(SideFacts)
});
export type Difference = v.InferOutput<typeof Difference>;

/** At most this many files are listed. */
export const MAX_DIFFERENCES = 5_000;

/** The files in which two sides differ, by path. */
export const Differences = v.object({
  dataset: ContentsPath,
  from: FoundSide,
  to: FoundSide,
  files: v.array(Difference),
  /** How many there are, listed or not. */
  total: Count,
  /** `files` holds the first ones only. */
  truncated: v.boolean()
});
export type Differences = v.InferOutput<typeof Differences>;

/** Text of more bytes than this is left out of an answer unless more is asked for. */
export const USUAL_TEXT = 1_000_000;
/** More is never sent. */
export const MOST_TEXT = 16_000_000;
export const MOST_IMAGE = 24_000_000;

/** What can be shown of a file's content. */
export const Body = v.variant('type', [
  /** There is no such file on this side. */
  v.object({ type: v.literal('absent') }),
  v.object({
    type: v.literal('text'),
    text: v.string(),
    /** It is no UTF-8: bytes that are none stand as U+FFFD. */
    damaged: v.optional(v.literal(true))
  }),
  /** Base64; only ever shown by an `<img>`, in which an SVG can run nothing. */
  v.object({ type: v.literal('image'), mime: v.string(), data: v.string() }),
  v.object({ type: v.literal('binary') }),
  v.object({ type: v.literal('too-large'), what: v.picklist(['text', 'image']) }),
  /** Annexed content that is not in this clone. */
  v.object({ type: v.literal('not-here') }),
  v.object({ type: v.literal('dataset'), commit: v.nullable(v.string()) }),
  v.object({ type: v.literal('link'), target: v.string() }),
  /** Git lacks it, or it may not be read. */
  v.object({ type: v.literal('unreadable'), failure: Failure })
]);
export type Body = v.InferOutput<typeof Body>;

/** One file on one side. */
export const SideContent = v.object({
  path: ContentsPath,
  facts: v.nullable(SideFacts),
  /** What the key says, and whether its content is in this clone. */
  annex: v.optional(v.object({ backend: v.string(), checksum: v.optional(v.string()), here: v.boolean() })),
  body: Body
});
export type SideContent = v.InferOutput<typeof SideContent>;

/** One line of a comparison of large texts. */
export const HunkLine = v.object({ sign: v.picklist(['same', 'removed', 'added']), text: v.string() });
export type HunkLine = v.InferOutput<typeof HunkLine>;

/** Lines that changed with some around them. */
export const Hunk = v.object({ from: Count, to: Count, lines: v.array(HunkLine) });
export type Hunk = v.InferOutput<typeof Hunk>;

/** At most so many lines are sent, each cut after so many characters. */
export const MOST_LINES = 4_000;
export const LONGEST_LINE = 2_000;

/** What changed in a text, without the text itself. */
export const Hunks = v.object({
  hunks: v.array(Hunk),
  added: Count,
  removed: Count,
  /** Lines or ends of lines were left out. */
  truncated: v.boolean()
});
export type Hunks = v.InferOutput<typeof Hunks>;
