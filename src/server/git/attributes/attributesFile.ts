/** A line of a `.gitattributes` that sets one attribute. */
export interface IAttributeLine {
  /** From 1. */
  readonly line: number;
  /** As it is matched, without quotes. */
  readonly pattern: string;
  /** As `git check-attr` prints it: `set`, `unset`, `unspecified` or the text behind the `=`. */
  readonly value: string;
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/**
 * The lines that set one attribute by its own name, in their order: the last that fits a path wins. Macros are left out; who compares
 * with what git says finds out.
 */
export function linesSetting(attribute: string, text: string): IAttributeLine[] {
  return text.split('\n').flatMap((content, at) => {
    const { pattern, rest } = patternOf(content.replace(/^[ \t\r]+/u, ''));
    if (pattern === '' || pattern.startsWith('[attr]') || pattern.startsWith('!')) {
      return [];
    }
    const value = rest
      .split(/[ \t\r]+/u)
      .map(word => valueOf(attribute, word))
      .findLast(found => found !== null);
    return value === undefined || value === null ? [] : [{ line: at + 1, pattern, value }];
  });
}

function patternOf(line: string): { pattern: string; rest: string } {
  if (line.startsWith('#')) {
    return { pattern: '', rest: '' };
  }
  const quoted = /^"((?:[^"\\]|\\.)*)"(.*)$/su.exec(line);
  if (quoted !== null) {
    return { pattern: unquoted(quoted[1] ?? ''), rest: quoted[2] ?? '' };
  }
  const end = line.search(/[ \t\r]/u);
  return end < 0 ? { pattern: line, rest: '' } : { pattern: line.slice(0, end), rest: line.slice(end) };
}

/** C's escapes; those of bytes are put together where they are UTF-8. */
function unquoted(text: string): string {
  const bytes: number[] = [];
  for (const [, octal, char, plain] of text.matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gsu)) {
    const part = octal === undefined ? Buffer.from(plain ?? ESCAPES[char ?? ''] ?? char ?? '') : [parseInt(octal, 8) & 0xff];
    bytes.push(...part);
  }
  return Buffer.from(bytes).toString('utf8');
}

function valueOf(attribute: string, word: string): string | null {
  switch (word) {
    case attribute:
      return 'set';
    case `-${attribute}`:
      return 'unset';
    case `!${attribute}`:
      return 'unspecified';
    default:
      return word.startsWith(`${attribute}=`) ? word.slice(attribute.length + 1) : null;
  }
}
