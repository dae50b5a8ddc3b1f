import { ContainersView } from '../components/containers/containersView';
import { ContainersModel } from '../models/containersModel';
import { CommandIDs } from '../tokens';
import { datasetName, type IPageOptions, modelPage } from './modelPage';
import type { IPage } from './pageWidget';

/** The containers of a dataset. */
export function containersPage({ datalad, dataset, commands, trans }: IPageOptions): IPage {
  const model = new ContainersModel(datalad, dataset);
  const execute = (command: string, args: object): void => void commands.execute(command, { dataset, ...args });
  return modelPage({
    model,
    label: trans.__('Containers of %1', datasetName(dataset)),
    view: state => (
      <ContainersView
        state={state}
        dataset={dataset}
        name={datasetName(dataset)}
        trans={trans}
        onGet={({ image, dataset: place }) => image !== null && execute(CommandIDs.get, { dataset: place, paths: [image.path] })}
        onAdd={() => execute(CommandIDs.containersAdd, {})}
        onRun={({ name }) => execute(CommandIDs.run, { container: name })}
        onUpdate={({ name }) => execute(CommandIDs.containersAdd, { name, update: true })}
        onRemove={({ name }) => execute(CommandIDs.containersRemove, { name })}
        onRefresh={() => void model.refresh()}
      />
    )
  });
}
