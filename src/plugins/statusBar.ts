import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { CommandIDs, IDatalad, TRANSLATION_DOMAIN } from '../tokens';
import { StatusItem } from '../widgets/statusItem';

/** The dataset in view in the status bar; hidden outside datasets. */
export const statusBarPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-datalad:status-bar',
  description: 'Shows the dataset in view in the status bar; a click opens the panel.',
  autoStart: true,
  requires: [IDatalad],
  optional: [IStatusBar, ITranslator],
  activate: (app: JupyterFrontEnd, { current }: IDatalad, statusBar: IStatusBar | null, translator: ITranslator | null): void => {
    if (statusBar === null) {
      return;
    }
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    const item = new StatusItem({ current, trans, onOpen: () => void app.commands.execute(CommandIDs.showPanel) });
    const activeChanged = new Signal<StatusItem, void>(item);
    current.changed.connect(() => activeChanged.emit());
    statusBar.registerStatusItem(statusBarPlugin.id, {
      item,
      align: 'left',
      rank: 100,
      isActive: () => current.state.summary !== null,
      activeStateChanged: activeChanged
    });
  }
};
