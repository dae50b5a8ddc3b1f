import type { DirListing } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';

/**
 * Calls `drawn` after each drawing of a row. All arguments are handed on: their number differs between JupyterLab's versions. Given the
 * prototype of the stock renderer, it reaches every file browser and every Open dialog.
 */
export function wrapRenderer(
  renderer: DirListing.IRenderer,
  drawn: (node: HTMLElement, model: Contents.IModel) => void
): IDisposable {
  const stock = renderer.updateItemNode;
  renderer.updateItemNode = function (this: DirListing.IRenderer, ...all: Parameters<DirListing.IRenderer['updateItemNode']>) {
    stock.apply(this, all);
    try {
      drawn(all[0], all[1]);
    } catch (error) {
      // A fault here must never cost people their file browser.
      console.error('A row could not be annotated.', error);
    }
  };
  return new DisposableDelegate(() => {
    renderer.updateItemNode = stock;
  });
}
