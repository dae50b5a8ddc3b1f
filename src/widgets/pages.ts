import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { dataladIcon } from '../components/icons';
import { lastName } from '../components/names';
import type { ContentsPath } from '../protocol/paths';
import type { IDatalad } from '../tokens';

export interface IPagesOptions {
  app: JupyterFrontEnd;
  datalad: IDatalad;
  trans: TranslationBundle;
}

/** Pages on a dataset as a whole; `setup` is on the machine, too, and `blame` on one file. */
export type PageName = 'provenance' | 'blame' | 'rules' | 'checkUp' | 'containers' | 'settings' | 'setup';

/** Opens pages in the main area, each once; what they show is loaded with the first. */
export class Pages {
  constructor(private readonly options: IPagesOptions) {}

  /** `path`: on one file of it. */
  async open(name: PageName, dataset: ContentsPath, path?: ContentsPath): Promise<void> {
    const { app, datalad, trans } = this.options;
    const id = `datalad-${name}-${JSON.stringify(path ?? dataset)}`;
    if (![...app.shell.widgets('main')].some(known => known.id === id)) {
      const [{ PageWidget }, page] = await Promise.all([import('./pageWidget'), loaders[name]()]);
      const content = new PageWidget(
        page({ dataset, datalad, commands: app.commands, trans, ...(path === undefined ? {} : { path }) }),
        {
          read: subject => datalad.client.call('help', { subject }),
          trans
        }
      );
      const widget = new MainAreaWidget({ content });
      widget.id = id;
      widget.title.label = titleOf(name, lastName(path ?? dataset) || '/', trans);
      widget.title.icon = dataladIcon;
      widget.title.closable = true;
      app.shell.add(widget, 'main', { type: 'DataLad' });
    }
    app.shell.activateById(id);
  }
}

const loaders = {
  provenance: async () => (await import('./provenancePage')).provenancePage,
  blame: async () => (await import('./blamePage')).blamePage,
  rules: async () => (await import('./rulesPage')).rulesPage,
  checkUp: async () => (await import('./checkUpPage')).checkUpPage,
  containers: async () => (await import('./containersPage')).containersPage,
  settings: async () => (await import('./settingsPage')).settingsPage,
  setup: async () => (await import('./setupPage')).setupPage
};

function titleOf(name: PageName, dataset: string, trans: TranslationBundle): string {
  switch (name) {
    case 'provenance':
      return trans.__('Provenance of %1', dataset);
    case 'blame':
      return trans.__('Lines of %1', dataset);
    case 'rules':
      return trans.__('Rules of %1', dataset);
    case 'containers':
      return trans.__('Containers of %1', dataset);
    case 'settings':
      return trans.__('Settings of %1', dataset);
    case 'setup':
      return trans.__('DataLad Set-up');
    case 'checkUp':
      return trans.__('Check-up of %1', dataset);
  }
}
