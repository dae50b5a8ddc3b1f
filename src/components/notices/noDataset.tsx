import type { TranslationBundle } from '@jupyterlab/translation';
import type { Listing, Row } from '../../protocol/dataset';
import { isEnded, type Job } from '../../protocol/job';
import { CommandIDs } from '../../tokens';
import { changeWords } from '../changes/changeRow';
import { FolderLine } from '../folderLine';
import { datasetAbsentIcon, datasetIcon } from '../icons';
import { makerOf } from '../jobs';
import type { IPanelActions } from '../types';
import { VirtualList } from '../virtualList';

export interface INoDatasetProps {
  listing: Listing | undefined;
  jobs: readonly Job[];
  actions: Pick<IPanelActions, 'execute' | 'openFolder'>;
  trans: TranslationBundle;
}

/** What an ordinary folder offers: what a dataset is, three ways to one, and the datasets next door. */
export function NoDataset({ listing, jobs, actions, trans }: INoDatasetProps): JSX.Element {
  const nearby = listing?.rows.filter(row => row.kind === 'dataset') ?? [];
  return (
    <div className="jp-Datalad-empty">
      <p>{trans.__('A dataset keeps every version of your files, knows where large ones are, and how results were made.')}</p>
      <div className="jp-Datalad-buttons jp-mod-column">
        <button
          type="button"
          className="jp-Datalad-button jp-mod-primary"
          onClick={() => void actions.execute(CommandIDs.create)}
        >
          {trans.__('Create a dataset here')}
        </button>
        <button type="button" className="jp-Datalad-button" onClick={() => void actions.execute(CommandIDs.clone)}>
          {trans.__('Clone a dataset…')}
        </button>
        <button type="button" className="jp-Datalad-button" onClick={() => void actions.execute(CommandIDs.createExample)}>
          {trans.__('Try a small example dataset')}
        </button>
      </div>
      {nearby.length > 0 && (
        <>
          <h3 className="jp-Datalad-subheading">{trans.__('Nearby')}</h3>
          <VirtualList
            items={nearby}
            label={trans.__('Datasets nearby')}
            keyOf={row => row.path}
            row={(row, tabIndex) => {
              const maker = makerOf(row.path, jobs);
              return (
                <FolderLine
                  row={row}
                  icon={maker === undefined ? datasetIcon : datasetAbsentIcon}
                  tabIndex={tabIndex}
                  onOpen={actions.openFolder}
                >
                  <span className="jp-Datalad-number">{stateWords(row, maker, trans)}</span>
                </FolderLine>
              );
            }}
          />
        </>
      )}
    </div>
  );
}

/** `maker`: the job that has not finished it yet. */
function stateWords({ change, unread, untrusted }: Row, maker: Job | undefined, trans: TranslationBundle): string {
  if (maker !== undefined) {
    return isEnded(maker) ? trans.__('not complete') : trans.__('not complete yet');
  }
  if (unread === true) {
    return trans.__('could not be read');
  }
  if (untrusted === true) {
    return trans.__('not trusted');
  }
  return change === undefined ? trans.__('saved') : changeWords(change, trans);
}
