import { align } from './align';

/** A row that differs: its cells before and after, null where it is not there. */
export interface IRowChange {
  /** Numbers of the row in the file, the header being 1. */
  readonly from?: number;
  readonly to?: number;
  readonly before: readonly string[] | null;
  readonly after: readonly string[] | null;
}

export interface ITableDiff {
  /** The first row of the second table. */
  readonly header: readonly string[];
  readonly changes: readonly IRowChange[];
  /** Rows in which nothing changed. */
  readonly same: number;
}

/** The separator of a table by its name; null of other files. */
export function separatorOf(name: string): string | null {
  return /\.csv$/iu.test(name) ? ',' : /\.tsv$/iu.test(name) ? '\t' : null;
}

/** Which rows of two tables differ. What was replaced by as much is the same row with other cells. */
export function diffTables(before: readonly string[][], after: readonly string[][]): ITableDiff {
  const pairs = align(before.map(asKey), after.map(asKey));
  const changes: IRowChange[] = [];
  let same = 0;
  for (let at = 0; at < pairs.length;) {
    const alone = stretch(pairs, at);
    if (alone.old.length + alone.new.length === 0) {
      same += 1;
      at += 1;
      continue;
    }
    at += alone.old.length + alone.new.length;
    for (let row = 0; row < Math.max(alone.old.length, alone.new.length); row++) {
      const [a, b] = [alone.old[row], alone.new[row]];
      changes.push({
        ...(a === undefined ? {} : { from: a + 1 }),
        ...(b === undefined ? {} : { to: b + 1 }),
        before: a === undefined ? null : (before[a] ?? []),
        after: b === undefined ? null : (after[b] ?? [])
      });
    }
  }
  return { header: after[0] ?? before[0] ?? [], changes, same };
}

function asKey(row: readonly string[]): string {
  return JSON.stringify(row);
}

/** The items that stand alone from a place on, up to the next pair. */
function stretch(pairs: ReturnType<typeof align>, start: number): { old: number[]; new: number[] } {
  const found: { old: number[]; new: number[] } = { old: [], new: [] };
  for (let at = start; at < pairs.length; at++) {
    const { a, b } = pairs[at] ?? {};
    if (a !== undefined && b !== undefined) {
      break;
    }
    found.old.push(...(a === undefined ? [] : [a]));
    found.new.push(...(b === undefined ? [] : [b]));
  }
  return found;
}
