import { caretDownIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useId, useState } from 'react';
import type { ISaveOptions } from '../types';

export interface ISaveButtonsProps {
  count: number;
  ready: boolean;
  /** Why it is not ready. */
  reason: string | undefined;
  options: ISaveOptions;
  trans: TranslationBundle;
  onSave(): void;
  onOptions(options: ISaveOptions): void;
}

/** The button that saves, and its rarer ways behind a second one. */
export function SaveButtons({ count, ready, reason, options, trans, onSave, onOptions }: ISaveButtonsProps): JSX.Element {
  const [open, setOpen] = useState(options.toGit || options.amend);
  const id = useId();
  return (
    <>
      <div className="jp-Datalad-buttons">
        <button
          type="button"
          className="jp-Datalad-button jp-mod-primary"
          aria-disabled={!ready}
          aria-label={trans.__('Save')}
          aria-description={reason ?? trans._n('%1 file', '%1 files', count)}
          title={reason ?? trans.__('Ctrl+Enter in the message')}
          onClick={ready ? onSave : undefined}
        >
          {trans._n('Save %1 file', 'Save %1 files', count)}
        </button>
        <button
          type="button"
          className="jp-Datalad-button"
          aria-label={trans.__('Options')}
          title={trans.__('Options')}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => setOpen(!open)}
        >
          <caretDownIcon.react tag="span" width="14px" height="14px" />
        </button>
      </div>
      {open && (
        <fieldset id={id} className="jp-Datalad-options">
          <legend className="jp-Datalad-hiddenText">{trans.__('Options')}</legend>
          <Option
            label={trans.__('Keep in Git, not in the annex')}
            on={options.toGit}
            onChange={toGit => onOptions({ ...options, toGit })}
          />
          <Option
            label={trans.__('Amend the last save')}
            on={options.amend}
            onChange={amend => onOptions({ ...options, amend })}
          />
        </fieldset>
      )}
    </>
  );
}

function Option({ label, on, onChange }: { label: string; on: boolean; onChange(on: boolean): void }): JSX.Element {
  return (
    <label className="jp-Datalad-option">
      <input type="checkbox" checked={on} onChange={event => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
}
