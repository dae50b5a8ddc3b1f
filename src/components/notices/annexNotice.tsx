import type { TranslationBundle } from '@jupyterlab/translation';
import type { DatasetRef } from '../../protocol/dataset';

/** Says what a repository without a working annex cannot do; nothing for ordinary datasets. */
export function AnnexNotice({ annex, trans }: { annex: DatasetRef['annex']; trans: TranslationBundle }): JSX.Element | null {
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
    </div>
  );
}
