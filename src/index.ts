import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { commandsPlugin } from './plugins/commands';
import { dataladPlugin } from './plugins/datalad';
import { editorsPlugin } from './plugins/editors';
import { fileBrowserPlugin } from './plugins/fileBrowser';
import { fileOperationsPlugin } from './plugins/fileOperations';
import { openAbsentPlugin } from './plugins/openAbsent';
import { notebooksPlugin } from './plugins/notebooks';
import { notificationsPlugin } from './plugins/notifications';
import { firstTimePlugin } from './plugins/firstTime';
import { panelPlugin } from './plugins/panel';
import { statusBarPlugin } from './plugins/statusBar';

export * from './tokens';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  dataladPlugin,
  fileBrowserPlugin,
  openAbsentPlugin,
  fileOperationsPlugin,
  commandsPlugin,
  editorsPlugin,
  notebooksPlugin,
  notificationsPlugin,
  panelPlugin,
  statusBarPlugin,
  firstTimePlugin
];

export default plugins;
