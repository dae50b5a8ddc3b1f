import { quoted } from '../../../protocol/attributeRule';
import { fail } from '../../../protocol/failure';
import { RULE_ATTRIBUTES, type RuleAttribute, type RuleEdit, type RuleProblem, type WantedRule } from '../../../protocol/rules';
import { encodePath } from '../../bytes';
import { splitLine, valueOf } from './attributesFile';

/** Git leaves out what is longer. */
const LONGEST_LINE = 2_048;

/** What git makes of one line. */
export interface IRuleLine {
  /** From 1. */
  readonly line: number;
  /** As it stands in the file, without its line break. */
  readonly text: string;
  readonly kind: 'rule' | 'other' | 'comment' | 'blank' | 'broken';
  readonly pattern: string;
  /** The pattern as it is written, with its quotes. */
  readonly written: string;
  readonly settings: readonly { readonly attribute: RuleAttribute; readonly value: string }[];
  readonly others: readonly string[];
  readonly problem?: RuleProblem;
}

/** The lines of a `.gitattributes`; a line break at the end begins no further one. */
export function ruleLines(text: string): IRuleLine[] {
  return linesOf(text).map((content, at) => ({ line: at + 1, text: content, ...read(content) }));
}

type Read = Omit<IRuleLine, 'line' | 'text'>;
const NOTHING = { pattern: '', written: '', settings: [], others: [] } as const;

function read(text: string): Read {
  const content = text.replace(/^[ \t\r]+/u, '');
  if (content === '' || content.startsWith('#')) {
    return { ...NOTHING, kind: content === '' ? 'blank' : 'comment' };
  }
  const { pattern, written, rest } = splitLine(content);
  const words = wordsOf(rest);
  const settings = RULE_ATTRIBUTES.flatMap(attribute => {
    const value = words.map(word => valueOf(attribute, word)).findLast(found => found !== null);
    return value === undefined || value === null ? [] : [{ attribute, value }];
  });
  const others = words.filter(word => attributeOf(word) === null);
  const problem = problemOf(text, { pattern, written, words });
  const macro = pattern.startsWith('[attr]');
  const kind = macro
    ? 'other'
    : problem !== undefined && problem !== 'folder'
      ? 'broken'
      : settings.length > 0
        ? 'rule'
        : 'other';
  return { kind, pattern, written, settings: macro ? [] : settings, others, ...(problem === undefined ? {} : { problem }) };
}

function problemOf(
  text: string,
  { pattern, written, words }: { pattern: string; written: string; words: readonly string[] }
): RuleProblem | undefined {
  if (encodePath(text).length >= LONGEST_LINE) {
    return 'too-long';
  }
  if (pattern.startsWith('!')) {
    return 'negative';
  }
  if (pattern === written && pattern.startsWith('"')) {
    return 'quote';
  }
  if (words.length === 0) {
    return 'nothing-set';
  }
  return pattern.endsWith('/') ? 'folder' : undefined;
}

/** The text after an edit: what is not edited stays as it is, byte for byte. Fails where a line is not there. */
export function edited(text: string, edit: RuleEdit): string {
  const lines = linesOf(text);
  const ending = lines.some(line => line.endsWith('\r')) ? '\r' : '';
  const at = edit.do === 'add' ? lines.length : edit.line - 1;
  const line = lines[at];
  if (edit.do === 'add') {
    // The last line may lack its line break.
    const complete = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    return `${complete}${composed('', edit.rule)}${ending}\n`;
  }
  if (line === undefined) {
    return fail('not-found', 'This line is not there any more.');
  }
  const rest = lines.filter((_, index) => index !== at);
  switch (edit.do) {
    case 'remove':
      break;
    case 'change':
      rest.splice(at, 0, composed(line, edit.rule));
      break;
    case 'move':
      rest.splice(Math.min(edit.to - 1, rest.length), 0, line);
      break;
  }
  const complete = text.endsWith('\n') || edit.do === 'move' ? '\n' : '';
  return rest.length === 0 ? '' : `${rest.join('\n')}${complete}`;
}

/** A line with another pattern or other settings; further words stay where they are, and so does what is not changed. */
function composed(line: string, { pattern, settings }: WantedRule): string {
  const [indent = ''] = /^[ \t]*/u.exec(line) ?? [];
  const content = line.slice(indent.length);
  const { pattern: before, written, rest } = splitLine(content);
  const name = pattern === undefined || pattern === before ? written : quoted(pattern);
  const wanted = new Map(settings.map(({ attribute, value }) => [attribute, value]));
  const kept: string[] = [];
  for (const [, space = '', word = ''] of rest.matchAll(/([ \t\r]*)([^ \t\r]+)/gu)) {
    const attribute = attributeOf(word);
    const value = attribute === null ? undefined : wanted.get(attribute);
    if (attribute === null) {
      kept.push(`${space}${word}`);
    } else if (value !== undefined) {
      kept.push(`${space}${valueOf(attribute, word) === value ? word : `${attribute}=${value}`}`);
      wanted.delete(attribute);
    }
  }
  const added = [...wanted].map(([attribute, value]) => ` ${attribute}=${value}`);
  const end = /[ \t\r]*$/u.exec(rest)?.[0] ?? '';
  return `${indent}${name}${kept.join('')}${added.join('')}${end}`;
}

function attributeOf(word: string): RuleAttribute | null {
  return RULE_ATTRIBUTES.find(attribute => valueOf(attribute, word) !== null) ?? null;
}

function wordsOf(rest: string): string[] {
  return rest.split(/[ \t\r]+/u).filter(word => word !== '');
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
