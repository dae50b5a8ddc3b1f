import type { TranslationBundle } from '@jupyterlab/translation';
import type { Amount } from '../../protocol/dataset';
import type { Copies, CopyPlace } from '../../protocol/inspect';
import { shownName } from '../../protocol/names';
import { amountSize, formatCount } from '../format';

export interface ICopiesViewProps {
  copies: Copies;
  trans: TranslationBundle;
}

/** Where content is: places that have copies, what is in one place only, and places that only may have it. */
export function CopiesView({ copies, trans }: ICopiesViewProps): JSX.Element {
  const { all, here, places } = copies;
  if (all.files === 0) {
    return (
      <p className="jp-Datalad-text">
        {trans.__('No annexed files here.')} <Subdatasets copies={copies} trans={trans} />
      </p>
    );
  }
  const sure = places.filter(({ counts }) => counts);
  const maybe = places.filter(({ counts }) => !counts);
  return (
    <>
      <Warnings copies={copies} trans={trans} />
      <ul className="jp-Datalad-copies" aria-label={trans.__('Copies')}>
        {here.files > 0 && <Line name={trans.__('here')} amount={here} all={all} trans={trans} />}
        {sure.map(place => (
          <Line key={place.uuid} name={sureName(place, trans)} amount={place.amount} all={all} trans={trans} title={place.uuid} />
        ))}
        {here.files === 0 && sure.length === 0 && <li>{trans.__('No copy is known.')}</li>}
      </ul>
      {maybe.length > 0 && (
        <>
          <p className="jp-Datalad-text jp-Datalad-dim">{trans.__('May be on, which counts for nothing when you drop:')}</p>
          <ul className="jp-Datalad-copies" aria-label={trans.__('May have copies')}>
            {maybe.map(place => (
              <Line
                key={place.uuid}
                name={trans.__('%1, %2', shownName(place.name), reasonOf(place, trans))}
                amount={place.amount}
                all={all}
                trans={trans}
                title={place.uuid}
              />
            ))}
          </ul>
        </>
      )}
      <p className="jp-Datalad-text jp-Datalad-dim">
        {trans.__('As far as was noted and fetched; nobody was asked.')} <Subdatasets copies={copies} trans={trans} />
      </p>
    </>
  );
}

function Subdatasets({ copies, trans }: ICopiesViewProps): JSX.Element | null {
  const { subdatasets } = copies;
  return subdatasets === 0 ? null : (
    <>{trans._n('%1 subdataset is not counted.', '%1 subdatasets are not counted.', subdatasets)}</>
  );
}

/** What one must know before anything is deleted. */
function Warnings({ copies, trans }: ICopiesViewProps): JSX.Element | null {
  const { all, onlyHere, nowhere } = copies;
  const one = all.files === 1;
  const lines = [
    onlyHere.files === 0
      ? ''
      : one
        ? trans.__('Only here: no other copy is known.')
        : trans.__('%1 only here, %2: no other copy is known.', formatCount(onlyHere.files), amountSize(onlyHere, trans)),
    nowhere.files === 0 || one
      ? ''
      : trans.__('%1 not here, and no copy is known, %2.', formatCount(nowhere.files), amountSize(nowhere, trans))
  ].filter(line => line !== '');
  return lines.length === 0 ? null : (
    <ul className="jp-Datalad-copyWarnings">
      {lines.map(line => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

interface ILineProps {
  name: string;
  amount: Amount;
  all: Amount;
  title?: string;
  trans: TranslationBundle;
}

/** `98 of 100 on osf`; of a single file the place alone. */
function Line({ name, amount, all, title, trans }: ILineProps): JSX.Element {
  return (
    <li title={title}>
      <span className="jp-Datalad-rowName">{name}</span>
      {all.files > 1 && (
        <span className="jp-Datalad-number">{trans.__('%1 of %2', formatCount(amount.files), formatCount(all.files))}</span>
      )}
    </li>
  );
}

/** A place with copies. What git-annex always believes has that said; what it asks before it drops, as is usual, has no word. */
function sureName({ name, trust }: CopyPlace, trans: TranslationBundle): string {
  return trust === 'trusted' ? trans.__('%1, trusted: a drop takes its word', shownName(name)) : shownName(name);
}

/** Why what is noted of a place is no copy. */
function reasonOf({ trust, export: isExport }: CopyPlace, trans: TranslationBundle): string {
  if (trust === 'dead') {
    return trans.__('declared dead');
  }
  if (isExport === true) {
    return trans.__('an export: files there may be changed by others');
  }
  return trust === 'untrusted' ? trans.__('not trusted') : trans.__('not known');
}
