import { FileBrowserModel } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';

export interface ITrueSizesOptions {
  /** Undefined where JupyterLab's own size is right. */
  sizeOf: (item: Contents.IModel) => number | undefined;
  /** A model was listed: by the main browser, a dialog, or another extension. */
  seen: (model: FileBrowserModel) => void;
}

/** The items as the contents API sent them. */
export const stockItems = FileBrowserModel.prototype.items;

/**
 * Makes every file browser list files with their true size instead of the length of the link or pointer that stands for them: size
 * column, tooltip and sorting are then right at once.
 */
export function listTrueSizes({ sizeOf, seen }: ITrueSizesOptions): IDisposable {
  const stock = FileBrowserModel.prototype.items;
  const sized = new WeakMap<Contents.IModel, Contents.IModel>();

  function withSize(item: Contents.IModel): Contents.IModel {
    const size = sizeOf(item);
    if (size === undefined || size === item.size) {
      return item;
    }
    // The same object for the same size, as the stock model does between two refreshes.
    const known = sized.get(item);
    if (known?.size === size) {
      return known;
    }
    const copy = { ...item, size };
    sized.set(item, copy);
    return copy;
  }

  FileBrowserModel.prototype.items = function* (this: FileBrowserModel) {
    seen(this);
    for (const item of stock.call(this)) {
      yield withSize(item);
    }
  };
  return new DisposableDelegate(() => {
    FileBrowserModel.prototype.items = stock;
  });
}
