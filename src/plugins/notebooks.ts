import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISessionContextDialogs } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandIDs, IDatalad, TRANSLATION_DOMAIN } from '../tokens';
import { OpenNotebooks } from './notebooks/openNotebooks';

/** Looks after open notebooks that lie in datasets; what it does there is loaded with the first of them. */
export const notebooksPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-datalad:notebooks',
  description: 'Tells where the outputs of a notebook come from, and gets files that a cell could not read.',
  autoStart: true,
  requires: [IDatalad],
  optional: [INotebookTracker, ISessionContextDialogs, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    datalad: IDatalad,
    tracker: INotebookTracker | null,
    sessionDialogs: ISessionContextDialogs | null,
    translator: ITranslator | null
  ): void => {
    if (tracker === null) {
      return;
    }
    const known = translator ?? nullTranslator;
    const { contents } = app.serviceManager;
    const trans = known.load(TRANSLATION_DOMAIN);
    const services = { datalad, commands: app.commands, trans, translator: known, sessionDialogs };
    const settled = (): void => app.commands.notifyCommandChanged(CommandIDs.runNotebook);
    new OpenNotebooks({
      tracker,
      rows: datalad.rows,
      contents,
      settled,
      accompany: async notebook => (await import('./notebooks/companion')).accompany(notebook, services)
    });
    tracker.currentChanged.connect(settled);
  }
};
