import { Clipboard } from '@jupyterlab/apputils';
import { DiagnosticsView } from '../components/diagnostics/diagnosticsView';
import { SetupModel } from '../models/setupModel';
import { CommandIDs } from '../tokens';
import { type IPageOptions, modelPage } from './modelPage';
import type { IPage } from './pageWidget';

/** With what DataLad works here, and for whom. */
export function setupPage({ datalad, dataset, commands, trans }: IPageOptions): IPage {
  const model = new SetupModel(datalad, dataset);
  const actions = {
    copy: (text: string) => Clipboard.copyToSystem(text),
    refresh: () => void model.refresh(),
    setIdentity: () => void commands.execute(CommandIDs.identity, { dataset }),
    setExtension: (name: string, on: boolean) => void model.setExtension(name, on),
    askWtf: () => void model.askWtf()
  };
  return modelPage({
    model,
    label: trans.__('Set-up of DataLad'),
    view: state => <DiagnosticsView {...{ state, trans, actions }} />
  });
}
