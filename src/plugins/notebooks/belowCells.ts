import type { Cell } from '@jupyterlab/cells';
import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import type { PanelLayout, Widget } from '@lumino/widgets';

/** What stands below the outputs of cells, one widget for each; it goes with its cell, and is never saved with the notebook. */
export class BelowCells<W extends Widget> implements IDisposable {
  private readonly widgets = new Map<Cell, W>();
  private disposed = false;

  /** `look` is told of each cell that has come to its end; what stands below it stays until that decides. */
  constructor(
    private readonly panel: NotebookPanel,
    private readonly look: (cell: Cell) => void
  ) {
    NotebookActions.executed.connect(this.onExecuted, this);
    NotebookActions.outputCleared.connect(this.onCleared, this);
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  dispose(): void {
    this.disposed = true;
    NotebookActions.executed.disconnect(this.onExecuted, this);
    NotebookActions.outputCleared.disconnect(this.onCleared, this);
    [...this.widgets.keys()].forEach(cell => this.remove(cell));
  }

  entries(): [Cell, W][] {
    return [...this.widgets];
  }

  get(cell: Cell): W | undefined {
    return this.widgets.get(cell);
  }

  put(cell: Cell, widget: W): void {
    this.remove(cell);
    this.widgets.set(cell, widget);
    cell.disposed.connect(this.remove, this);
    // A cell out of view has no parts yet.
    void cell.ready.then(() => {
      if (!cell.isDisposed && !widget.isDisposed) {
        const layout = cell.layout as PanelLayout;
        // Its footer stays the last.
        layout.insertWidget(layout.widgets.length - 1, widget);
      }
    });
  }

  /** The focus, if it was there, goes back to the notebook. */
  remove(cell: Cell): void {
    const widget = this.widgets.get(cell);
    if (widget === undefined) {
      return;
    }
    const hadFocus = widget.node.contains(document.activeElement);
    this.widgets.delete(cell);
    cell.disposed.disconnect(this.remove, this);
    widget.dispose();
    if (hadFocus && !cell.isDisposed) {
      this.panel.content.activate();
    }
  }

  private onExecuted(_: unknown, { cell, notebook }: { cell: Cell; notebook: unknown }): void {
    if (notebook === this.panel.content) {
      this.look(cell);
    }
  }

  private onCleared(_: unknown, { cell }: { cell: Cell }): void {
    this.remove(cell);
  }
}
