import { ContainersView } from '../components/containers/containersView';
import { ContainersModel } from '../models/containersModel';
import { CommandIDs } from '../tokens';
import type { IPage } from './pageWidget';
import { type IPageOptions, nameOf } from './rulesPage';
import { useModel } from './useModel';

/** The containers of a dataset. */
export function containersPage(options: IPageOptions): IPage {
  const { datalad, dataset, trans } = options;
  const model = new ContainersModel(datalad, dataset);
  return {
    model,
    label: trans.__('Containers of %1', nameOf(dataset)),
    render: active => <Connected {...options} model={model} active={active} />
  };
}

function Connected({
  model,
  dataset,
  commands,
  trans,
  active
}: IPageOptions & { model: ContainersModel; active: boolean }): JSX.Element {
  const state = useModel(model, ({ state: current }) => current, active);
  return (
    <ContainersView
      state={state}
      dataset={dataset}
      name={nameOf(dataset)}
      trans={trans}
      onGet={({ image, dataset: place }) =>
        image !== null && void commands.execute(CommandIDs.get, { dataset: place, paths: [image.path] })
      }
      onAdd={() => void commands.execute(CommandIDs.containersAdd, { dataset })}
      onRun={({ name }) => void commands.execute(CommandIDs.run, { dataset, container: name })}
      onUpdate={({ name }) => void commands.execute(CommandIDs.containersAdd, { dataset, name, update: true })}
      onRemove={({ name }) => void commands.execute(CommandIDs.containersRemove, { dataset, name })}
      onRefresh={() => void model.refresh()}
    />
  );
}
