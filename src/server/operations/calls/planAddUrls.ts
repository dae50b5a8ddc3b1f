import type { ParsedCallInput } from '../../../protocol/contract';
import type { UrlRow, UrlTablePlan } from '../../../protocol/urlTable';
import { withoutQuerySecrets } from '../../dataset/inspect/urlSecrets';
import { type ILook, lookAtTable } from '../urlTables/look';
import type { IExpanded } from '../urlTables/expand';

/** Rows that are told of, of each kind. */
const SHOWN = 20;
/** Letters of one cell, and columns, that anybody reads. */
const LONGEST = 300;
const MOST_COLUMNS = 200;

/** What would be downloaded by a table, row by row. */
export async function planAddUrls(input: ParsedCallInput<'planAddUrls'>, options: ILook): Promise<UrlTablePlan> {
  const { table, rows, empty, flaw, urlFormat, fileFormat } = await lookAtTable(input, options);
  const isPresent = (row: IExpanded): boolean => input.ifExists === 'skip' && row.flaw === 'taken';
  const present = rows.filter(isPresent).length;
  const flawed = rows.filter(row => row.flaw !== null && !isPresent(row));
  return {
    columns: table.columns.slice(0, MOST_COLUMNS).map(column => column.slice(0, LONGEST)),
    ordered: table.ordered,
    urlFormat,
    fileFormat,
    flaw,
    rows: table.rows.length,
    empty,
    present,
    files: rows.length - present - flawed.length,
    flawed: flawed.length,
    first: rows.slice(0, SHOWN).map(asShown),
    flaws: flawed.slice(0, SHOWN).map(asShown)
  };
}

function asShown({ row, url, file, flaw }: IExpanded): UrlRow {
  return { row, url: withoutQuerySecrets(url).url.slice(0, LONGEST), file: file.slice(0, LONGEST), flaw };
}
