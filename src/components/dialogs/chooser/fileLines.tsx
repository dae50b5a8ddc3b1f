import type { TranslationBundle } from '@jupyterlab/translation';
import { type ReactElement, useCallback, useId, useRef, useState } from 'react';
import { useOwnEnter } from '../../help/useOwnEnter';
import type { IFileChoice } from '../runQuestions';
import { FileChooser } from './fileChooser';
import type { FilesKind } from './tickedFiles';

/** Lines that are seen at once. */
const [FEWEST, MOST] = [2, 6];

export interface IFileLinesProps {
  kind: FilesKind;
  label: string;
  files: IFileChoice;
  /** As typed: where the command runs, relative to the dataset. */
  folder: string;
  value: readonly string[];
  trans: TranslationBundle;
  onChange(lines: readonly string[]): void;
}

/** Files and patterns, one on each line: typed, or ticked in a tree that unfolds above them. Both change the same lines. */
export function FileLines({ kind, label, files, folder, value, trans, onChange }: IFileLinesProps): ReactElement {
  const id = useId();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => {
    setOpen(false);
    button.current?.focus();
  }, []);
  const inside = useOwnEnter<HTMLDivElement>(close);
  return (
    <div className="jp-Datalad-form-field">
      <div className="jp-Datalad-fieldHead">
        <label id={`${id}-label`} htmlFor={id}>
          {label}
        </label>
        <button
          ref={button}
          id={`${id}-button`}
          type="button"
          className="jp-Datalad-button"
          aria-expanded={open}
          aria-controls={open ? `${id}-files` : undefined}
          aria-labelledby={`${id}-button ${id}-label`}
          onClick={() => setOpen(!open)}
        >
          {trans.__('Choose files…')}
        </button>
      </div>
      <div id={`${id}-files`} ref={inside} hidden={!open}>
        {open && <FileChooser {...{ kind, files, folder, trans, onChange }} lines={value} />}
      </div>
      <textarea
        id={id}
        className="jp-mod-styled"
        rows={Math.min(MOST, Math.max(FEWEST, value.length))}
        value={value.join('\n')}
        spellCheck={false}
        onChange={event => onChange(event.target.value.split('\n'))}
      />
    </div>
  );
}
