import { picture } from '../../protocol/names';

/**
 * Whatever leaves no ink: controls, bidi marks, zero-width and other formatting characters, blanks of all kinds, surrogates, and what Unicode
 * counts among signs and letters though nothing is drawn (a braille cell without dots, a note without a head, fillers).
 */
const INKLESS = String.raw`[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u{16fe4}\u2800\ufffc\u{13441}\u{13442}\u{1d159}]`;
const GAPS = new RegExp(`${INKLESS}+`, 'gu');
/** More of them than anybody writes in a row: what stands behind would be out of sight. */
const MANY = 40;
const MANY_LINES = 5;
/** Plain blanks, or one other character, in a row; of more such stretches only the whole is told. */
const STRETCHES = /[ \t]+|([^ \t])\1*/gsu;
const MOST_STRETCHES = 8;

/**
 * A raw line as it really is, on one line, in the notation of `shownName`. It is stricter than that one: a name may hold what joins an
 * emoji, what a shell is to run may not.
 */
export function visible(text: string): string {
  return text.replace(GAPS, gap => shownGap(gap, ' '));
}

/** The same for a text of several lines: its line breaks and tabs stay, but for those that would move the rest out of sight. */
export function visibleLines(text: string): string {
  return text.replace(GAPS, gap => {
    const [first = '', ...rest] = gap.split('\n');
    const last = rest.pop();
    if (last === undefined || rest.length + 1 < MANY_LINES) {
      return gap
        .split('\n')
        .map(part => shownGap(part, ' \t'))
        .join('\n');
    }
    const odd = oddIn(rest.join(''));
    const lines = `${odd === undefined ? '' : `${picture(odd)}…`}␊×${rest.length + 1}`;
    return [shownGap(first, ' \t'), lines, shownGap(last, ' \t')].join('\n');
  });
}

/** What stands for characters without ink in a row; `plain` are those that may stay as they are. */
function shownGap(gap: string, plain: string): string {
  const stretches = gap.match(STRETCHES) ?? [];
  return stretches.length > MOST_STRETCHES && Array.from(gap).length >= MANY
    ? `${picture(oddIn(gap) ?? ' ')}…×${Array.from(gap).length}`
    : stretches.map(stretch => shownStretch(stretch, plain)).join('');
}

function shownStretch(stretch: string, plain: string): string {
  const chars = Array.from(stretch);
  if (chars.length < MANY) {
    return chars.map(char => (plain.includes(char) ? char : picture(char))).join('');
  }
  const odd = oddIn(stretch);
  return `${odd === undefined ? '␣' : picture(odd)}×${chars.length}`;
}

/** The first that is no plain blank. */
function oddIn(gap: string): string | undefined {
  return Array.from(gap).find(char => char !== ' ' && char !== '\t');
}
