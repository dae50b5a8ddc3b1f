type Part = '*' | '?' | { none: boolean; ranges: (readonly [number, number])[] } | number;

/** Whether Python's `glob` takes a name for a pattern. */
export function isPattern(name: string): boolean {
  return /[*?[]/u.test(name);
}

/** Whether a file name fits a pattern, by the rules of Python's `fnmatch`: `*`, `?`, `[abc]`, `[a-c]` and `[!a]`. */
export function fileNameMatcher(pattern: string): (name: string) => boolean {
  const parts = parse([...pattern].map(char => char.codePointAt(0) ?? 0));
  return name =>
    fits(
      parts,
      [...name].map(char => char.codePointAt(0) ?? 0)
    );
}

const [STAR, ANY, OPEN, CLOSE, NOT, TO] = [...'*?[]!-'].map(char => char.charCodeAt(0));

function parse(chars: readonly number[]): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? 0;
    const end = char === OPEN ? endOfClass(chars, at) : -1;
    if (char === STAR) {
      parts.push('*');
    } else if (char === ANY) {
      parts.push('?');
    } else if (end > 0) {
      const none = chars[at + 1] === NOT;
      parts.push({ none, ranges: rangesOf(chars.slice(at + (none ? 2 : 1), end)) });
      at = end;
    } else {
      parts.push(char);
    }
  }
  return parts;
}

/** Where the bracket closes that opens at a place; a bracket that comes first stands for itself. -1 where none does. */
function endOfClass(chars: readonly number[], at: number): number {
  const first = chars[at + 1] === NOT ? at + 2 : at + 1;
  return chars.indexOf(CLOSE ?? 0, first + 1);
}

function rangesOf(chars: readonly number[]): (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [];
  for (let at = 0; at < chars.length; at++) {
    const [from = 0, to, until] = chars.slice(at, at + 3);
    if (to === TO && until !== undefined) {
      ranges.push([from, until]);
      at += 2;
    } else {
      ranges.push([from, from]);
    }
  }
  return ranges;
}

function fits(parts: readonly Part[], name: readonly number[]): boolean {
  let [part, at, star, mark] = [0, 0, -1, 0];
  while (at < name.length) {
    const wanted = parts[part];
    if (wanted === '*') {
      [star, mark] = [part, at];
      part += 1;
    } else if (wanted !== undefined && fitsOne(wanted, name[at] ?? 0)) {
      [part, at] = [part + 1, at + 1];
    } else if (star >= 0) {
      mark += 1;
      [part, at] = [star + 1, mark];
    } else {
      return false;
    }
  }
  return parts.slice(part).every(rest => rest === '*');
}

function fitsOne(part: Exclude<Part, '*'>, char: number): boolean {
  if (part === '?' || typeof part === 'number') {
    return part === '?' || part === char;
  }
  return part.ranges.some(([from, to]) => from <= char && char <= to) !== part.none;
}
