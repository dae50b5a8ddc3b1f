import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import type { Listing, Row } from '../protocol/dataset';
import { expectedFailure } from '../protocol/failure';
import { type Job, makesDataset, type ServerEvent } from '../protocol/job';
import { type ContentsPath, folderOf, isWithin } from '../protocol/paths';
import type { IDataladClient, IFileProgress, IJobsModel, IRowsModel, RowState } from '../tokens';
import { ActiveFiles } from './activeFiles';
import { throttle } from './throttle';

/** What is known of one folder. */
interface IFolder {
  listing?: Listing;
  rows: ReadonlyMap<ContentsPath, Row>;
  failed: boolean;
  reading: boolean;
  shown: number;
  read: () => Promise<void>;
}

/** Folders that are no longer shown are kept for opening files by path; the oldest are forgotten. */
const KEPT = 100;

/** The rows of folders, read when somebody shows them and again when the server tells of a change. Outside datasets one read is all. */
export class RowsModel implements IRowsModel, IDisposable {
  constructor(options: { client: IDataladClient; jobs: IJobsModel }) {
    this.client = options.client;
    this.active = new ActiveFiles(path => this._progressed.emit(path));
    this.client.events.connect(this.onEvent, this);
    options.jobs.ended.connect(this.onEnded, this);
  }

  get changed(): ISignal<this, ContentsPath> {
    return this._changed;
  }

  get progressed(): ISignal<this, ContentsPath> {
    return this._progressed;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  get(path: ContentsPath): Row | undefined {
    return this.around(path)
      .find(folder => folder.rows.has(path))
      ?.rows.get(path);
  }

  state(path: ContentsPath): RowState | null {
    const folders = this.around(path);
    const known = folders.find(folder => folder.rows.has(path));
    if (known !== undefined) {
      const untrusted = known.listing?.dataset?.trust === 'untrusted' || known.rows.get(path)?.untrusted;
      return untrusted ? 'untrusted' : 'ready';
    }
    const folder = folders[0];
    if (folder === undefined || !this.isInDataset(folderOf(path))) {
      return null;
    }
    return folder.reading ? 'pending' : folder.failed ? 'error' : null;
  }

  listing(folder: ContentsPath): Listing | undefined {
    return this.folders.get(folder)?.listing;
  }

  progress(path: ContentsPath): IFileProgress | undefined {
    return this.active.get(path);
  }

  show(path: ContentsPath): IDisposable {
    const folder = this.folder(path);
    folder.shown += 1;
    // A folder that somebody shows already is fresh.
    if (!folder.reading && (folder.shown === 1 || folder.failed)) {
      this.readInBackground(folder);
    }
    this.listen();
    return new DisposableDelegate(() => {
      folder.shown -= 1;
      this.forget();
      this.listen();
    });
  }

  refresh(path: ContentsPath): Promise<void> {
    return this.folder(path).read();
  }

  /** Reads the shown folders of datasets again; all shown ones when `everything`. */
  revalidate(everything = false): void {
    for (const [path, folder] of this.folders) {
      if (folder.shown > 0 && (everything || this.isInDataset(path) || folder.rows.size > 0)) {
        this.readInBackground(folder);
      }
    }
  }

  /** Reads one folder again if somebody shows it and it is part of a dataset. */
  revalidateFolder(path: ContentsPath): void {
    const folder = this.folders.get(path);
    if (folder !== undefined && folder.shown > 0 && this.isInDataset(path)) {
      this.readInBackground(folder);
    }
  }

  dispose(): void {
    this.disposed = true;
    this.listening?.dispose();
    this.folders.clear();
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  private folder(path: ContentsPath): IFolder {
    const known = this.folders.get(path);
    if (known !== undefined) {
      return known;
    }
    const folder: IFolder = {
      rows: new Map(),
      failed: false,
      reading: false,
      shown: 0,
      read: throttle(() => this.read(path, folder))
    };
    this.folders.set(path, folder);
    return folder;
  }

  private async read(path: ContentsPath, folder: IFolder): Promise<void> {
    folder.reading = true;
    if (folder.listing === undefined && this.isInDataset(path)) {
      this._changed.emit(path);
    }
    try {
      folder.listing = await this.client.call('rows', { folder: path });
      folder.rows = new Map(folder.listing.rows.map(row => [row.path, row]));
      folder.failed = false;
    } catch (error) {
      folder.failed = true;
      throw error;
    } finally {
      folder.reading = false;
      if (!this.disposed) {
        this.listen();
        this._changed.emit(path);
      }
    }
  }

  /** For reads nobody waits for: the rows themselves show the failure. */
  private readInBackground(folder: IFolder): void {
    folder.read().catch(expectedFailure);
  }

  /** The folders that may hold the row of a path. The place of a `bytes:` path cannot be told from its name. */
  private around(path: ContentsPath): IFolder[] {
    if (path.startsWith('bytes:')) {
      return [...this.folders.values()];
    }
    const folder = path === '' ? undefined : this.folders.get(folderOf(path));
    return folder === undefined ? [] : [folder];
  }

  private isInDataset(path: ContentsPath): boolean {
    const listing = this.folders.get(path)?.listing;
    if (listing !== undefined) {
      return listing.dataset !== null;
    }
    return [...this.folders.values()].some(other => {
      const dataset = other.listing?.dataset;
      return (
        (dataset !== undefined && dataset !== null && isWithin(path, dataset.path)) ||
        [...other.rows.values()].some(row => row.kind === 'dataset' && isWithin(path, row.path))
      );
    });
  }

  private onEvent(_: IDataladClient, event: ServerEvent): void {
    switch (event.type) {
      case 'hello':
        if (event.gap) {
          this.revalidate(true);
        }
        break;
      case 'job':
        this.active.update(event.job);
        break;
      case 'changed':
        this.onChanged(event);
        break;
    }
  }

  private onChanged(event: Extract<ServerEvent, { type: 'changed' }>): void {
    for (const [path, folder] of this.folders) {
      if (folder.shown > 0 && concerns(event, path)) {
        this.readInBackground(folder);
      }
    }
  }

  private onEnded(_: IJobsModel, job: Job): void {
    // A new dataset may lie in a folder that no watch belongs to.
    if (makesDataset(job)) {
      this.revalidate(true);
    }
  }

  /** Holds the event stream while a dataset is in view. */
  private listen(): void {
    const wanted = [...this.folders.values()].some(
      folder => folder.shown > 0 && ((folder.listing?.dataset ?? null) !== null || folder.rows.size > 0)
    );
    if (!wanted) {
      this.listening?.dispose();
      this.listening = null;
    } else {
      this.listening ??= this.client.listen();
    }
  }

  private forget(): void {
    for (const [path, folder] of this.folders) {
      if (this.folders.size <= KEPT) {
        return;
      }
      if (folder.shown === 0) {
        this.folders.delete(path);
      }
    }
  }

  private readonly client: IDataladClient;
  private readonly folders = new Map<ContentsPath, IFolder>();
  private readonly active: ActiveFiles;
  private listening: IDisposable | null = null;
  private disposed = false;
  private readonly _changed = new Signal<this, ContentsPath>(this);
  private readonly _progressed = new Signal<this, ContentsPath>(this);
}

/** Whether a change can show in the rows of a folder: in the dataset, or in a folder that lists its root or one around it. */
function concerns(event: Extract<ServerEvent, { type: 'changed' }>, folder: ContentsPath): boolean {
  if (event.what === 'folder' && event.folder !== undefined) {
    return event.folder === folder;
  }
  return event.dataset === null || isWithin(folder, event.dataset) || isWithin(event.dataset, folder);
}
