import { ILabShell, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IDatalad, TRANSLATION_DOMAIN } from '../tokens';
import { AbsentOpener } from './openAbsent/absentOpener';
import { GetAndOpen } from './openAbsent/getAndOpen';
import { KnownDatasets } from './openAbsent/knownDatasets';

/** Offers to get a file before it is opened, wherever it is opened from. */
export const openAbsentPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-datalad:open-absent',
  description: 'Offers to get the content of a file that is not here before it is opened.',
  autoStart: true,
  requires: [IDatalad, IDocumentManager],
  optional: [ILabShell, IStateDB, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    datalad: IDatalad,
    manager: IDocumentManager,
    labShell: ILabShell | null,
    state: IStateDB | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    let isRestoring = labShell !== null;
    void app.restored.then(() => {
      isRestoring = false;
    });
    const { offer } = new GetAndOpen(datalad, trans, app.restored);
    const known = new KnownDatasets(datalad.rows, state);
    const alwaysAsk = labShell === null;
    new AbsentOpener({ datalad, manager, known, isRestoring: () => isRestoring, alwaysAsk, offer }).install();
    // Never awaited: the state database is ready only after all plugins are. It then answers in turn, and tabs are restored later.
    known.restore().catch(error => console.error('The datasets of the last session are not known.', error));
  }
};
