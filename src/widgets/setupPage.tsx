import { Clipboard } from '@jupyterlab/apputils';
import { DiagnosticsView } from '../components/diagnostics/diagnosticsView';
import { SetupModel } from '../models/setupModel';
import { CommandIDs } from '../tokens';
import type { IPage } from './pageWidget';
import type { IPageOptions } from './rulesPage';
import { useModel } from './useModel';

/** With what DataLad works here, and for whom. */
export function setupPage(options: IPageOptions): IPage {
  const { datalad, dataset, trans } = options;
  const model = new SetupModel(datalad, dataset);
  return {
    model,
    label: trans.__('Set-up of DataLad'),
    render: active => <Connected {...options} model={model} active={active} />
  };
}

function Connected({
  model,
  dataset,
  commands,
  trans,
  active
}: IPageOptions & { model: SetupModel; active: boolean }): JSX.Element {
  const state = useModel(model, ({ state: current }) => current, active);
  return (
    <DiagnosticsView
      state={state}
      trans={trans}
      actions={{
        copy: text => Clipboard.copyToSystem(text),
        refresh: () => void model.refresh(),
        setIdentity: () => void commands.execute(CommandIDs.identity, { dataset }),
        setExtension: (name, on) => void model.setExtension(name, on),
        askWtf: () => void model.askWtf()
      }}
    />
  );
}
