import { type Hunk, type HunkLine, type Hunks, LONGEST_LINE, MOST_LINES } from '../../../protocol/compare';

const START = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;
const SIGNS: Readonly<Record<string, HunkLine['sign']>> = { ' ': 'same', '-': 'removed', '+': 'added' };
const NEWLINE = 10;

/** Reads the hunks of one file in what `git diff -U<n>` printed; only the first lines are kept, all are counted. */
export function parseHunks(output: Buffer): Hunks {
  const hunks: Hunk[] = [];
  const counts = { added: 0, removed: 0 };
  let lines = 0;
  let truncated = false;
  for (const line of linesOf(output)) {
    const first = String.fromCharCode(line[0] ?? 32);
    const [, from, to] = first === '@' ? (START.exec(line.toString('latin1', 0, 100)) ?? []) : [];
    const hunk = hunks.at(-1);
    if (from !== undefined && to !== undefined) {
      if (lines < MOST_LINES) {
        hunks.push({ from: Number(from), to: Number(to), lines: [] });
      }
      continue;
    }
    // Before the first hunk stand names and modes; `\ No newline` is told elsewhere.
    const sign = SIGNS[first];
    if (hunk === undefined || sign === undefined) {
      continue;
    }
    if (sign !== 'same') {
      counts[sign] += 1;
    }
    if (lines < MOST_LINES) {
      const text = shorten(line.subarray(1));
      hunk.lines.push({ sign, text: text.text });
      truncated ||= text.cut;
    }
    lines += 1;
  }
  return { hunks, ...counts, truncated: truncated || lines > MOST_LINES };
}

/** Of four bytes for each character at most, so that a line of many megabytes is not decoded as a whole. */
function shorten(line: Buffer): { text: string; cut: boolean } {
  const text = line.toString('utf8', 0, LONGEST_LINE * 4);
  const cut = line.length > LONGEST_LINE * 4 || text.length > LONGEST_LINE;
  return { text: cut ? text.slice(0, LONGEST_LINE) : text, cut };
}

function* linesOf(output: Buffer): Generator<Buffer> {
  for (let start = 0; start < output.length;) {
    const end = output.indexOf(NEWLINE, start);
    const stop = end < 0 ? output.length : end;
    yield output.subarray(start, stop);
    start = stop + 1;
  }
}
