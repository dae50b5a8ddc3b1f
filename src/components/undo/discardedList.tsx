import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useId, useState } from 'react';
import { shownName } from '../../protocol/names';
import { formatSize } from '../../protocol/size';
import type { KeptDiscard } from '../../protocol/undo';
import { CommandIDs } from '../../tokens';
import { formatTime } from '../format';
import type { IPanelActions } from '../types';

export interface IDiscardedListProps {
  kept: readonly KeptDiscard[];
  actions: Pick<IPanelActions, 'execute' | 'removeDiscard'>;
  trans: TranslationBundle;
}

/** What was discarded and is kept: to be brought back, or removed for good. */
export function DiscardedList({ kept, actions, trans }: IDiscardedListProps): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const [now] = useState(() => Date.now());
  const id = useId();
  if (kept.length === 0) {
    return null;
  }
  const Caret = open ? caretDownIcon.react : caretRightIcon.react;
  const bytes = kept.reduce((sum, one) => sum + one.bytes, 0);
  return (
    <div className="jp-Datalad-discarded">
      <button
        type="button"
        className="jp-Datalad-plain jp-Datalad-jobHeading"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <Caret tag="span" className="jp-Datalad-caret" width="16px" />
        <span className="jp-Datalad-jobTitle">{trans.__('Discarded')}</span>
        <span className="jp-Datalad-number">{trans.__('%1 kept, %2', kept.length, formatSize(bytes))}</span>
      </button>
      {open && (
        <ul id={id} className="jp-Datalad-jobs" aria-label={trans.__('Discarded')}>
          {kept.map(one => (
            <Kept key={one.id} kept={one} now={now} actions={actions} trans={trans} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Kept({
  kept,
  now,
  actions,
  trans
}: Omit<IDiscardedListProps, 'kept'> & { kept: KeptDiscard; now: number }): JSX.Element {
  const { id, dataset, names, files, bytes, time, until } = kept;
  const [first = ''] = names;
  const title = files > 1 ? trans._n('%2 and %1 more', '%2 and %1 more', files - 1, shownName(first)) : shownName(first);
  return (
    <li className="jp-Datalad-job">
      <div className="jp-Datalad-jobBody">
        <div className="jp-Datalad-keptTitle" title={names.map(shownName).join('\n')}>
          {title}
        </div>
        <p className="jp-Datalad-dim">
          {[
            formatSize(bytes),
            formatTime(time, now),
            until === undefined
              ? trans.__('kept until you remove it')
              : trans.__('kept until %1', new Date(until).toLocaleDateString())
          ].join(' · ')}
        </p>
        <div className="jp-Datalad-buttons">
          <button
            type="button"
            className="jp-Datalad-button"
            aria-label={trans.__('Bring back %1', title)}
            onClick={() => void actions.execute(CommandIDs.undo, { dataset, job: id })}
          >
            {trans.__('Bring back…')}
          </button>
          <button
            type="button"
            className="jp-Datalad-button"
            aria-label={trans.__('Remove %1 for good', title)}
            onClick={() => actions.removeDiscard(kept)}
          >
            {trans.__('Remove for good…')}
          </button>
        </div>
      </div>
    </li>
  );
}
