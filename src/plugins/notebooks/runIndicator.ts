import type { Cell } from '@jupyterlab/cells';
import { NotebookActions } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { type Message, MessageLoop } from '@lumino/messaging';
import { NotebookRecordModel } from '../../models/notebookRecordModel';
import { RunStateWidget } from '../../widgets/runStateWidget';
import type { INotebookServices, IOpenNotebook } from './context';
import { openNotebookMenu } from './notebookMenu';

const ITEM = 'datalad-run-state';
/** The button that runs and records; see `schema/commands.json`. */
const BESIDE = 'datalad-run-notebook';

/** Keeps the toolbar of a notebook telling where its outputs come from. */
export class RunIndicator implements IDisposable {
  readonly model: NotebookRecordModel;
  private readonly widget: RunStateWidget;
  /** Those that are still in the notebook, which is another one once it was read again, show what was executed. */
  private readonly executed = new Set<Cell>();
  private disposed = false;

  constructor(
    private readonly notebook: IOpenNotebook,
    services: INotebookServices
  ) {
    const { panel, dataset, path } = notebook;
    const { client, rows } = services.datalad;
    this.model = new NotebookRecordModel({ client, rows, dataset, path });
    this.widget = new RunStateWidget({
      model: this.model,
      trans: services.trans,
      onOpen: anchor => openNotebookMenu(anchor, { notebook, services, state: this.model.state })
    });
    const { toolbar } = panel;
    if (!toolbar.insertAfter(BESIDE, ITEM, this.widget) && !toolbar.insertBefore('spacer', ITEM, this.widget)) {
      toolbar.addItem(ITEM, this.widget);
    }
    NotebookActions.executionScheduled.connect(this.onScheduled, this);
    NotebookActions.executed.connect(this.onExecuted, this);
    panel.context.model.stateChanged.connect(this.tell, this);
    panel.context.fileChanged.connect(this.tell, this);
    MessageLoop.installMessageHook(panel, this.onMessage);
    this.tell();
    this.model.setActive(panel.isVisible);
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  dispose(): void {
    this.disposed = true;
    MessageLoop.removeMessageHook(this.notebook.panel, this.onMessage);
    NotebookActions.executionScheduled.disconnect(this.onScheduled, this);
    NotebookActions.executed.disconnect(this.onExecuted, this);
    const { context } = this.notebook.panel;
    context.fileChanged.disconnect(this.tell, this);
    context.model?.stateChanged.disconnect(this.tell, this);
    this.widget.dispose();
    this.model.dispose();
  }

  /** One that nobody sees is not worth a read. */
  private readonly onMessage = (_: unknown, { type }: Message): boolean => {
    if (type === 'after-show' || type === 'before-hide') {
      this.model.setActive(type === 'after-show');
    }
    return true;
  };

  private onScheduled(_: unknown, { cell, notebook }: { cell: Cell; notebook: unknown }): void {
    if (notebook === this.notebook.panel.content) {
      this.executed.add(cell);
      this.tell();
    }
  }

  private onExecuted(_: unknown, { notebook }: { notebook: unknown }): void {
    if (notebook === this.notebook.panel.content) {
      this.model.ran();
    }
  }

  private tell(): void {
    this.executed.forEach(cell => cell.isDisposed && this.executed.delete(cell));
    this.model.update({ dirty: this.notebook.panel.context.model.dirty, executed: this.executed.size });
  }
}
