import { readDataSize } from './dataSize';
import { compileGlob, type Glob } from './glob';

/** One condition of an expression. */
export type Condition =
  | { readonly type: 'anything' | 'nothing' }
  /** Of the path in the repository. */
  | { readonly type: 'include' | 'exclude'; readonly glob: Glob }
  | { readonly type: 'largerthan' | 'smallerthan'; readonly bytes: number }
  /** Of what libmagic makes of the content. */
  | { readonly type: 'mimetype' | 'mimeencoding'; readonly glob: Glob };

/** What `annex.largefiles` says: what it matches goes into the annex. */
export type Expression =
  | Condition
  | { readonly type: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'not'; readonly of: Expression };

type Parsed = { readonly expression: Expression } | { readonly bad: string };

type Item = { readonly word: string } | { readonly group: readonly Item[] };

const EVERYTHING: Expression = { type: 'anything' };

/**
 * Reads an expression as git-annex does (its `Utility.Matcher`). `and` and `or` bind alike, from left to right; conditions side by side
 * stand for `and`; `not` takes the next condition or group only; parentheses that nobody closes, or opens, are forgiven. `bad` is the
 * first word that git-annex would stumble over: it then adds nothing at all.
 */
export function parseExpression(text: string): Parsed {
  const words = text.split(/\s+/u).flatMap(word => word.split(/([()])/u).filter(part => part !== ''));
  const bad = words.find(word => !isSyntax(word) && conditionOf(word) === null);
  if (bad !== undefined) {
    return { bad };
  }
  return { expression: combine(null, grouped(words), 'outermost') ?? EVERYTHING };
}

/** Whether what decides is in the content of a file, and not only its name and size. */
export function looksInside(expression: Expression): boolean {
  switch (expression.type) {
    case 'and':
    case 'or':
      return looksInside(expression.left) || looksInside(expression.right);
    case 'not':
      return looksInside(expression.of);
    default:
      return expression.type === 'mimeencoding';
  }
}

function isSyntax(word: string): boolean {
  return ['and', 'or', 'not', '(', ')'].includes(word);
}

function conditionOf(word: string): Condition | null {
  // Of unused content only: a file in the folder is none.
  if (word === 'unused') {
    return { type: 'nothing' };
  }
  if (word === 'anything' || word === 'nothing') {
    return { type: word };
  }
  const at = word.indexOf('=');
  const [name, value] = at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
  switch (name) {
    case 'include':
    case 'exclude':
    case 'mimetype':
    case 'mimeencoding': {
      const glob = compileGlob(value);
      return glob === null ? null : { type: name, glob };
    }
    case 'largerthan':
    case 'smallerthan': {
      const bytes = readDataSize(value);
      return bytes === null ? null : { type: name, bytes };
    }
    default:
      return null;
  }
}

function grouped(words: readonly string[]): Item[] {
  const outer: Item[][] = [[]];
  for (const word of words) {
    if (word === '(') {
      outer.push([]);
    } else if (word !== ')') {
      outer.at(-1)?.push({ word });
    } else if (outer.length > 1) {
      close(outer);
    }
  }
  while (outer.length > 1) {
    close(outer);
  }
  return outer[0] ?? [];
}

function close(outer: Item[][]): void {
  const group = outer.pop() ?? [];
  outer.at(-1)?.push({ group });
}

type Level = 'outermost' | 'nested';

/** Null stands for no condition at all, which matches everything. */
function combine(before: Expression | null, items: readonly Item[], level: Level): Expression | null {
  let result = before;
  let rest = items;
  while (rest.length > 0) {
    [result, rest] = step(result, rest, level);
  }
  return result;
}

/** Takes one condition or group with the words before it. */
function step(before: Expression | null, items: readonly Item[], level: Level): [Expression | null, readonly Item[]] {
  const [item, ...rest] = items;
  if (item === undefined) {
    return [before, []];
  }
  if ('group' in item) {
    // git-annex puts the `and` between two that stand side by side at the outermost level only. Deeper, a group goes on with what stands
    // before it: `( a ( b or c ) )` is `( a and b ) or c`.
    const result =
      level === 'outermost' ? both(before, combine(null, item.group, 'nested')) : combine(before, item.group, 'nested');
    return [result, rest];
  }
  if (item.word === 'and' || item.word === 'or' || item.word === 'not') {
    const [next, left] = step(null, rest, level);
    if (item.word === 'or') {
      return [{ type: 'or', left: before ?? EVERYTHING, right: next ?? EVERYTHING }, left];
    }
    return [both(before, item.word === 'and' ? next : { type: 'not', of: next ?? EVERYTHING }), left];
  }
  return [both(before, conditionOf(item.word)), rest];
}

function both(left: Expression | null, right: Expression | null): Expression | null {
  return left === null ? right : right === null ? left : { type: 'and', left, right };
}
