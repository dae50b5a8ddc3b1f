import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { type ICurrentModel, IDatalad, PANEL_ID } from '../tokens';
import { panelPlugin } from './panel';

const SETTING = 'openFirstTime';

/** Opens the panel the first time a dataset is in view, so that it is found; once for each user, as the setting tells. */
export const firstTimePlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-datalad:first-time',
  description: 'Opens the DataLad panel by itself the first time a dataset is in view.',
  autoStart: true,
  requires: [IDatalad],
  optional: [ISettingRegistry],
  activate: (app: JupyterFrontEnd, { current }: IDatalad, registry: ISettingRegistry | null): void => {
    if (registry !== null) {
      // Never awaited: JupyterLab is restored only after every plugin is active.
      openOnce(app, current, registry).catch(error => console.error('The DataLad panel does not open by itself.', error));
    }
  }
};

async function openOnce(app: JupyterFrontEnd, current: ICurrentModel, registry: ISettingRegistry): Promise<void> {
  await app.restored;
  const settings = await registry.load(panelPlugin.id);
  if (settings.get(SETTING).composite === true) {
    await firstDataset(current);
    app.shell.activateById(PANEL_ID);
    await settings.set(SETTING, false);
  }
}

/** Resolves when a dataset is in view. */
function firstDataset(current: ICurrentModel): Promise<void> {
  return new Promise(resolve => {
    const look = (): void => {
      if (current.state.phase === 'dataset') {
        current.changed.disconnect(look);
        resolve();
      }
    };
    current.changed.connect(look);
    look();
  });
}
