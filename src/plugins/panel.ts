import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandIDs, IDatalad, PANEL_ID, TRANSLATION_DOMAIN } from '../tokens';
import { PanelMemory } from '../widgets/panelMemory';
import { Problems } from '../widgets/problems';
import { PanelWidget } from '../widgets/panelWidget';
import { addShowPanel } from './showPanel';

/** The side panel, in the right area so that the file browser stays in view. */
export const panelPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-datalad:panel',
  description: 'The DataLad panel and the command that shows it.',
  autoStart: true,
  requires: [IDatalad],
  optional: [ILayoutRestorer, IStateDB, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    datalad: IDatalad,
    restorer: ILayoutRestorer | null,
    database: IStateDB | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    const { commands, shell } = app;
    const memory = new PanelMemory(database);
    void memory.restore();
    const problems = new Problems(datalad.jobs);
    const loadActions = async () =>
      (await import('../widgets/panelActions')).createPanelActions({ commands, datalad, problems, trans });
    const panel = new PanelWidget({ datalad, memory, problems, loadActions, trans });
    shell.add(panel, 'right', { rank: 500, type: 'DataLad' });
    restorer?.add(panel, PANEL_ID);
    addShowPanel(app, panel, trans);
    datalad.history.asked.connect(() => {
      shell.activateById(PANEL_ID);
      void panel.reveal({ section: 'history' });
    });
    datalad.inspector.asked.connect(() => {
      shell.activateById(PANEL_ID);
      void panel.reveal();
    });
    palette?.addItem({ command: CommandIDs.showPanel, category: trans.__('DataLad') });
  }
};
