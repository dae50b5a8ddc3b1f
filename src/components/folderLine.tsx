import type { LabIcon } from '@jupyterlab/ui-components';
import type { ReactNode } from 'react';
import type { Row } from '../protocol/dataset';
import { shownName } from '../protocol/names';
import type { IPanelActions } from './types';

export interface IFolderLineProps {
  row: Row;
  icon: LabIcon;
  tabIndex: 0 | -1;
  onOpen: IPanelActions['openFolder'];
  /** What there is to say of it, behind its name. */
  children: ReactNode;
}

/** One folder or dataset of a list, which a click opens. */
export function FolderLine({ row, icon, tabIndex, onOpen, children }: IFolderLineProps): JSX.Element {
  const Icon = icon.react;
  return (
    <div className="jp-Datalad-folderRow">
      <Icon tag="span" width="16px" height="16px" className="jp-Datalad-rowIcon" />
      <button
        type="button"
        className="jp-Datalad-plain jp-Datalad-rowButton"
        data-roving=""
        tabIndex={tabIndex}
        title={shownName(row.path)}
        onClick={() => onOpen(row.path)}
      >
        {shownName(row.name)}
      </button>
      {children}
    </div>
  );
}
