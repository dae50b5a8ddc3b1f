import { addressFlaw } from '../../../protocol/address';
import { textOfPath } from '../../../protocol/names';
import { type ContentsPath, folderOf, isWithin } from '../../../protocol/paths';
import { parseFormat } from './format';
import type { ITable } from './table';

/** Rows that are looked at. */
const LOOKED_AT = 20;
/** What people call a column with the names of files. */
const NAME = /^(?:file|file_?name|name|path|target)$/iu;

/** Formats to begin with: the first column that holds addresses, and files called as a column says or the addresses do, beside the table. */
export function suggestFormats(
  table: ITable,
  { dataset, table: path }: { dataset: ContentsPath; table: ContentsPath }
): { urlFormat: string; fileFormat: string } {
  const url = table.columns.find(column =>
    table.rows.slice(0, LOOKED_AT).some(row => addressFlaw(row.get(column) ?? '') === null)
  );
  const name = table.columns.find(column => NAME.test(column) && column !== url);
  const folder = isWithin(path, dataset) ? textOfPath(folderOf(path)).slice(textOfPath(dataset).length).replace(/^\//u, '') : '';
  const prefix = folder === '' ? '' : `${folder.replace(/[{}]/gu, '$&$&')}/`;
  return {
    urlFormat: fieldOf(table, url ?? table.columns[0]),
    fileFormat: prefix + (name === undefined ? '{_url_basename}' : fieldOf(table, name))
  };
}

/** How a format names a column: by its number where its name cannot stand in one. */
function fieldOf({ columns, ordered }: ITable, column: string | undefined): string {
  const field = `{${column ?? ''}}`;
  const pieces = parseFormat(field);
  const [piece, ...more] = 'why' in pieces ? [] : pieces;
  const isItself = typeof piece === 'object' && piece.column === column && more.length === 0;
  return isItself || !ordered || column === undefined ? field : `{${columns.indexOf(column)}}`;
}
