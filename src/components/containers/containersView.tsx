import type { TranslationBundle } from '@jupyterlab/translation';
import type { IContainersState } from '../../models/containersModel';
import type { ContentsPath } from '../../protocol/paths';
import { FailureBlock } from '../failures/failureBlock';
import { ContainerItem, type IContainerActions } from './containerItem';

export interface IContainersViewProps extends IContainerActions {
  state: IContainersState;
  dataset: ContentsPath;
  /** The dataset, for people. */
  name: string;
  trans: TranslationBundle;
  onAdd(): void;
  onRefresh(): void;
}

/** The containers of a dataset and of the subdatasets that are installed below it. */
export function ContainersView({ state, dataset, name, trans, onAdd, onRefresh, ...actions }: IContainersViewProps): JSX.Element {
  const { found, failure } = state;
  return (
    <div className="jp-Datalad-page">
      <div className="jp-Datalad-pageHeader">
        <h2>{trans.__('Containers of %1', name)}</h2>
        <div className="jp-Datalad-buttons">
          <button type="button" className="jp-Datalad-button" onClick={onAdd}>
            {trans.__('Add a container…')}
          </button>
        </div>
      </div>
      <p className="jp-Datalad-dim">
        {trans.__(
          'A container is an image with the programs that a command needs. It is registered in a dataset, so that whoever clones the dataset can run the command again.'
        )}
      </p>
      {failure !== null && <FailureBlock failure={failure} trans={trans} canRetry={false} onAction={onRefresh} />}
      {found === null && failure === null && <p>{trans.__('Reading…')}</p>}
      {found?.containers.length === 0 && <p>{trans.__('No container is registered here, nor in an installed subdataset.')}</p>}
      <ul className="jp-Datalad-containers" aria-label={trans.__('Containers')}>
        {found?.containers.map(container => (
          <ContainerItem key={container.name} container={container} dataset={dataset} trans={trans} {...actions} />
        ))}
      </ul>
      {found?.truncated === true && (
        <p>{trans.__('More subdatasets are installed than were looked into: there may be more containers.')}</p>
      )}
    </div>
  );
}
