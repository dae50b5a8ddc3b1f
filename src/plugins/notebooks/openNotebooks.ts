import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { wirePath } from '../../models/wirePath';
import { type ContentsPath, folderOf } from '../../protocol/paths';
import type { IRowsModel } from '../../tokens';
import type { IOpenNotebook } from './context';

export interface IOpenNotebooksOptions {
  readonly tracker: INotebookTracker;
  readonly rows: IRowsModel;
  readonly contents: Contents.IManager;
  /** Called when it is known of a notebook whether it lies in a dataset, and where that changes. */
  settled(): void;
  /** Called once for each notebook of a dataset; what it answers is disposed when the notebook is closed, moved, or in no dataset. */
  readonly accompany: (notebook: IOpenNotebook) => Promise<IDisposable>;
}

/** Finds the open notebooks that lie in datasets. Of others it costs nothing but one read of their folder. */
export class OpenNotebooks {
  private readonly places = new Map<NotebookPanel, Place>();

  constructor(private readonly options: IOpenNotebooksOptions) {
    options.tracker.forEach(panel => this.watch(panel));
    options.tracker.widgetAdded.connect((_, panel) => this.watch(panel));
  }

  private watch(panel: NotebookPanel): void {
    const settle = (): void => {
      this.places.get(panel)?.dispose();
      this.places.delete(panel);
      const path = panel.isDisposed ? null : wirePath(this.options.contents, panel.context.path);
      if (path !== null && !path.startsWith('bytes:')) {
        this.places.set(panel, new Place(panel, path, this.options));
      }
    };
    void panel.context.ready.then(settle);
    panel.context.pathChanged.connect(settle);
    panel.disposed.connect(settle);
  }
}

/** One notebook at one path. */
class Place implements IDisposable {
  private readonly showing: IDisposable;
  /** Undefined until it is known. */
  private dataset: ContentsPath | null | undefined = undefined;
  private companion: IDisposable | null = null;
  private disposed = false;

  constructor(
    private readonly panel: NotebookPanel,
    readonly path: ContentsPath,
    private readonly options: IOpenNotebooksOptions
  ) {
    const { rows } = options;
    rows.changed.connect(this.onRows, this);
    this.showing = rows.show(folderOf(path));
    this.settle();
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  dispose(): void {
    this.disposed = true;
    this.options.rows.changed.disconnect(this.onRows, this);
    this.showing.dispose();
    this.companion?.dispose();
  }

  private onRows(_: IRowsModel, folder: ContentsPath): void {
    if (folder === folderOf(this.path)) {
      this.settle();
    }
  }

  /** A folder may become a dataset, or be none any more, while the notebook is open. */
  private settle(): void {
    const listing = this.options.rows.listing(folderOf(this.path));
    const dataset = listing?.dataset?.path ?? null;
    if (listing === undefined || dataset === this.dataset) {
      return;
    }
    this.dataset = dataset;
    this.options.settled();
    this.companion?.dispose();
    this.companion = null;
    if (dataset !== null) {
      void this.enter(dataset);
    }
  }

  private async enter(dataset: ContentsPath): Promise<void> {
    const { panel, path } = this;
    const companion = await this.options.accompany({ panel, path, dataset });
    if (this.disposed || this.dataset !== dataset) {
      companion.dispose();
    } else {
      this.companion = companion;
    }
  }
}
