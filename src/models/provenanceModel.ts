import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import { expectedFailure, type Failure } from '../protocol/failure';
import type { ServerEvent } from '../protocol/job';
import type { ContentsPath } from '../protocol/paths';
import type { Provenance } from '../protocol/provenance';
import type { IDataladClient } from '../tokens';
import { throttle } from './throttle';

export interface IProvenanceState {
  /** Null until it has been read. */
  readonly graph: Provenance | null;
  readonly failure: Failure | null;
}

/** What was made of what in a dataset, or what led to one file; read again when the dataset changes, as long as somebody sees it. */
export class ProvenanceModel implements IDisposable {
  readonly changed: ISignal<this, void> = new Signal<this, void>(this);
  private _state: IProvenanceState = { graph: null, failure: null };
  private held: IDisposable | null = null;
  private disposed = false;

  constructor(
    private readonly client: IDataladClient,
    readonly dataset: ContentsPath,
    readonly path: ContentsPath | null
  ) {
    client.events.connect(this.onEvent, this);
  }

  get state(): IProvenanceState {
    return this._state;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  /** Whether anybody sees it. */
  setActive(active: boolean): void {
    if (active && this.held === null) {
      this.held = this.client.listen();
      void this.refresh();
    } else if (!active) {
      this.held?.dispose();
      this.held = null;
    }
  }

  readonly refresh = throttle(() => this.read());

  /** The same in the terms of W3C PROV; null where that failed, which the state tells. */
  async document(emails: boolean): Promise<string | null> {
    try {
      return (await this.client.call('provDocument', { ...this.asked, emails })).text;
    } catch (error) {
      this.set({ ...this._state, failure: expectedFailure(error) });
      return null;
    }
  }

  dispose(): void {
    this.disposed = true;
    this.setActive(false);
    Signal.clearData(this);
  }

  private async read(): Promise<void> {
    try {
      const graph = await this.client.call('provenance', this.asked);
      const same = JSON.stringify(graph) === JSON.stringify(this._state.graph);
      this.set({ graph: same ? this._state.graph : graph, failure: null });
    } catch (error) {
      this.set({ ...this._state, failure: expectedFailure(error) });
    }
  }

  private get asked(): { dataset: ContentsPath; path?: ContentsPath } {
    const { dataset, path } = this;
    return { dataset, ...(path === null ? {} : { path }) };
  }

  private onEvent(_: IDataladClient, event: ServerEvent): void {
    const concerned =
      event.type === 'hello' ? event.gap : event.type === 'changed' && (event.dataset ?? this.dataset) === this.dataset;
    if (this.held !== null && concerned) {
      void this.refresh();
    }
  }

  private set(state: IProvenanceState): void {
    if (!this.disposed) {
      this._state = state;
      (this.changed as Signal<this, void>).emit();
    }
  }
}
