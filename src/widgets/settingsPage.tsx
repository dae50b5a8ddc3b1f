import { SettingsView } from '../components/settings/settingsView';
import { SettingsModel } from '../models/settingsModel';
import { pathOfText, textOfPath } from '../protocol/names';
import { CommandIDs } from '../tokens';
import { datasetName, type IPageOptions, modelPage } from './modelPage';
import type { IPage } from './pageWidget';

/** What is set for a dataset. */
export function settingsPage({ datalad, dataset, commands, trans }: IPageOptions): IPage {
  const model = new SettingsModel(datalad, dataset);
  const file = pathOfText(`${dataset === '' ? '' : `${textOfPath(dataset)}/`}.datalad/config`);
  return modelPage({
    model,
    label: trans.__('Settings of %1', datasetName(dataset)),
    view: state => (
      <SettingsView
        state={state}
        name={datasetName(dataset)}
        trans={trans}
        onChange={change => model.change(change)}
        onSave={() => void commands.execute(CommandIDs.save, { dataset, paths: [file] })}
        onRefresh={() => void model.refresh()}
      />
    )
  });
}
