import type { TranslationBundle } from '@jupyterlab/translation';
import type { Summary, Totals } from '../protocol/dataset';
import { changeCount } from './statusLine';
import { amountSize, formatCount } from './format';
import { cloudIcon, dataladIcon } from './icons';
import { shownName } from '../protocol/names';

export interface IStatusEntryProps {
  summary: Summary;
  totals: Totals | null;
  trans: TranslationBundle;
  onOpen(): void;
}

/** `⛁ study ● 3 ☁ 12`: a button to the panel, with the same in words. */
export function StatusEntry({ summary, totals, trans, onOpen }: IStatusEntryProps): JSX.Element {
  const unsaved = summary.changes.length;
  const absent = totals?.notHere.files ?? 0;
  const words = [
    trans.__('DataLad: %1', shownName(summary.dataset.name)),
    unsaved > 0 ? trans.__('%1 unsaved', changeCount(summary)) : trans.__('everything saved'),
    totals !== null && absent > 0 ? trans.__('%1 not here, %2', formatCount(absent), amountSize(totals.notHere, trans)) : ''
  ].filter(part => part !== '');
  return (
    <button
      type="button"
      className="jp-Datalad-statusEntry"
      aria-label={words.join(', ')}
      title={words.join('\n')}
      onClick={onOpen}
    >
      <dataladIcon.react tag="span" width="14px" height="14px" className="jp-Datalad-chipIcon" />
      <span className="jp-Datalad-statusName">{shownName(summary.dataset.name)}</span>
      {unsaved > 0 && <span>● {changeCount(summary)}</span>}
      {absent > 0 && (
        <span className="jp-Datalad-chip">
          <cloudIcon.react tag="span" width="14px" height="14px" className="jp-Datalad-chipIcon" /> {formatCount(absent)}
          {totals?.counting === true && '…'}
        </span>
      )}
    </button>
  );
}
