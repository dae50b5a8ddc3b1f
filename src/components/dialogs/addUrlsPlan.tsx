import type { TranslationBundle } from '@jupyterlab/translation';
import { type ReactElement, useEffect, useRef } from 'react';
import type { Failure } from '../../protocol/failure';
import { shownName } from '../../protocol/names';
import type { UrlRow, UrlTablePlan } from '../../protocol/urlTable';
import { rowWords } from '../failures/rowWords';
import { failureWords } from '../failures/words';
import { visible } from '../trust/visible';

/** Rows with a flaw that are shown. */
const MOST_FLAWS = 5;

interface IUrlPlanViewProps {
  plan: UrlTablePlan | null;
  failure: Failure | null;
  trans: TranslationBundle;
}

/** What would be downloaded to where, and what stands against it. */
export function UrlPlanView({ plan, failure, trans }: IUrlPlanViewProps): ReactElement {
  const view = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A dialog looks for what is wrong on input events only.
    view.current?.dispatchEvent(new Event('input', { bubbles: true }));
  }, [plan, failure]);
  const words = failure === null ? null : failureWords(failure, { trans, names: [] });
  const nothing = plan !== null && plan.flaw === null && plan.files === 0 && plan.flawed === 0;
  return (
    <div className="jp-Datalad-urlPlan" ref={view}>
      <p role="status">{plan === null || plan.flaw !== null ? '' : countsOf(plan, trans).join(' · ')}</p>
      {words !== null && (
        <p className="jp-Datalad-form-error jp-mod-error" role="alert">
          {`${words.title} ${words.text}`}
        </p>
      )}
      {nothing && (
        <p className="jp-Datalad-form-error jp-mod-error" role="alert">
          {trans.__('There is nothing to download.')}
        </p>
      )}
      {plan !== null && plan.flawed > 0 && (
        <div role="alert">
          <Flaws plan={plan} trans={trans} />
        </div>
      )}
      {plan !== null && plan.first.length > 0 && <Rows plan={plan} trans={trans} />}
    </div>
  );
}

function countsOf({ files, present, empty }: UrlTablePlan, trans: TranslationBundle): string[] {
  return [
    trans._n('%1 file to download', '%1 files to download', files),
    ...(present === 0 ? [] : [trans._n('%1 is there already', '%1 are there already', present)]),
    ...(empty === 0 ? [] : [trans._n('%1 row without an address', '%1 rows without an address', empty)])
  ];
}

/** One wrong row keeps all from being downloaded. */
function Flaws({ plan, trans }: { plan: UrlTablePlan; trans: TranslationBundle }): ReactElement {
  const shown = plan.flaws.slice(0, MOST_FLAWS);
  const more = plan.flawed - shown.length;
  return (
    <ul aria-label={trans.__('What keeps it from being downloaded')} className="jp-Datalad-form-error jp-mod-error">
      {shown.map(row => (
        <li key={row.row}>
          {trans.__('Row %1:', row.row)} {flawWords(row, trans)}
        </li>
      ))}
      {more > 0 && <li>{trans._n('and %1 more row', 'and %1 more rows', more)}</li>}
    </ul>
  );
}

function flawWords({ flaw, url, file }: UrlRow, trans: TranslationBundle): string {
  const named = file === '' ? url : file;
  const words = flaw === null ? '' : rowWords(flaw, trans);
  return named === '' ? words : `${words} ${visible(named)}`;
}

function Rows({ plan, trans }: { plan: UrlTablePlan; trans: TranslationBundle }): ReactElement {
  const rest = plan.rows - plan.empty - plan.first.length;
  return (
    <div className="jp-Datalad-urlRows" tabIndex={0} role="group" aria-label={trans.__('The first rows')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{trans.__('File')}</th>
            <th scope="col">{trans.__('Address')}</th>
          </tr>
        </thead>
        <tbody>
          {plan.first.map(({ row, file, url }) => (
            <tr key={row}>
              <td>{shownName(file)}</td>
              <td>{visible(url)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && <p>{trans._n('and %1 more row', 'and %1 more rows', rest)}</p>}
    </div>
  );
}
