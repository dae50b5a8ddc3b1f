import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { type DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';
import type { Widget } from '@lumino/widgets';
import { wirePath } from '../../models/wirePath';
import { type ContentsPath, isWithin } from '../../protocol/paths';
import { revertUnlessTyped } from './revert';

/** Areas of the shell that hold documents; Notebook 7 has them, too. */
const AREAS = ['main', 'left', 'right'];

export interface IDocumentsOptions {
  shell: Pick<JupyterFrontEnd.IShell, 'widgets'>;
  manager: Pick<IDocumentManager, 'contextForWidget'>;
  contents: Contents.IManager;
}

/** An open document of the default drive. */
export interface IOpenDocument {
  readonly path: ContentsPath;
  readonly context: DocumentRegistry.Context;
  /** The views of it. */
  readonly widgets: Widget[];
}

/** The open documents whose files this server has. */
export class Documents {
  constructor(private readonly options: IDocumentsOptions) {}

  /** Documents below any of the folders, each once however many views it has. */
  below(folders: readonly ContentsPath[]): IOpenDocument[] {
    const found = new Map<DocumentRegistry.Context, IOpenDocument>();
    for (const area of AREAS) {
      for (const widget of this.options.shell.widgets(area)) {
        const context = this.options.manager.contextForWidget(widget);
        const path = context === undefined ? null : this.pathOf(context);
        if (context !== undefined && path !== null && folders.some(folder => isWithin(path, folder))) {
          found.set(context, { path, context, widgets: [...(found.get(context)?.widgets ?? []), widget] });
        }
      }
    }
    return [...found.values()];
  }

  /** The file of the document that a widget shows; null where it shows none of this drive. */
  inFront(widget: Widget | null): ContentsPath | null {
    const context = widget === null ? undefined : this.options.manager.contextForWidget(widget);
    return context === undefined ? null : this.pathOf(context);
  }

  /** The file of a document; null on another drive. */
  pathOf(context: DocumentRegistry.Context): ContentsPath | null {
    return wirePath(this.options.contents, context.path);
  }

  /** Saves the documents of a file; JupyterLab itself tells where it cannot. */
  save(path: ContentsPath): void {
    this.below([path]).forEach(({ context }) => void context.save().catch(() => undefined));
  }

  /**
   * Reads documents again whose file is another one than they were read from. Unsaved changes stay; those that were typed while the
   * file could not be written are saved as soon as it can. Shared documents are left to the server, which reads them itself. `except`:
   * whose files are not there.
   */
  async reload(folders: readonly ContentsPath[], except: ReadonlySet<ContentsPath> = new Set()): Promise<void> {
    const documents = this.below(folders).filter(({ path }) => !except.has(path));
    await Promise.all(documents.map(document => this.reloadOne(document)));
  }

  private async reloadOne({ context, widgets }: IOpenDocument): Promise<void> {
    const before = context.contentsModel;
    if (context.isDisposed || !context.isReady || before === null || context.model.collaborative) {
      return;
    }
    const now = await this.stat(context.path);
    if (now === null || context.isDisposed) {
      return;
    }
    if (!context.model.dirty) {
      if (now.last_modified !== before.last_modified || now.writable !== before.writable) {
        await revertUnlessTyped(context, { contents: this.options.contents, before });
      }
    } else if (now.writable && !before.writable) {
      await context.save();
    }
    if (now.writable) {
      widgets.forEach(removeReadOnlyLabel);
    }
  }

  /** Null for a file that is gone, or was dropped: the document keeps what it has. */
  private async stat(path: string): Promise<Contents.IModel | null> {
    try {
      return await this.options.contents.get(path, { content: false });
    } catch {
      return null;
    }
  }
}

/** JupyterLab puts its "file is read-only" label up when a document is opened, and never takes it down. */
function removeReadOnlyLabel(widget: Widget): void {
  if (widget instanceof DocumentWidget) {
    const names = [...widget.toolbar.names()];
    [...widget.toolbar.children()][names.indexOf('read-only-indicator')]?.dispose();
  }
}
