import * as v from 'valibot';
import { ContentsPath, nameOf } from './paths';

/** Which files a new rule is for: one alone, all with its extension, or git's own such as `.gitattributes`. */
export const RuleScope = v.picklist(['file', 'extension', 'git-files']);
export type RuleScope = v.InferOutput<typeof RuleScope>;

/** A rule on where a file, and others like it, are kept from now on. */
export const NewRule = v.object({ path: ContentsPath, scope: RuleScope, to: v.picklist(['git', 'annex']) });
export type NewRule = v.InferOutput<typeof NewRule>;

/** The pattern of a rule, as seen from the folder whose `.gitattributes` gets it. */
export function patternOf(scope: RuleScope, relative: string): string {
  switch (scope) {
    case 'git-files':
      return '**/.git*';
    case 'extension':
      return `*${literal(extensionOf(relative))}`;
    case 'file':
      return `/${literal(relative)}`;
  }
}

/** The line that is written: what matches `nothing` stays in Git, what matches `anything` goes into the annex. */
export function lineOf(pattern: string, to: NewRule['to']): string {
  return `${quoted(pattern)} annex.largefiles=${to === 'git' ? 'nothing' : 'anything'}`;
}

/** `.nii.gz` of `a.nii.gz`, `.mp4` of `a.b.mp4`; empty where there is none. */
export function extensionOf(path: string): string {
  return /[^.](\.nii\.gz|\.tar\.[a-z0-9]+|\.[^.\s]{1,12})$/iu.exec(nameOf(path as ContentsPath))?.[1] ?? '';
}

/** What stands for itself in a pattern. */
function literal(text: string): string {
  return text.replace(/[\\*?[\]]/gu, '\\$&');
}

/** A pattern as it is written. Git splits a line at white space, and takes a quote at its start for one of its own. */
export function quoted(pattern: string): string {
  return /[\s"]|^[#!]/u.test(pattern) ? `"${pattern.replace(/["\\]/gu, '\\$&')}"` : pattern;
}
