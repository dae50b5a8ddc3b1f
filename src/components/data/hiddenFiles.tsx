import { fileIcon, folderIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useState } from 'react';
import type { Row, Totals } from '../../protocol/dataset';
import type { ContentsPath } from '../../protocol/paths';
import { formatSize } from '../../protocol/size';
import { CommandIDs } from '../../tokens';
import { formatCount } from '../format';
import type { IPanelActions } from '../types';
import { relativeName } from '../names';
import { VirtualList } from '../virtualList';
import { useHidden } from './useHidden';
import { shownName } from '../../protocol/names';

export interface IHiddenFilesProps {
  dataset: ContentsPath;
  /** The folder in view, where the list starts; another one needs another element. */
  folder: ContentsPath;
  totals: Totals;
  actions: Pick<IPanelActions, 'execute' | 'hidden'>;
  trans: TranslationBundle;
}

/**
 * Files that the branch leaves out of the folder in view, since they are not here, each with a button that gets it. Folders of which
 * nothing is here are not in the file browser at all, so the list leads into them by itself.
 */
export function HiddenFiles({ dataset, folder, totals, actions, trans }: IHiddenFilesProps): JSX.Element | null {
  // Not by its path: that of a folder whose name is no UTF-8 does not tell the one around it.
  const [trail, setTrail] = useState<readonly ContentsPath[]>([]);
  const at = trail.at(-1) ?? folder;
  const listing = useHidden(at, totals, actions);
  if (listing === null || (listing.rows.length === 0 && at === folder)) {
    return null;
  }
  const get = ({ path, kind }: Row): void =>
    void actions.execute(CommandIDs.get, { dataset, paths: [path], ...(kind === 'directory' ? { ask: true } : {}) });
  return (
    <div className="jp-Datalad-hidden">
      <p className="jp-Datalad-text">
        {at !== folder && (
          <button
            type="button"
            className="jp-Datalad-button"
            aria-label={trans.__('Up to %1', nameFor(trail.at(-2) ?? folder, dataset))}
            onClick={() => setTrail(trail.slice(0, -1))}
          >
            ..
          </button>
        )}{' '}
        {at === folder
          ? trans.__('Not here, and hidden from this folder by the branch:')
          : trans.__('Not here, in %1:', relativeName(at, folder))}
      </p>
      <VirtualList
        items={listing.rows}
        label={trans.__('Hidden files')}
        keyOf={row => row.path}
        row={(row, tabIndex) => (
          <HiddenRow row={row} tabIndex={tabIndex} trans={trans} onGet={get} onEnter={path => setTrail([...trail, path])} />
        )}
      />
      {listing.truncated && (
        <p className="jp-Datalad-text jp-Datalad-dim">
          {trans.__('Only the first %1 are listed.', formatCount(listing.rows.length))}
        </p>
      )}
    </div>
  );
}

interface IHiddenRowProps {
  row: Row;
  tabIndex: 0 | -1;
  trans: TranslationBundle;
  onGet(row: Row): void;
  onEnter(folder: ContentsPath): void;
}

function HiddenRow({ row, tabIndex, trans, onGet, onEnter }: IHiddenRowProps): JSX.Element {
  const isFolder = row.kind === 'directory';
  const Icon = isFolder ? folderIcon.react : fileIcon.react;
  // Its content came by another program: only the folder does not show it yet.
  const came = row.here === 'yes';
  return (
    <div className="jp-Datalad-folderRow" title={shownName(row.path)}>
      <Icon tag="span" width="16px" height="16px" className="jp-Datalad-rowIcon" />
      {isFolder ? (
        <button
          type="button"
          className="jp-Datalad-plain jp-Datalad-rowButton"
          data-roving=""
          tabIndex={tabIndex}
          onClick={() => onEnter(row.path)}
        >
          {shownName(row.name)}
        </button>
      ) : (
        <span className="jp-Datalad-rowName">{shownName(row.name)}</span>
      )}
      <span className="jp-Datalad-number">{amountWords(row, trans)}</span>
      <button
        type="button"
        className="jp-Datalad-button"
        tabIndex={tabIndex}
        aria-label={came ? trans.__('Show %1', shownName(row.name)) : trans.__('Get %1', shownName(row.name))}
        onClick={() => onGet(row)}
        {...(isFolder ? {} : { 'data-roving': '' })}
      >
        {came ? trans.__('Show') : isFolder ? trans.__('Get…') : trans.__('Get')}
      </button>
    </div>
  );
}

function amountWords({ below, bytes }: Row, trans: TranslationBundle): string {
  const size = bytes === undefined ? trans.__('size not known') : formatSize(bytes);
  return below === undefined ? size : trans._n('%2 file, %3', '%2 files, %3', below.files, formatCount(below.files), size);
}

function nameFor(folder: ContentsPath, dataset: ContentsPath): string {
  return shownName(folder === '' ? dataset : folder);
}
