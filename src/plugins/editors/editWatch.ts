import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';
import type { Documents } from './documents';
import type { ExecutedNotebooks } from './executedNotebooks';
import type { LockedFiles } from './lockedFiles';
import { shownName } from '../../protocol/names';

export interface IEditWatchOptions {
  manager: Pick<IDocumentManager, 'contextForWidget'>;
  documents: Documents;
  lockedFiles: LockedFiles;
  executedNotebooks: ExecutedNotebooks;
  trans: TranslationBundle;
}

/** Tells as soon as someone types into a file that it is locked, or executed: at a save it may be late, and JupyterLab itself does not. */
export class EditWatch {
  private readonly watched = new WeakSet<DocumentRegistry.Context>();

  constructor(private readonly options: IEditWatchOptions) {}

  /** Watches the document of a widget, if it has one; calling it again does nothing. */
  watch(widget: Widget | null): void {
    const context = widget === null ? undefined : this.options.manager.contextForWidget(widget);
    if (context === undefined || this.watched.has(context)) {
      return;
    }
    this.watched.add(context);
    let wasDirty = context.model.dirty;
    context.model.stateChanged.connect(() => {
      const { dirty } = context.model;
      if (dirty && !wasDirty) {
        void this.offer(context);
      }
      wasDirty = dirty;
    });
  }

  private async offer(context: DocumentRegistry.Context): Promise<void> {
    const { documents, lockedFiles, executedNotebooks, trans } = this.options;
    const path = documents.pathOf(context);
    if (path !== null) {
      executedNotebooks.warn(path);
    }
    const row = path === null ? null : await lockedFiles.locked(path);
    if (row === null || context.isDisposed) {
      return;
    }
    lockedFiles.notify(row, trans.__('%1 is locked. Unlock it to keep what you type.', shownName(row.name)));
  }
}
