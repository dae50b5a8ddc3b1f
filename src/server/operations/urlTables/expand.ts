import { addressFlaw } from '../../../protocol/address';
import type { FormatFlaw, RowFlaw } from '../../../protocol/urlTable';
import { withoutQuerySecrets } from '../../dataset/inspect/urlSecrets';
import { columnsIn, fill, parseFormat, type Piece } from './format';
import type { ITable, Row } from './table';
import { isUrlPart, urlParts } from './urlParts';

/** What one row stands for; `url` and `file` as DataLad would make them. */
export interface IExpanded {
  /** The first one below the header is 1. */
  readonly row: number;
  readonly url: string;
  readonly file: string;
  readonly flaw: RowFlaw | null;
}

export interface IExpansion {
  readonly rows: readonly IExpanded[];
  /** Rows without an address, which are left out. */
  readonly empty: number;
}

/** Git-annex downloads what a torrent leads to; the number of a file in it may follow. */
const TORRENT = /\.torrent(?:#\d*)?$/iu;
/** A row that repeats a name counts on; the first one is 0. */
const REPEAT = '_repindex';

/** What the rows of a table stand for, in DataLad's terms, or what is wrong with one of the formats. */
export function expand(table: ITable, formats: { url: string; file: string }): IExpansion | FormatFlaw {
  const url = readFormat(table, formats.url, 'url');
  const file = readFormat(table, formats.file, 'file');
  if ('why' in url) {
    return url;
  }
  if ('why' in file) {
    return file;
  }
  const name = fileNamer(table, file);
  const rows: IExpanded[] = [];
  let empty = 0;
  table.rows.forEach((row, at) => {
    const made = lookUp(table, row, url);
    if (made.text === '') {
      empty += 1;
      return;
    }
    const flaw = made.flaw ?? urlFlaw(made.text);
    const named = flaw === null ? name(row, made.text) : { text: '', flaw };
    rows.push({ row: at + 1, url: made.text, file: named.text, flaw: named.flaw });
  });
  return { rows, empty };
}

function readFormat(table: ITable, text: string, format: FormatFlaw['format']): Piece[] | FormatFlaw {
  const pieces = parseFormat(text);
  if ('why' in pieces) {
    return { format, ...pieces };
  }
  const known = new Set<string | number>(table.columns);
  const isKnown = (column: string | number): boolean =>
    typeof column === 'number'
      ? table.ordered && column < table.columns.length
      : known.has(column) || (format === 'file' && (isUrlPart(column) || column === REPEAT));
  const unknown = columnsIn(pieces).find(column => !isKnown(column));
  if (unknown === undefined) {
    return pieces;
  }
  // DataLad would ask each server what it calls its file.
  const why = format === 'file' && String(unknown).startsWith('_url_filename') ? 'unsupported' : 'unknown';
  return { format, why, name: String(unknown) };
}

interface IMade {
  readonly text: string;
  readonly flaw: RowFlaw | null;
}

function lookUp(table: ITable, row: Row, pieces: readonly Piece[], more?: ReadonlyMap<string, string>): IMade {
  let flaw: RowFlaw | null = null;
  const text = fill(pieces, column => {
    const name = typeof column === 'number' ? (table.columns[column] ?? '') : column;
    const value = more?.get(name) ?? row.get(name);
    flaw ??= value === null ? 'no-text' : null;
    return value ?? undefined;
  });
  return { text: text ?? '?', flaw: flaw ?? (text === null ? 'missing' : null) };
}

/** Names files row by row: names that are repeated are counted, as by DataLad. */
function fileNamer(table: ITable, pieces: readonly Piece[]): (row: Row, url: string) => IMade {
  const repeats = new Map<string, number>();
  const ofUrl = columnsIn(pieces).some(column => String(column).startsWith('_url'));
  return (row, url) => {
    const parts = new Map(ofUrl ? urlParts(url) : []);
    const first = lookUp(table, row, pieces, parts.set(REPEAT, '0'));
    const before = repeats.get(first.text);
    if (first.flaw !== null) {
      return { ...first, text: '' };
    }
    repeats.set(first.text, before === undefined ? 0 : before + 1);
    return before === undefined ? first : lookUp(table, row, pieces, parts.set(REPEAT, String(before + 1)));
  };
}

function urlFlaw(url: string): RowFlaw | null {
  const flaw = addressFlaw(url);
  if (flaw !== null) {
    return flaw;
  }
  // Only DataLad's own downloader, which is not the one that adds tables, knows s3.
  if (/^s3:/iu.test(url)) {
    return 'scheme';
  }
  return withoutQuerySecrets(url).redacted ? 'secret' : TORRENT.test(url) ? 'torrent' : null;
}
