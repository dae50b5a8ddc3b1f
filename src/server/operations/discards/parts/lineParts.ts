const START = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
const NEWLINE = 10;
const RETURN = 13;

/** Lines of one text that stand for lines of another: counted from 0, the end not included. */
export interface ILinePart {
  readonly before: readonly [start: number, end: number];
  readonly after: readonly [start: number, end: number];
}

/** The lines of a text with their ends, whatever bytes are in them; only the last may lack one. */
export function linesOf(text: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < text.length;) {
    const end = text.indexOf(NEWLINE, start);
    const stop = end === -1 ? text.length : end + 1;
    lines.push(text.subarray(start, stop));
    start = stop;
  }
  return lines;
}

/** Where the hunks are that `git diff` printed. */
export function parseParts(output: Buffer): ILinePart[] {
  return linesOf(output).flatMap(line => {
    const found = START.exec(line.toString('latin1', 0, 100));
    return found === null ? [] : [{ before: range(found[1], found[2]), after: range(found[3], found[4]) }];
  });
}

/** Of no lines git names the one before them. */
function range(line: string | undefined, count: string | undefined): [number, number] {
  const length = count === undefined ? 1 : Number(count);
  const start = length === 0 ? Number(line) : Number(line) - 1;
  return [start, start + length];
}

/** Whether the texts are the same but for the parts, byte by byte. */
export function explains(parts: readonly ILinePart[], before: readonly Buffer[], after: readonly Buffer[]): boolean {
  let [one, other] = [0, 0];
  const end: ILinePart = { before: [before.length, before.length], after: [after.length, after.length] };
  for (const part of [...parts, end]) {
    const between = before.slice(one, part.before[0]);
    const same = after.slice(other, part.after[0]);
    if (between.length !== same.length || between.some((line, at) => same[at]?.equals(line) !== true)) {
      return false;
    }
    [one, other] = [part.before[1], part.after[1]];
  }
  return true;
}

/** The text after a change with some of its parts as they were before; `chosen` are their numbers. */
export function takeBack(
  parts: readonly ILinePart[],
  { before, after }: { before: readonly Buffer[]; after: readonly Buffer[] },
  chosen: ReadonlySet<number>
): Buffer {
  const lines: Buffer[] = [];
  let at = 0;
  parts.forEach((part, number) => {
    lines.push(...after.slice(at, part.after[0]));
    lines.push(...(chosen.has(number) ? before.slice(...part.before) : after.slice(...part.after)));
    at = part.after[1];
  });
  return Buffer.concat([...lines, ...after.slice(at)]);
}

/** How the lines of a text end: all in one way, or not. */
export function lineEnds(lines: readonly Buffer[]): 'lf' | 'crlf' | 'mixed' {
  const ended = lines.filter(line => line.at(-1) === NEWLINE);
  const returns = ended.filter(line => line.at(-2) === RETURN).length;
  return returns === 0 ? 'lf' : returns === ended.length ? 'crlf' : 'mixed';
}

/** A text whose lines end with LF as it is where they end with CRLF. */
export function withReturns(text: Buffer): Buffer {
  return Buffer.concat(
    linesOf(text).map(line => (line.at(-1) === NEWLINE ? Buffer.concat([line.subarray(0, -1), Buffer.from('\r\n')]) : line))
  );
}

/** The other way round. */
export function withoutReturns(text: Buffer): Buffer {
  return Buffer.concat(
    linesOf(text).map(line =>
      line.at(-1) === NEWLINE && line.at(-2) === RETURN ? Buffer.concat([line.subarray(0, -2), Buffer.from('\n')]) : line
    )
  );
}
