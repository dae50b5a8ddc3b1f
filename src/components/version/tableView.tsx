import type { TranslationBundle } from '@jupyterlab/translation';
import { useMemo } from 'react';
import { parseTable } from '../../protocol/separated';
import { formatCount } from '../format';

/** More rows and columns are not drawn. */
const MOST_ROWS = 500;
const MOST_COLUMNS = 100;

/** Separated values as a table, the first row being its header. */
export function TableView({
  text,
  separator,
  trans
}: {
  text: string;
  separator: string;
  trans: TranslationBundle;
}): JSX.Element {
  const [header = [], ...rows] = useMemo(() => parseTable(text, separator), [text, separator]);
  const columns = rows.slice(0, MOST_ROWS).reduce((most, row) => Math.max(most, row.length), header.length);
  const cells = (row: readonly string[]): string[] =>
    Array.from({ length: Math.min(columns, MOST_COLUMNS) }, (_, at) => row[at] ?? '');
  return (
    <div className="jp-Datalad-compareScroll" tabIndex={0} role="group" aria-label={trans.__('The table')}>
      <p className="jp-Datalad-compareNote">
        {trans._n('%2 row', '%2 rows', rows.length, formatCount(rows.length))}
        {rows.length > MOST_ROWS && `; ${trans.__('the first %1 are shown', MOST_ROWS)}`}
        {columns > MOST_COLUMNS && `; ${trans.__('of %1 columns the first %2', formatCount(columns), MOST_COLUMNS)}`}
      </p>
      <table className="jp-Datalad-compareTable">
        <thead>
          <tr>
            <th scope="col">{trans.__('Row')}</th>
            {cells(header).map((name, at) => (
              <th key={at} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row, at) => (
            <tr key={at}>
              <th scope="row">{at + 2}</th>
              {cells(row).map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
