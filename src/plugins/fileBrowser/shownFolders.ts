import { DirListing, type FileBrowser, type FileBrowserModel } from '@jupyterlab/filebrowser';
import type { IDisposable } from '@lumino/disposable';
import type { Widget } from '@lumino/widgets';
import type { Listing } from '../../protocol/dataset';
import type { ContentsPath } from '../../protocol/paths';
import type { IRowsModel } from '../../tokens';
import { stockItems } from './trueSizes';

export interface IShownFoldersOptions {
  rows: IRowsModel;
  /** Null for folders of other drives. */
  pathOf: (path: string) => ContentsPath | null;
  /** The file browsers of the application; dialogs have their own. */
  browsers: () => Iterable<FileBrowser>;
}

/** What one file browser model shows. */
interface IShown {
  path: ContentsPath | null;
  showing: IDisposable | null;
  /** What the folder looked like when its rows were last asked for. */
  signature: string;
  /** The listing the items were last sorted by. */
  listing?: Listing;
}

/** Keeps the rows of every folder fresh that a file browser or an Open dialog shows, and lists sorted by true sizes when they come. */
export class ShownFolders {
  constructor(private readonly options: IShownFoldersOptions) {
    options.rows.changed.connect(this.onRows, this);
  }

  /** A model was listed; known ones cost nothing. */
  see(model: FileBrowserModel): void {
    if (this.shown.has(model)) {
      return;
    }
    this.prune();
    this.shown.set(model, { path: null, showing: null, signature: '' });
    model.pathChanged.connect(this.onPath, this);
    model.refreshed.connect(this.onRefreshed, this);
    if (this.awake) {
      this.enter(model);
    }
  }

  /** Nothing is asked of the server before: JupyterLab's start must not wait for it. */
  wake(): void {
    this.awake = true;
    for (const model of this.shown.keys()) {
      this.enter(model);
    }
  }

  private onPath(model: FileBrowserModel): void {
    if (this.awake) {
      this.enter(model);
    }
  }

  private enter(model: FileBrowserModel): void {
    const shown = this.shown.get(model);
    if (shown === undefined) {
      return;
    }
    const path = this.options.pathOf(model.path);
    if (path === shown.path && shown.showing !== null) {
      return;
    }
    const before = shown.showing;
    shown.path = path;
    shown.signature = this.signature(model, path);
    shown.showing = path === null ? null : this.options.rows.show(path);
    before?.dispose();
  }

  /** JupyterLab looks at the folder every ten seconds: only what it saw to have changed is worth a question. */
  private onRefreshed(model: FileBrowserModel): void {
    const shown = this.shown.get(model);
    if (shown === undefined || shown.path === null || shown.showing === null || this.options.pathOf(model.path) !== shown.path) {
      return;
    }
    const signature = this.signature(model, shown.path);
    if (signature !== shown.signature) {
      shown.signature = signature;
      this.options.rows.refresh(shown.path).catch(() => undefined);
    }
  }

  private signature(model: FileBrowserModel, path: ContentsPath | null): string {
    const inDataset = path !== null && (this.options.rows.listing(path)?.dataset ?? null) !== null;
    const lines: string[] = [];
    for (const item of stockItems.call(model)) {
      // Outside datasets only folders can become something of ours.
      if (inDataset || item.type === 'directory') {
        lines.push(inDataset ? `${item.name}\n${item.last_modified}\n${item.size}` : item.name);
      }
    }
    return `${inDataset}\n${lines.sort().join('\n')}`;
  }

  private onRows(_: IRowsModel, folder: ContentsPath): void {
    this.prune();
    const listing = this.options.rows.listing(folder);
    for (const [model, shown] of this.shown) {
      if (shown.path === folder && shown.listing !== listing) {
        const before = shown.listing;
        shown.listing = listing;
        shown.signature = this.signature(model, folder);
        if (before !== undefined && names(before) !== names(listing)) {
          // JupyterLab itself would look only in a while.
          list(model);
        } else if (sizes(before) !== sizes(listing)) {
          this.sort(model);
        }
      }
    }
  }

  private sort(model: FileBrowserModel): void {
    for (const browser of this.options.browsers()) {
      const listing = browser.model === model ? findListing(browser) : undefined;
      if (listing !== undefined) {
        listing.sort(listing.sortState);
        return;
      }
    }
    // A dialog's listing cannot be reached, but it sorts when its model is refreshed.
    list(model);
  }

  private prune(): void {
    for (const [model, shown] of this.shown) {
      if (model.isDisposed) {
        shown.showing?.dispose();
        this.shown.delete(model);
      }
    }
  }

  private readonly shown = new Map<FileBrowserModel, IShown>();
  private awake = false;
}

/** Has JupyterLab list a folder anew. A dialog may be closed meanwhile. */
function list(model: FileBrowserModel): void {
  model.refresh().catch(error => {
    if (!model.isDisposed) {
      console.error('The folder could not be listed.', error);
    }
  });
}

function names(listing: Listing | undefined): string {
  return (listing?.rows ?? []).map(row => (row.change === 'deleted' ? '' : row.path)).join('\n');
}

function sizes(listing: Listing | undefined): string {
  return (listing?.rows ?? []).map(row => `${row.path}\n${row.bytes}`).join('\n');
}

/** The listing of a file browser, which keeps it to itself. */
export function findListing(widget: Widget): DirListing | undefined {
  if (widget instanceof DirListing) {
    return widget;
  }
  for (const child of widget.children()) {
    const found = findListing(child);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
