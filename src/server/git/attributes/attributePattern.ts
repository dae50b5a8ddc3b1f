/**
 * Whether a pattern of a `.gitattributes` fits a path, both seen from the folder of that file. Without a slash it is compared with the last
 * name alone; `*` and `?` stop at slashes, `**` does not. A pattern that ends with a slash fits nothing.
 */
export function fitsPattern(pattern: string, path: string): boolean {
  if (pattern.endsWith('/')) {
    return false;
  }
  if (!pattern.includes('/')) {
    return compile(pattern)?.test(path.slice(path.lastIndexOf('/') + 1)) ?? false;
  }
  // git compares what stands before the first wildcard by itself (dir.c, match_pathname), so that `**` behind it is like one at the start.
  const [, start = '', rest = ''] = /^\/?([^*?[\\]*)(.*)$/su.exec(pattern) ?? [];
  return path.startsWith(start) && (compile(rest)?.test(path.slice(start.length)) ?? false);
}

/** Null where the pattern is none. */
function compile(pattern: string): RegExp | null {
  let source = '';
  for (let at = 0; at < pattern.length;) {
    const [part, length] = next(pattern, at);
    source += part;
    at += length;
  }
  try {
    return new RegExp(`^${source}$`, 'su');
  } catch {
    return null;
  }
}

/** A part of a regular expression, and the characters of the pattern it stands for. */
function next(pattern: string, at: number): [source: string, length: number] {
  const rest = pattern.slice(at);
  const deep = /^\*\*+\//u.exec(rest);
  if (deep !== null && (at === 0 || pattern[at - 1] === '/')) {
    return ['(?:.*/)?', deep[0].length];
  }
  const any = /^\*\*+(?=$|\\\/)/u.exec(rest);
  if (any !== null && (at === 0 || pattern[at - 1] === '/')) {
    return ['.*', any[0].length];
  }
  const stars = /^\*+/u.exec(rest);
  if (stars !== null) {
    return ['[^/]*', stars[0].length];
  }
  const set = /^\[([!^]?)(\]?(?:\[:[a-z]+:\]|[^\]])*)\]/su.exec(rest);
  if (set !== null) {
    return [`(?!/)[${set[1] ? '^' : ''}${setOf(set[2] ?? '')}]`, set[0].length];
  }
  const char = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  if (char === '\\' && rest.length > 1) {
    const literal = String.fromCodePoint(rest.codePointAt(1) ?? 0);
    return [escaped(literal), 1 + literal.length];
  }
  return [char === '?' ? '[^/]' : escaped(char), char.length];
}

const CLASSES: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  space: '\\s',
  xdigit: '0-9A-Fa-f'
};

function setOf(text: string): string {
  const parts = text.split(/(\[:[a-z]+:\]|\\.)/su);
  return parts
    .map((part, at) => {
      if (at % 2 === 0) {
        return part.replace(/[\\^[\]]/gu, '\\$&');
      }
      return part.startsWith('\\') ? escaped(part.slice(1)) : (CLASSES[part.slice(2, -2)] ?? '');
    })
    .join('');
}

function escaped(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/-]/u, found => (found === '-' ? '\\x2d' : `\\${found}`));
}
