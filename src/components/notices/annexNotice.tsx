import type { TranslationBundle } from '@jupyterlab/translation';
import type { DatasetRef } from '../../protocol/dataset';

export interface IAnnexNoticeProps {
  annex: DatasetRef['annex'];
  trans: TranslationBundle;
  /** Makes it a dataset; absent where it is one. */
  onMake?: () => void;
}

/** Says what a repository without a working annex cannot do; nothing for ordinary datasets. */
export function AnnexNotice({ annex, trans, onMake }: IAnnexNoticeProps): JSX.Element | null {
  if (annex === 'ready' || annex === 'unknown') {
    return null;
  }
  return (
    <div className="jp-Datalad-note" data-gravity="info">
      <strong className="jp-Datalad-noteTitle">
        {annex === 'none' ? trans.__('Git repository without an annex') : trans.__('The annex is not set up in this clone yet')}
      </strong>
      <p>
        {annex === 'none'
          ? trans.__('Changes can be saved here; large files go into Git itself.')
          : trans.__('It was cloned with Git alone. The first get sets it up.')}
      </p>
      {annex === 'none' && onMake !== undefined && (
        <div className="jp-Datalad-buttons">
          <button type="button" className="jp-Datalad-button" onClick={onMake}>
            {trans.__('Make it a dataset…')}
          </button>
        </div>
      )}
    </div>
  );
}
