import type { TranslationBundle } from '@jupyterlab/translation';
import { hidesMissing, type Listing, type Summary, type Totals } from '../../protocol/dataset';
import type { ContentsPath } from '../../protocol/paths';
import { formatSize } from '../../protocol/size';
import { CommandIDs } from '../../tokens';
import { amountSize, formatCount, formatPart } from '../format';
import { isUnread } from '../statusLine';
import type { IPanelActions } from '../types';
import { CopiesFold } from './copiesFold';
import { FolderRows } from './folderRows';
import { HiddenFiles } from './hiddenFiles';
import { ShareBar } from './shareBar';

export interface IDataSectionProps {
  summary: Summary;
  totals: Totals | null;
  listing: Listing | undefined;
  /** The folder in view. */
  folder: ContentsPath;
  actions: Pick<IPanelActions, 'execute' | 'openFolder' | 'hidden' | 'copies'>;
  trans: TranslationBundle;
}

/** How much of the annexed content is here, folder by folder, and the buttons to change that. */
export function DataSection({ summary, totals, listing, folder, actions, trans }: IDataSectionProps): JSX.Element {
  if (totals?.counting !== false && isUnread(summary, 'changes')) {
    return <p className="jp-Datalad-text">{trans.__('Content could not be counted; above it says why.')}</p>;
  }
  if (totals === null) {
    return <p className="jp-Datalad-text jp-Datalad-dim">{trans.__('Counting…')}</p>;
  }
  const { here, notHere, counting } = totals;
  if (here.files + notHere.files === 0) {
    return (
      <>
        <p className="jp-Datalad-text">{counting ? trans.__('Counting…') : trans.__('No files in the annex yet.')}</p>
        <LeftOut count={summary.leftOut} trans={trans} />
      </>
    );
  }
  const { path } = summary.dataset;
  const all = here.files + notHere.files;
  const args = { dataset: path, paths: [path], ask: true };
  return (
    <>
      <div className="jp-Datalad-total">
        <ShareBar part={here.bytes} whole={here.bytes + notHere.bytes} label={trans.__('Content here')} trans={trans} />
        <p className="jp-Datalad-dim">
          {trans._n('%2 of %3 file here', '%2 of %3 files here', all, formatCount(here.files), formatCount(all))}
          {counting && ` · ${trans.__('counting…')}`}
          {totals.unread !== undefined &&
            ` · ${trans._n('%1 file could not be read', '%1 files could not be read', totals.unread)}`}
        </p>
      </div>
      {listing !== undefined && <FolderRows rows={listing.rows} trans={trans} onOpen={actions.openFolder} />}
      <LeftOut count={summary.leftOut} trans={trans} />
      {hidesMissing(summary.branch) && (
        <HiddenFiles key={`hidden:${folder}`} dataset={path} folder={folder} totals={totals} actions={actions} trans={trans} />
      )}
      <CopiesFold key={`copies:${path}`} dataset={path} folder={folder} totals={totals} actions={actions} trans={trans} />
      <div className="jp-Datalad-buttons">
        {notHere.files > 0 && (
          <button type="button" className="jp-Datalad-button" onClick={() => void actions.execute(CommandIDs.get, args)}>
            {trans.__('Get… %1', amountSize(notHere, trans))}
          </button>
        )}
        {here.files > 0 && (
          <button type="button" className="jp-Datalad-button" onClick={() => void actions.execute(CommandIDs.drop, args)}>
            {trans.__('Drop… frees %1', formatSize(here.bytes))}
          </button>
        )}
      </div>
    </>
  );
}

/** How much a sparse checkout keeps out of the folder: the totals count it, but the file browser does not list it. */
function LeftOut({ count, trans }: { count: number | undefined; trans: TranslationBundle }): JSX.Element | null {
  return count === undefined ? null : (
    <p className="jp-Datalad-text jp-Datalad-dim">
      {trans._n(
        '%2 file is left out of the folder by a sparse checkout. “git sparse-checkout add” in a terminal brings folders in.',
        '%2 files are left out of the folder by a sparse checkout. “git sparse-checkout add” in a terminal brings folders in.',
        count,
        formatCount(count)
      )}
    </p>
  );
}

/** `3.1 MB of 1.2 GB here`, for the heading. */
export function dataDetail(totals: Totals | null, trans: TranslationBundle): string | undefined {
  if (totals === null || totals.here.files + totals.notHere.files === 0) {
    return undefined;
  }
  const part = formatPart(totals.here.bytes, totals.here.bytes + totals.notHere.bytes, trans);
  return totals.counting ? trans.__('%1 here…', part) : trans.__('%1 here', part);
}
