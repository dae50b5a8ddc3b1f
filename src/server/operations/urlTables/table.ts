import { fail } from '../../../protocol/failure';
import { parseTable } from '../../../protocol/separated';

/** A row: what stands in its columns by their names; null where that is no text and no number. */
export type Row = ReadonlyMap<string, string | null>;

/** A table as DataLad's `addurls` reads it. */
export interface ITable {
  /** Names of the columns, in their order. */
  readonly columns: readonly string[];
  /** Whether a format may name a column by its number: JSON has no order. */
  readonly ordered: boolean;
  readonly rows: readonly Row[];
}

/** Reads a table by the end of its name, as DataLad does; fails with `bad-table` where it is none. */
export function readTable(name: string, text: string): ITable {
  const ending = /\.(tsv|jsonl?)$/u.exec(name)?.[1];
  if (ending === 'json' || ending === 'jsonl') {
    return fromRecords(
      ending === 'json' ? parse(text) : text.split('\n').flatMap(line => (line.trim() === '' ? [] : [parse(line)]))
    );
  }
  // As Python opens a file as text.
  const [columns = [], ...lines] = parseTable(text.replace(/\r\n?/gu, '\n'), ending === 'tsv' ? '\t' : ',');
  if (columns.join('') === '') {
    fail('bad-table', 'There is no line with the names of columns at the top of this table.', { parameters: { why: 'header' } });
  }
  return {
    columns,
    ordered: true,
    // A line that is empty has nothing in any column.
    rows: lines.map(cells => new Map(columns.flatMap((column, at) => pairOf(column, cells.join('') === '' ? '' : cells[at]))))
  };
}

function pairOf(column: string, cell: string | undefined): [string, string][] {
  return cell === undefined ? [] : [[column, cell]];
}

function fromRecords(records: unknown): ITable {
  if (!Array.isArray(records) || !records.every(isRecord)) {
    return fail('bad-table', 'This is no list of objects.', { parameters: { why: 'records' } });
  }
  const rows = records.map(record => new Map(Object.entries(record).map(([name, value]) => [name, asPython(value)])));
  return { columns: [...new Set(rows.flatMap(row => [...row.keys()]))], ordered: false, rows };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As Python writes a value into a text; null of what it would write with brackets, or in a way of its own. */
function asPython(value: unknown): string | null {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? String(value) : null;
  }
  return value === null ? 'None' : typeof value === 'boolean' ? (value ? 'True' : 'False') : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, exact);
  } catch {
    return fail('bad-table', 'This is no JSON.', { parameters: { why: 'json' } });
  }
}

/** A number that is written otherwise than Python would write it, such as `1.0`, is none that a format can take. */
function exact(_: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined && context.source !== String(value) ? [] : value;
}
