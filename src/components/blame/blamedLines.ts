import type { Blame, BlamedCommit } from '../../protocol/blame';
import { LONGEST_LINE } from '../../protocol/compare';

/** One line as it is shown. */
export interface IBlamedLine {
  /** From 1. */
  readonly number: number;
  /** Without its end; of a very long one the beginning. */
  readonly text: string;
  /** Null: not saved yet. */
  readonly commit: BlamedCommit | null;
  /** The first of those in a row that one commit wrote. */
  readonly first: boolean;
  /** Of every other such row, so that one is told from the next. */
  readonly shaded: boolean;
}

/** The lines of a text with the commits that wrote them. */
export function blamedLines({ text, commits, runs }: Blame): IBlamedLine[] {
  const texts = text.split('\n');
  const lines: IBlamedLine[] = [];
  runs.forEach(({ count, commit }, run) => {
    for (let at = 0; at < count; at++) {
      const line = (texts[lines.length] ?? '').replace(/\r$/u, '');
      lines.push({
        number: lines.length + 1,
        text: line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line,
        commit: commit === null ? null : (commits[commit] ?? null),
        first: at === 0,
        shaded: run % 2 === 1
      });
    }
  });
  return lines;
}

/** Columns that the longest line takes at most: a tab may reach over eight, and what is no Latin may be twice as wide. */
export function columnsOf(lines: readonly IBlamedLine[]): number {
  return lines.reduce((most, { text }) => Math.max(most, widthOf(text)), 0);
}

function widthOf(text: string): number {
  return text.length + 7 * (text.split('\t').length - 1) + text.replace(/[\0-\u02ff]/gu, '').length;
}
