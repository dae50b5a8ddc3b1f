/** How the lines of a text end. */
export type LineEnds = 'none' | 'LF' | 'CRLF' | 'mixed';

export interface ITextFacts {
  readonly ends: LineEnds;
  /** Whether its last line is ended, too. */
  readonly ended: boolean;
}

/** What an editor does not show of a text. */
export function textFacts(text: string): ITextFacts {
  const all = count(text, /\n/g);
  const windows = count(text, /\r\n/g);
  const ends = all === 0 ? 'none' : windows === 0 ? 'LF' : windows === all ? 'CRLF' : 'mixed';
  return { ends, ended: text === '' || text.endsWith('\n') };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** A longer line makes any editor slow. */
const LONGEST = 20_000;

/** Whether a text has a line that no editor should be given. */
export function hasEndlessLine(text: string): boolean {
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    if (stop - start > LONGEST) {
      return true;
    }
    start = stop + 1;
  }
  return false;
}
