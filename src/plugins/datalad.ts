import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { type FileBrowser, IDefaultFileBrowser, IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { DataladClient } from '../client/connection';
import { CurrentModel } from '../models/currentModel';
import { HistoryModel } from '../models/historyModel';
import { InspectorModel } from '../models/inspectorModel';
import { JobsModel } from '../models/jobsModel';
import { RowsModel } from '../models/rowsModel';
import { wirePath } from '../models/wirePath';
import { folderOf } from '../protocol/paths';
import { IDatalad } from '../tokens';

/** Joins client and models. Nothing is asked of the server before JupyterLab stands and a file browser shows a folder. */
export const dataladPlugin: JupyterFrontEndPlugin<IDatalad> = {
  id: 'jupyterlab-datalad:datalad',
  description: 'Provides the DataLad models: the client of the server, jobs, rows of folders and the dataset in view.',
  autoStart: true,
  provides: IDatalad,
  optional: [IDefaultFileBrowser, IFileBrowserFactory],
  activate: (app: JupyterFrontEnd, defaultBrowser: IDefaultFileBrowser | null, factory: IFileBrowserFactory | null): IDatalad => {
    const client = new DataladClient(app.serviceManager.serverSettings);
    const jobs = new JobsModel(client);
    const rows = new RowsModel({ client, jobs });
    const current = new CurrentModel({ client, rows });
    const history = new HistoryModel(client);
    const inspector = new InspectorModel({ client, jobs });

    followBrowser(app, current, defaultBrowser, factory);
    watchSaves(app, rows);
    window.addEventListener('focus', () => rows.revalidate());
    return { client, jobs, rows, current, history, inspector };
  }
};

/** The dataset in view is that of the file browser used last. */
function followBrowser(
  app: JupyterFrontEnd,
  current: CurrentModel,
  defaultBrowser: FileBrowser | null,
  factory: IFileBrowserFactory | null
): void {
  const { contents } = app.serviceManager;
  let followed: FileBrowser | null = null;
  const follow = () => {
    if (followed !== null) {
      current.follow(wirePath(contents, followed.model.path));
    }
  };
  const change = () => {
    followed?.model.pathChanged.disconnect(follow);
    followed = factory?.tracker.currentWidget ?? defaultBrowser;
    followed?.model.pathChanged.connect(follow);
    follow();
  };
  void app.restored.then(() => {
    factory?.tracker.currentChanged.connect(change);
    change();
  });
}

/** What JupyterLab itself writes shows at once, without waiting for a watch. */
function watchSaves(app: JupyterFrontEnd, rows: RowsModel): void {
  const { contents } = app.serviceManager;
  contents.fileChanged.connect((_, { oldValue, newValue }) => {
    for (const changed of [oldValue, newValue]) {
      const path = changed?.path === undefined ? null : wirePath(contents, changed.path);
      if (path !== null && !path.startsWith('bytes:') && path !== '') {
        rows.revalidateFolder(folderOf(path));
      }
    }
  });
}
