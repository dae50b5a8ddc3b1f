import { folderIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Row } from '../../protocol/dataset';
import { FolderLine } from '../folderLine';
import { formatShare } from '../format';
import { datasetAbsentIcon, datasetIcon } from '../icons';
import type { IPanelActions } from '../types';
import { VirtualList } from '../virtualList';
import { ShareBar } from './shareBar';
import { shownName } from '../../protocol/names';

export interface IFolderRowsProps {
  rows: readonly Row[];
  trans: TranslationBundle;
  onOpen: IPanelActions['openFolder'];
}

/** Folders and subdatasets of the folder in view with what is here of each. */
export function FolderRows({ rows, trans, onOpen }: IFolderRowsProps): JSX.Element | null {
  const folders = rows.filter(row => row.below !== undefined || row.kind === 'dataset-absent');
  if (folders.length === 0) {
    return null;
  }
  return (
    <VirtualList
      items={folders}
      label={trans.__('Folders')}
      keyOf={row => row.path}
      row={(row, tabIndex) => (
        <FolderLine row={row} icon={iconOf(row)} tabIndex={tabIndex} onOpen={onOpen}>
          <Share row={row} trans={trans} />
        </FolderLine>
      )}
    />
  );
}

function Share({ row, trans }: { row: Row; trans: TranslationBundle }): JSX.Element {
  if (row.below === undefined) {
    return <span className="jp-Datalad-number">{trans.__('not installed')}</span>;
  }
  const { bytesHere } = row.below;
  const bytes = row.bytes ?? bytesHere;
  return (
    <>
      <ShareBar part={bytesHere} whole={bytes} label={trans.__('Content here of %1', shownName(row.name))} trans={trans} />
      <span className="jp-Datalad-number">
        {formatShare(bytesHere, bytes, trans)}
        {row.counting && '…'}
      </span>
    </>
  );
}

function iconOf({ kind }: Row): typeof datasetIcon {
  switch (kind) {
    case 'dataset':
      return datasetIcon;
    case 'dataset-absent':
      return datasetAbsentIcon;
    default:
      return folderIcon;
  }
}
