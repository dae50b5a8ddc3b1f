import * as v from 'valibot';
import { ContentsPath } from './paths';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What rules say that can be edited; everything else in the file is kept as it is. */
export const RULE_ATTRIBUTES = ['annex.largefiles', 'annex.numcopies', 'annex.backend'] as const;
export type RuleAttribute = (typeof RULE_ATTRIBUTES)[number];

/** Why git or git-annex does not follow a rule. */
export const RULE_PROBLEMS = [
  /** A word of `annex.largefiles` that git-annex does not know: it then adds no file that the rule is for. */
  'bad-word',
  'bad-number',
  'bad-backend',
  /** Git leaves out patterns that begin with `!`. */
  'negative',
  /** A pattern that ends with a slash fits no file. */
  'folder',
  /** Git leaves out lines of more than 2048 bytes. */
  'too-long',
  /** A quote that is not closed, so that the pattern is another one than it seems. */
  'quote',
  /** A pattern alone. */
  'nothing-set',
  /** A rule cannot hold what git would split or take for something else. */
  'bad-pattern'
] as const;
export type RuleProblem = (typeof RULE_PROBLEMS)[number];

export const RuleSetting = v.object({
  attribute: v.picklist(RULE_ATTRIBUTES),
  /** Behind the `=`; `set`, `unset` or `unspecified` where there is none. */
  value: v.string(),
  problem: v.optional(v.picklist(RULE_PROBLEMS)),
  /** The word that the problem is about. */
  word: v.optional(v.string())
});
export type RuleSetting = v.InferOutput<typeof RuleSetting>;

/** One line of a `.gitattributes`. */
export const RuleLine = v.object({
  /** From 1. */
  line: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** `rule`: sets something that can be edited; `other`: anything else that git reads. */
  kind: v.picklist(['rule', 'other', 'comment', 'blank', 'broken']),
  text: v.string(),
  pattern: v.string(),
  settings: v.array(RuleSetting),
  /** What else it sets. */
  others: v.array(v.string()),
  problem: v.optional(v.picklist(RULE_PROBLEMS))
});
export type RuleLine = v.InferOutput<typeof RuleLine>;

/** A `.gitattributes` of a dataset. */
export const RulesFile = v.object({ path: ContentsPath, name: v.string() });
export type RulesFile = v.InferOutput<typeof RulesFile>;

/** What stands for a file that is not there. */
export const NO_FILE = 'none';

export const Rules = v.object({
  dataset: ContentsPath,
  file: RulesFile,
  /** Of the bytes of the file: an edit names it, and is refused where it is another one by then. */
  fingerprint: v.string(),
  lines: v.array(RuleLine),
  /** All files of rules in the dataset, its own first; at most 1000. */
  files: v.array(RulesFile),
  /** `annex.largefiles` in git's configuration, which counts in place of all rules. */
  overridden: v.optional(v.string())
});
export type Rules = v.InferOutput<typeof Rules>;

const NewText = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000), v.regex(/^[^\0\r\n]*$/));

/** What a rule shall say; attributes that are not named are taken out of the line. */
export const WantedRule = v.object({
  /** Absent: that of the line which is changed. */
  pattern: v.optional(NewText),
  settings: v.pipe(v.array(v.object({ attribute: v.picklist(RULE_ATTRIBUTES), value: NewText })), v.maxLength(3))
});
export type WantedRule = v.InferOutput<typeof WantedRule>;

const LineNumber = v.pipe(v.number(), v.integer(), v.minValue(1));

/** One change of a file of rules. */
export const RuleEdit = v.variant('do', [
  v.object({ do: v.literal('add'), rule: WantedRule }),
  v.object({ do: v.literal('change'), line: LineNumber, rule: WantedRule }),
  v.object({ do: v.literal('remove'), line: LineNumber }),
  /** Puts a line where another one is now. */
  v.object({ do: v.literal('move'), line: LineNumber, to: LineNumber })
]);
export type RuleEdit = v.InferOutput<typeof RuleEdit>;

/** So many files are looked at for a preview, and so many listed. */
export const MOST_FILES = 200_000;
export const MOST_LISTED = 10_000;

/** Which files a rule is for. */
export const RuleCatch = v.object({
  line: LineNumber,
  /** Files that its pattern fits. */
  fits: Count,
  /** Those of them for which nothing stronger says the same attributes. */
  decides: Count,
  /** Lines further down that say otherwise, with the number of files; the one for most files first. */
  overriddenBy: v.array(v.object({ line: LineNumber, files: Count })),
  /** Files for which another file of rules is stronger. */
  elsewhere: Count
});
export type RuleCatch = v.InferOutput<typeof RuleCatch>;

/** Which files the rules of one file catch, as they are or as they would be after an edit. */
export const RulePreview = v.object({
  /** Files looked at: those that git knows, and new ones. */
  files: Count,
  more: v.boolean(),
  catches: v.array(RuleCatch),
  /** Of the line that was asked for. */
  shown: v.nullable(
    v.object({ line: LineNumber, total: Count, files: v.array(v.object({ name: v.string(), decides: v.boolean() })) })
  ),
  /** The line that an edit would write, and what is wrong with it. */
  draft: v.nullable(RuleLine)
});
export type RulePreview = v.InferOutput<typeof RulePreview>;
