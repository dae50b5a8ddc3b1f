import { ellipsesIcon, refreshIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { DatasetRef } from '../protocol/dataset';
import { shownName } from '../protocol/names';
import { CommandIDs, type ICurrentState } from '../tokens';
import { IconButton } from './iconButton';
import { pinIcon } from './icons';
import { branchWords, Distance, isUnread, StatusLine } from './statusLine';
import type { IPanelActions, SectionName } from './types';

export interface IHeaderProps {
  state: ICurrentState;
  actions: Pick<IPanelActions, 'execute' | 'openFolder' | 'openMenu' | 'pin' | 'refresh'>;
  trans: TranslationBundle;
  onShow(section: SectionName): void;
}

/** Name of the dataset, the datasets around it, and one line that says how it is. */
export function Header({ state, actions, trans, onShow }: IHeaderProps): JSX.Element {
  const { summary } = state;
  const branch = summary === null || isUnread(summary, 'branch') ? undefined : branchWords(summary.branch, trans);
  return (
    <div className="jp-Datalad-header">
      {summary !== null && <Breadcrumb around={summary.superdatasets} trans={trans} onOpen={actions.openFolder} />}
      <div className="jp-Datalad-titleLine">
        <div className="jp-Datalad-titleNames">
          <Title state={state} trans={trans} onOpen={actions.openFolder} />
          {branch !== undefined && (
            <button
              type="button"
              className="jp-Datalad-branch"
              title={trans.__('Branch %1', branch)}
              aria-label={trans.__('Branch %1: show branches and tags', branch)}
              onClick={() => void actions.execute(CommandIDs.switchBranch, { dataset: summary?.dataset.path ?? '' })}
            >
              {branch}
            </button>
          )}
        </div>
        {summary !== null && <Distance siblings={summary.siblings} trans={trans} />}
        <IconButton icon={refreshIcon} label={trans.__('Refresh')} onClick={() => actions.refresh()} />
        {summary !== null && (
          <IconButton
            icon={pinIcon}
            label={trans.__('Stay with this dataset')}
            pressed={state.pinned}
            onClick={() => actions.pin(state.pinned ? null : summary.dataset.path)}
          />
        )}
        <IconButton
          icon={ellipsesIcon}
          label={trans.__('More DataLad commands')}
          hasMenu
          onClick={event => actions.openMenu(event.currentTarget)}
        />
      </div>
      <StatusLine state={state} trans={trans} onShow={onShow} />
    </div>
  );
}

function Title({
  state,
  trans,
  onOpen
}: Pick<IHeaderProps, 'state' | 'trans'> & { onOpen: IPanelActions['openFolder'] }): JSX.Element {
  const { summary, phase } = state;
  if (summary === null) {
    return (
      <h2 className="jp-Datalad-title jp-mod-plain">{phase === 'none' ? trans.__('No dataset here') : trans.__('DataLad')}</h2>
    );
  }
  const { path, name } = summary.dataset;
  return (
    <h2 className="jp-Datalad-title">
      <FolderLink path={path} name={shownName(name)} tooltip={shownName(path)} onOpen={onOpen} />
    </h2>
  );
}

interface IBreadcrumbProps {
  around: readonly DatasetRef[];
  trans: TranslationBundle;
  onOpen: IPanelActions['openFolder'];
}

function Breadcrumb({ around, trans, onOpen }: IBreadcrumbProps): JSX.Element | null {
  if (around.length === 0) {
    return null;
  }
  return (
    <nav className="jp-Datalad-breadcrumb" aria-label={trans.__('Datasets around this one')}>
      <ol>
        {around.map(({ path, name }) => (
          <li key={path}>
            <FolderLink path={path} name={shownName(name)} tooltip={shownName(path)} onOpen={onOpen} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface IFolderLinkProps {
  path: DatasetRef['path'];
  name: string;
  tooltip: string;
  onOpen: IPanelActions['openFolder'];
}

function FolderLink({ path, name, tooltip, onOpen }: IFolderLinkProps): JSX.Element {
  return (
    <a
      href={`#${encodeURI(path)}`}
      className="jp-Datalad-link"
      title={tooltip}
      onClick={event => {
        event.preventDefault();
        onOpen(path);
      }}
    >
      {name}
    </a>
  );
}
