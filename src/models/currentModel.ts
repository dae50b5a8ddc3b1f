import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import { type Failure, expectedFailure } from '../protocol/failure';
import type { ServerEvent } from '../protocol/job';
import { type ContentsPath, contentsPath, isWithin } from '../protocol/paths';
import type { ICurrentModel, ICurrentState, IDataladClient, IRowsModel } from '../tokens';
import { throttle } from './throttle';

const START: ICurrentState = {
  folder: contentsPath(''),
  pinned: false,
  phase: 'loading',
  summary: null,
  totals: null,
  health: null,
  failure: null
};

/** The dataset around the folder in view. Outside datasets it costs nothing beyond the rows of that folder. */
export class CurrentModel implements ICurrentModel, IDisposable {
  constructor(options: { client: IDataladClient; rows: IRowsModel }) {
    this.client = options.client;
    this.rows = options.rows;
    this.client.events.connect(this.onEvent, this);
    this.rows.changed.connect(this.onRows, this);
  }

  get state(): ICurrentState {
    return this._state;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  /** The file browser shows another folder; null where it shows what is no file of this server. */
  follow(folder: ContentsPath | null): void {
    this.followed = folder;
    if (!this._state.pinned) {
      this.enter(folder);
    }
  }

  pin(dataset: ContentsPath | null): void {
    if (dataset === null) {
      this.set({ pinned: false });
      this.enter(this.followed);
    } else {
      this.set({ pinned: true });
      this.enter(dataset);
    }
  }

  async refresh(): Promise<void> {
    if (this.shown === null || this.shown === undefined) {
      return;
    }
    this.asked = true;
    await Promise.all([this.read(), this.readTotals(), this.readHealth()]);
  }

  dispose(): void {
    this.disposed = true;
    this.showing?.dispose();
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  private enter(folder: ContentsPath | null): void {
    if (folder === this.shown) {
      return;
    }
    this.shown = folder;
    this.showing?.dispose();
    this.showing = null;
    if (folder === null || this._state.health?.available === false) {
      this.set({ ...START, pinned: this._state.pinned, health: this._state.health, phase: 'silent' });
      return;
    }
    const { summary } = this._state;
    // Most likely still this dataset: what is known of it stays until the answer, so that nothing flickers.
    const stays = summary !== null && isWithin(folder, summary.dataset.path);
    this.set(stays ? { folder } : { folder, phase: 'loading', summary: null, totals: null, failure: null });
    this.showing = this.rows.show(folder);
    void this.read();
    if (this._state.health === null) {
      void this.readHealth();
    }
  }

  private async readNow(): Promise<void> {
    const folder = this.shown;
    if (folder === null || folder === undefined) {
      return;
    }
    try {
      const { asked } = this;
      this.asked = false;
      if (this.rows.listing(folder) === undefined || asked) {
        await this.rows.refresh(folder);
      }
      const dataset = this.rows.listing(folder)?.dataset ?? null;
      const complete = asked ? { complete: true } : {};
      const summary = dataset === null ? null : await this.client.call('dataset', { path: dataset.path, ...complete });
      if (this.shown !== folder) {
        return;
      }
      const same = summary !== null && summary.dataset.path === this._state.summary?.dataset.path;
      const totals = same ? this._state.totals : null;
      this.set({ phase: summary === null ? 'none' : 'dataset', summary, totals, failure: null });
      // Later ones follow an event of their own, once they are counted.
      if (summary !== null && totals === null) {
        void this.readTotals();
      }
    } catch (error) {
      this.failed(folder, expectedFailure(error));
    }
  }

  private async readTotalsNow(): Promise<void> {
    const dataset = this._state.summary?.dataset.path;
    if (dataset === undefined) {
      return;
    }
    try {
      const totals = await this.client.call('totals', { dataset });
      if (this._state.summary?.dataset.path === dataset) {
        this.set({ totals });
      }
    } catch (error) {
      const failure = expectedFailure(error);
      if (this._state.summary?.dataset.path === dataset) {
        this.failed(this.shown, failure);
      }
    }
  }

  private async readHealthNow(): Promise<void> {
    try {
      const health = await this.client.call('health', {});
      this.set(health.available ? { health } : { ...START, pinned: this._state.pinned, health, phase: 'silent' });
    } catch (error) {
      // That the server is not there shows where rows and dataset are read, with the same words.
      expectedFailure(error);
    }
  }

  private failed(folder: ContentsPath | null | undefined, failure: Failure): void {
    if (this.shown === folder && this._state.phase !== 'silent') {
      this.set({ phase: 'failed', failure });
    }
  }

  private onEvent(_: IDataladClient, event: ServerEvent): void {
    if (event.type === 'hello' && event.gap) {
      void this.read();
      void this.readTotals();
      return;
    }
    const dataset = this._state.summary?.dataset.path;
    if (event.type !== 'changed' || dataset === undefined || event.dataset === null || !isWithin(event.dataset, dataset)) {
      return;
    }
    // With a folder: the row of a subdataset in it, whose unsaved changes are listed, too.
    void (event.what === 'figures' && event.folder === undefined ? this.readTotals() : this.read());
  }

  /** The folder became a dataset, or is none any more. */
  private onRows(_: IRowsModel, folder: ContentsPath): void {
    const listing = this.rows.listing(folder);
    if (folder !== this.shown || listing === undefined || this._state.phase === 'loading' || this._state.phase === 'silent') {
      return;
    }
    if ((listing.dataset?.path ?? null) !== (this._state.summary?.dataset.path ?? null) || this._state.phase === 'failed') {
      void this.read();
    }
  }

  private set(change: Partial<ICurrentState>): void {
    if (!this.disposed) {
      this._state = { ...this._state, ...change };
      this._changed.emit();
    }
  }

  private readonly client: IDataladClient;
  private readonly rows: IRowsModel;
  private readonly read = throttle(() => this.readNow());
  private readonly readTotals = throttle(() => this.readTotalsNow());
  private readonly readHealth = throttle(() => this.readHealthNow());
  private _state: ICurrentState = START;
  private followed: ContentsPath | null = null;
  /** Undefined before the first folder is known. */
  private shown: ContentsPath | null | undefined = undefined;
  private showing: IDisposable | null = null;
  private asked = false;
  private disposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
