import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISessionContextDialogs } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandIDs, IDatalad, TRANSLATION_DOMAIN } from '../tokens';
import { OpenHabits } from './notebooks/openHabits';
import { OpenNotebooks } from './notebooks/openNotebooks';
import { IOpenHabits } from './notebooks/tokens';

/** Looks after open notebooks that lie in datasets; what it does there is loaded with the first of them. */
export const notebooksPlugin: JupyterFrontEndPlugin<IOpenHabits> = {
  id: 'jupyterlab-datalad:notebooks',
  description: 'Tells where the outputs of a notebook come from, and gets files that a cell could not read.',
  autoStart: true,
  provides: IOpenHabits,
  requires: [IDatalad],
  optional: [INotebookTracker, IStateDB, ISessionContextDialogs, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    datalad: IDatalad,
    tracker: INotebookTracker | null,
    state: IStateDB | null,
    sessionDialogs: ISessionContextDialogs | null,
    translator: ITranslator | null
  ): IOpenHabits => {
    const { contents } = app.serviceManager;
    const openHabits = new OpenHabits(state, contents);
    if (tracker === null) {
      return openHabits;
    }
    const known = translator ?? nullTranslator;
    const trans = known.load(TRANSLATION_DOMAIN);
    const services = { datalad, commands: app.commands, trans, translator: known, sessionDialogs, openHabits };
    const settled = (): void =>
      [CommandIDs.runNotebook, CommandIDs.recordSelection].forEach(id => app.commands.notifyCommandChanged(id));
    new OpenNotebooks({
      tracker,
      rows: datalad.rows,
      contents,
      settled,
      accompany: async notebook => (await import('./notebooks/companion')).accompany(notebook, services)
    });
    tracker.currentChanged.connect(settled);
    return openHabits;
  }
};
