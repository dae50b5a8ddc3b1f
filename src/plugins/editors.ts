import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IDatalad, TRANSLATION_DOMAIN } from '../tokens';
import { Documents } from './editors/documents';
import { EditWatch } from './editors/editWatch';
import { ExecutedNotebooks } from './editors/executedNotebooks';
import { LockedFiles } from './editors/lockedFiles';
import { guardSaves } from './editors/saveGuard';
import { EditorSettings } from './editors/settings';
import { saveDirty } from './editors/settle';
import { IEditors } from './editors/tokens';
import { VanishedFiles } from './editors/vanishedFiles';
import { PluginSettings } from './pluginSettings';

/** Saves open documents before commits, reads them again afterwards, and keeps locked files from being overwritten. */
export const editorsPlugin: JupyterFrontEndPlugin<IEditors> = {
  id: 'jupyterlab-datalad:editors',
  description: 'Looks after open documents whose files DataLad works on.',
  autoStart: true,
  provides: IEditors,
  requires: [IDatalad, IDocumentManager],
  optional: [ISettingRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    datalad: IDatalad,
    manager: IDocumentManager,
    registry: ISettingRegistry | null,
    translator: ITranslator | null
  ): IEditors => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    const { contents } = app.serviceManager;
    const settings = new PluginSettings({ registry, plugin: editorsPlugin.id, schema: EditorSettings });
    const documents = new Documents({ shell: app.shell, manager, contents });
    const lockedFiles = new LockedFiles({ datalad, trans });
    const executedNotebooks = new ExecutedNotebooks({ jobs: datalad.jobs, save: path => documents.save(path), trans });
    const watch = new EditWatch({ manager, documents, lockedFiles, executedNotebooks, trans });

    guardSaves(contents, async path => {
      await executedNotebooks.ensureMeant(path);
      await lockedFiles.ensureWritable(path);
    });
    app.shell.currentChanged?.connect((_, { newValue }) => watch.watch(newValue));
    watch.watch(app.shell.currentWidget);
    const vanished = new VanishedFiles({ datalad, documents, trans });
    datalad.jobs.ended.connect((_, { dataset, operation }) => {
      // JupyterLab itself closes the tabs of what is deleted in its file browser, and takes along those of what is moved.
      if (dataset !== null && !['deleteFiles', 'deleteCopied', 'move'].includes(operation)) {
        void vanished.check(dataset).then(except => documents.reload([dataset], except));
        void lockedFiles.recheck(dataset);
      }
    });
    return {
      inFront: () => documents.inFront(app.shell.currentWidget),
      settle: datasets => saveDirty(documents.below(datasets), { mode: settings.values.saveDirtyEditors, trans })
    };
  }
};
