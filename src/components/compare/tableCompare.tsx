import type { TranslationBundle } from '@jupyterlab/translation';
import { useMemo } from 'react';
import { formatCount } from '../format';
import { parseTable } from '../../protocol/separated';
import { diffTables, type IRowChange } from './tableDiff';

/** More rows are not drawn. */
const MOST = 500;

export interface ITableCompareProps {
  before: string;
  after: string;
  separator: string;
  trans: TranslationBundle;
}

/** The rows of a table that changed, with the old value of each cell beside the new one. */
export function TableCompare({ before, after, separator, trans }: ITableCompareProps): JSX.Element {
  const { header, changes, same } = useMemo(
    () => diffTables(parseTable(before, separator), parseTable(after, separator)),
    [before, after, separator]
  );
  return (
    <div className="jp-Datalad-compareScroll" tabIndex={0} role="group" aria-label={trans.__('Changed rows')}>
      <p className="jp-Datalad-compareNote">
        {trans._n('%2 row changed', '%2 rows changed', changes.length, formatCount(changes.length))}
        {', '}
        {trans._n('%2 row as before', '%2 rows as before', same, formatCount(same))}
        {changes.length > MOST && `; ${trans.__('the first %1 are shown', MOST)}`}
      </p>
      {changes.length > 0 && (
        <table className="jp-Datalad-compareTable">
          <thead>
            <tr>
              <th scope="col">{trans.__('Row')}</th>
              {header.map((name, at) => (
                <th key={at} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {changes.slice(0, MOST).map((change, at) => (
              <Row key={at} change={change} trans={trans} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Row({ change, trans }: { change: IRowChange; trans: TranslationBundle }): JSX.Element {
  const { from, to, before, after } = change;
  const cells = Math.max(before?.length ?? 0, after?.length ?? 0);
  const sign = before === null ? '+' : after === null ? '−' : '';
  const word = before === null ? trans.__('added') : after === null ? trans.__('removed') : trans.__('changed');
  return (
    <tr data-sign={before === null ? 'added' : after === null ? 'removed' : 'changed'}>
      <th scope="row">
        <span aria-hidden="true">{sign}</span> {to ?? from}
        <span className="jp-Datalad-hiddenText"> {word}</span>
      </th>
      {Array.from({ length: cells }, (_, at) => (
        <Cell key={at} before={before?.[at]} after={after?.[at]} isChanged={before !== null && after !== null} />
      ))}
    </tr>
  );
}

function Cell({ before, after, isChanged }: { before?: string; after?: string; isChanged: boolean }): JSX.Element {
  if (!isChanged || before === after) {
    return <td>{after ?? before}</td>;
  }
  return (
    <td data-changed="">
      {before !== undefined && <del>{before}</del>} {after !== undefined && <ins>{after}</ins>}
    </td>
  );
}
