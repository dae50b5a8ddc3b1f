/** A part of a path pattern, as Python's `glob` takes it. */
export type Segment = { readonly name: string } | { readonly pattern: string } | '**';

const MAGIC = /[*?[]/u;

/** A pattern relative to the top of a dataset as its parts; a slash at its end counts for nothing. */
export function segmentsOf(pattern: string): Segment[] {
  return pattern
    .split('/')
    .filter(Boolean)
    .map((part): Segment => (part === '**' ? '**' : MAGIC.test(part) ? { pattern: part } : { name: part }));
}

/** The parts of a path in which nothing is a pattern. */
export function literal(path: string): Segment[] {
  return path
    .split('/')
    .filter(Boolean)
    .map(name => ({ name }));
}

/** Whether Python's `glob` takes a name for a pattern. */
export function isPattern(name: string): boolean {
  return MAGIC.test(name);
}

/** Whether a name fits: see {@link matcherOf}. */
export function fits(pattern: string, name: string): boolean {
  return matcherOf(pattern)(name);
}

/**
 * Tells whether names fit a pattern, as Python's `glob` and `fnmatch` have it (`*`, `?`, `[abc]`, `[a-c]`, `[!a]`), in time that grows with
 * both lengths only; `*` and the like meet no hidden name.
 */
export function matcherOf(pattern: string): (name: string) => boolean {
  const tokens = tokensOf(pattern);
  const meetsHidden = pattern.startsWith('.');
  return name => (meetsHidden || !name.startsWith('.')) && fitsTokens(tokens, [...name]);
}

function fitsTokens(tokens: readonly Token[], chars: readonly string[]): boolean {
  let [token, char, star, mark] = [0, 0, -1, 0];
  while (char < chars.length) {
    const now = tokens[token];
    if (now === '*') {
      [star, mark] = [token++, char];
    } else if (now !== undefined && now(chars[char] ?? '')) {
      token++;
      char++;
    } else if (star >= 0) {
      token = star + 1;
      char = ++mark;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every(left => left === '*');
}

type Token = '*' | ((char: string) => boolean);

function tokensOf(pattern: string): Token[] {
  const chars = [...pattern];
  const tokens: Token[] = [];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? '';
    const end = char === '[' ? endOf(chars, at) : -1;
    if (char === '*') {
      tokens.push('*');
    } else if (char === '?') {
      tokens.push(() => true);
    } else if (end > 0) {
      tokens.push(setOf(chars.slice(at + 1, end)));
      at = end;
    } else {
      tokens.push(other => other === char);
    }
  }
  return tokens;
}

/** Where a set ends that begins with `[`: a `]` that comes first in it is one of its characters. -1: it is no set. */
function endOf(chars: readonly string[], at: number): number {
  const first = at + (chars[at + 1] === '!' ? 2 : 1);
  return chars.indexOf(']', first + 1);
}

function setOf(chars: readonly string[]): (char: string) => boolean {
  const negated = chars[0] === '!';
  const members = negated ? chars.slice(1) : chars;
  const ranges: [string, string][] = [];
  for (let at = 0; at < members.length; at++) {
    const from = members[at] ?? '';
    const isRange = members[at + 1] === '-' && at + 2 < members.length;
    ranges.push([from, isRange ? (members[at + 2] ?? '') : from]);
    at += isRange ? 2 : 0;
  }
  const code = (char: string): number => char.codePointAt(0) ?? 0;
  return char => ranges.some(([from, to]) => code(char) >= code(from) && code(char) <= code(to)) !== negated;
}
