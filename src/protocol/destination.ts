import * as v from 'valibot';
import { ContentsPath } from './paths';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Files = v.object({ files: Count, bytes: Count });

/** What says which files go into the annex, the strongest first: git's configuration, attributes, the git-annex branch. */
export const LargefilesRule = v.object({
  from: v.picklist(['git-config', 'attributes', 'annex-config']),
  /** What `annex.largefiles` is set to. */
  expression: v.string(),
  /** Of attributes: the file with the line that decides, relative to the dataset where it lies in it; absent where that was not found. */
  file: v.optional(v.string()),
  line: v.optional(Count),
  pattern: v.optional(v.string())
});
export type LargefilesRule = v.InferOutput<typeof LargefilesRule>;

export const BECAUSE = [
  'rule',
  /** No rule, so git-annex takes everything. */
  'no-rule',
  /** A plain git repository. */
  'no-annex',
  /** Git keeps links. */
  'link',
  /** It stands for annexed content already. */
  'annexed',
  /** It is staged as that, and has not changed since. */
  'staged',
  /** The rule asks for the type of the content, which only libmagic knows. */
  'mime-type',
  /** Git-annex cannot read the rule, and refuses to add the file. */
  'bad-rule',
  'unreadable',
  /** The versions before, or settings, make it depend on more than the rule. */
  'undecided',
  /** A folder: see `within`. */
  'folder'
] as const;

/** Where a save would put one changed file as it is now, and why; `unknown` is never a guess. */
export const Destination = v.object({
  path: ContentsPath,
  to: v.picklist(['git', 'annex', 'both', 'unknown']),
  because: v.picklist(BECAUSE),
  rule: v.optional(LargefilesRule),
  bytes: v.optional(Count),
  /** Of a new folder: the files in it. */
  within: v.optional(
    v.object({
      git: Files,
      annex: Files,
      unknown: Files,
      /** There are more than were looked at. */
      more: v.boolean(),
      /** The largest of those that would go into Git. */
      largest: v.optional(v.object({ path: ContentsPath, name: v.string(), bytes: Count }))
    })
  )
});
export type Destination = v.InferOutput<typeof Destination>;

/** So many paths may be asked about at once. */
export const MAX_DESTINATIONS = 500;

export const DestinationPaths = v.pipe(v.array(ContentsPath), v.minLength(1), v.maxLength(MAX_DESTINATIONS));

/** From this size on a file in Git is worth a warning: each version of it stays in every clone for good. */
export const LARGE_IN_GIT = 10_000_000;
