import { SettingsView } from '../components/settings/settingsView';
import { SettingsModel } from '../models/settingsModel';
import { pathOfText, textOfPath } from '../protocol/names';
import { CommandIDs } from '../tokens';
import type { IPage } from './pageWidget';
import { type IPageOptions, nameOf } from './rulesPage';
import { useModel } from './useModel';

/** What is set for a dataset. */
export function settingsPage(options: IPageOptions): IPage {
  const { datalad, dataset, trans } = options;
  const model = new SettingsModel(datalad, dataset);
  return {
    model,
    label: trans.__('Settings of %1', nameOf(dataset)),
    render: active => <Connected {...options} model={model} active={active} />
  };
}

function Connected({
  model,
  dataset,
  commands,
  trans,
  active
}: IPageOptions & { model: SettingsModel; active: boolean }): JSX.Element {
  const state = useModel(model, ({ state: current }) => current, active);
  const file = pathOfText(`${dataset === '' ? '' : `${textOfPath(dataset)}/`}.datalad/config`);
  return (
    <SettingsView
      state={state}
      name={nameOf(dataset)}
      trans={trans}
      onChange={change => model.change(change)}
      onSave={() => void commands.execute(CommandIDs.save, { dataset, paths: [file] })}
      onRefresh={() => void model.refresh()}
    />
  );
}
