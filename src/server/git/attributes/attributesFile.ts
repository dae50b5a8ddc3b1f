import { unquoted } from '../quoted';

/** A line of a `.gitattributes` that sets one attribute. */
export interface IAttributeLine {
  /** From 1. */
  readonly line: number;
  /** As it is matched, without quotes. */
  readonly pattern: string;
  /** As `git check-attr` prints it: `set`, `unset`, `unspecified` or the text behind the `=`. */
  readonly value: string;
}

/**
 * The lines that set one attribute by its own name, in their order: the last that fits a path wins. Macros are left out; who compares
 * with what git says finds out.
 */
export function linesSetting(attribute: string, text: string): IAttributeLine[] {
  return text.split('\n').flatMap((content, at) => {
    const { pattern, rest } = splitLine(content.replace(/^[ \t\r]+/u, ''));
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

/** Takes a line apart that begins with no space: its pattern, how that is written, and what follows. A comment has none. */
export function splitLine(line: string): { pattern: string; written: string; rest: string } {
  if (line.startsWith('#')) {
    return { pattern: '', written: '', rest: '' };
  }
  const quoted = /^("((?:[^"\\]|\\.)*)")(.*)$/su.exec(line);
  if (quoted !== null) {
    return { pattern: unquoted(quoted[2] ?? ''), written: quoted[1] ?? '', rest: quoted[3] ?? '' };
  }
  const end = line.search(/[ \t\r]/u);
  const written = end < 0 ? line : line.slice(0, end);
  return { pattern: written, written, rest: line.slice(written.length) };
}

/** What one word sets an attribute to; null where it is about another one. */
export function valueOf(attribute: string, word: string): string | null {
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
