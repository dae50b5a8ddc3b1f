import type { TranslationBundle } from '@jupyterlab/translation';
import type { ChangedFile } from '../../protocol/dataset';
import { dirtySubdatasets } from './selection';

export interface ISubdatasetHintProps {
  changes: readonly ChangedFile[];
  recursive: boolean;
  trans: TranslationBundle;
  onChange(recursive: boolean): void;
}

/** The tick for a recursive save; there only where a subdataset has changes that would stay behind. */
export function SubdatasetHint({ changes, recursive, trans, onChange }: ISubdatasetHintProps): JSX.Element | null {
  const dirty = dirtySubdatasets(changes);
  if (dirty.length === 0) {
    return null;
  }
  const names = dirty.slice(0, 3).map(({ name }) => name);
  const list = dirty.length > names.length ? `${names.join(', ')}, …` : names.join(', ');
  return (
    <div className="jp-Datalad-hint">
      <label className="jp-Datalad-option">
        <input type="checkbox" checked={recursive} onChange={event => onChange(event.currentTarget.checked)} />
        {trans.__('Save in subdatasets, too')}
      </label>
      {!recursive && <p className="jp-Datalad-dim">{trans.__('Unsaved files inside %1 would stay behind.', list)}</p>}
    </div>
  );
}
