import type { IDisposable } from '@lumino/disposable';
import type { ServerEvent } from '../protocol/job';
import { type ContentsPath, isWithin } from '../protocol/paths';
import type { IDataladClient, IRowsModel } from '../tokens';
import { SnapshotModel } from './snapshotModel';
import { throttle } from './throttle';

export type ChangedEvent = Extract<ServerEvent, { type: 'changed' }>;

export interface IWatchingOptions<S> {
  readonly client: IDataladClient;
  readonly dataset: ContentsPath;
  /** Before the first answer. */
  readonly state: S;
  /** A folder that is watched as well, since events only tell of what git and git-annex do, and of folders that somebody shows. */
  readonly folder?: { readonly rows: IRowsModel; readonly path: ContentsPath };
}

/** What is read of a dataset, and read again when something changes there, as long as somebody sees it. */
export abstract class WatchingModel<S extends object> extends SnapshotModel<S> {
  readonly dataset: ContentsPath;

  constructor(private readonly watched: IWatchingOptions<S>) {
    super(watched.state);
    this.dataset = watched.dataset;
    watched.client.events.connect(this.onEvent, this);
    watched.folder?.rows.changed.connect(this.onRows, this);
  }

  /** Whether anybody sees it: then it is fresh, and told of what changes. */
  setActive(active: boolean): void {
    if (active === (this.held !== null)) {
      return;
    }
    if (active) {
      const { client, folder } = this.watched;
      this.held = [client.listen(), ...(folder === undefined ? [] : [folder.rows.show(folder.path)])];
      void this.refresh();
    } else {
      this.release();
    }
  }

  override dispose(): void {
    this.release();
    super.dispose();
  }

  readonly refresh = throttle(async () => {
    await this.read();
    this.hasRead = true;
  });

  /** Asks the server, and sets the state by its answer or its failure. */
  protected abstract read(): Promise<void>;

  /** Whether a change is one of what is read here. */
  protected isConcerned({ dataset, what }: ChangedEvent): boolean {
    return what !== 'figures' && (dataset === null || isWithin(dataset, this.dataset));
  }

  /** Nobody sees it any more. */
  protected release(): void {
    this.held?.forEach(part => part.dispose());
    this.held = null;
  }

  private onEvent(_: IDataladClient, event: ServerEvent): void {
    const gap = event.type === 'hello' && event.gap;
    if (this.held !== null && (gap || (event.type === 'changed' && this.isConcerned(event)))) {
      void this.refresh();
    }
  }

  private onRows(_: IRowsModel, folder: ContentsPath): void {
    // The folder is read itself when it is first shown: that is no news.
    if (this.held !== null && this.hasRead && folder === this.watched.folder?.path) {
      void this.refresh();
    }
  }

  private held: readonly IDisposable[] | null = null;
  private hasRead = false;
}
