import * as v from 'valibot';
import { Amount, Change, Kind } from './dataset';
import { LargefilesRule } from './destination';
import { Commit } from './history';
import { ContentsPath, ContentsPaths } from './paths';
import { RunRecord } from './run';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A place beside this clone that is noted to have content. */
export const CopyPlace = v.object({
  uuid: v.string(),
  /** The name of the sibling, else what its owner calls it, else its uuid; for people. */
  name: v.string(),
  /** It is a sibling of this clone. */
  sibling: v.optional(v.literal(true)),
  trust: v.picklist(['dead', 'untrusted', 'semitrusted', 'trusted']),
  /** It holds files by their names, and others may change these. */
  export: v.optional(v.literal(true)),
  /** What it has are copies; else it only may have it. */
  counts: v.boolean(),
  /** Of what was asked about; unique keys. */
  amount: Amount
});
export type CopyPlace = v.InferOutput<typeof CopyPlace>;

/** Where content is, as it was noted and fetched: nobody was asked. All are unique keys. */
export const Copies = v.object({
  all: Amount,
  /** In this clone. */
  here: Amount,
  /** Here, and no other copy is known. */
  onlyHere: Amount,
  /** Not here, and no copy is known. */
  nowhere: Amount,
  /** Of both: places that only may have it are noted. */
  maybe: Amount,
  /** Copies first, and of these where most is. */
  places: v.array(CopyPlace),
  /** Registered subdatasets among or below the paths: they are not looked into. */
  subdatasets: Count
});
export type Copies = v.InferOutput<typeof Copies>;

/** At most so many paths may be asked about at once. */
export const MAX_INSPECTED = 1_000;

export const CopiesQuery = v.object({
  dataset: ContentsPath,
  paths: v.pipe(ContentsPaths, v.minLength(1), v.maxLength(MAX_INSPECTED))
});

/** What a key says of its content. */
export const KeyFacts = v.object({
  key: v.string(),
  backend: v.string(),
  /** Absent where the key names none. */
  bytes: v.optional(Count),
  /** Absent where the backend makes keys of something else than the content, such as an address. */
  checksum: v.optional(v.string()),
  /** It can be computed here. */
  verifiable: v.boolean()
});
export type KeyFacts = v.InferOutput<typeof KeyFacts>;

/** Where rules put a file of this name and size today; they count for what is saved next. */
const Ruled = v.object({ to: v.picklist(['git', 'annex', 'unknown']), rule: v.optional(LargefilesRule) });

/** One path of a dataset, looked at closely. */
export const Inspected = v.object({
  path: ContentsPath,
  /** Git, annex, or not tracked; `other`: not tracked, or ignored. */
  kind: Kind,
  change: v.optional(Change),
  /** Nothing is at the path: it was deleted, or the branch hides it. */
  missing: v.optional(v.literal(true)),
  /** Of the content, here or not. */
  bytes: v.optional(Count),
  /** Of annexed files. */
  annex: v.optional(
    v.object({
      ...KeyFacts.entries,
      here: v.boolean(),
      /** It is here, and not as long as its key says. */
      damaged: v.optional(v.literal(true)),
      /** An unlocked file was edited: the key is that of the last version. */
      edited: v.optional(v.literal(true)),
      /** Where it can be loaded from, without secrets; at most 100. */
      urls: v.array(v.object({ url: v.string(), redacted: v.boolean() })),
      copies: Copies
    })
  ),
  /** Where a symbolic link points to, for people. */
  target: v.optional(v.string()),
  ruled: v.optional(Ruled)
});
export type Inspected = v.InferOutput<typeof Inspected>;

/** Where a file comes from. */
export const Origin = v.object({
  /** The newest commit that changed it; null where none did. */
  last: v.nullable(Commit),
  /** The newest commit that changed it and records a run. */
  run: v.nullable(
    v.object({
      commit: Commit,
      record: RunRecord,
      /** The file is still as the run left it. */
      unchanged: v.boolean()
    })
  )
});
export type Origin = v.InferOutput<typeof Origin>;
