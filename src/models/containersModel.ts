import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import type { Containers } from '../protocol/container';
import { expectedFailure, type Failure } from '../protocol/failure';
import type { ServerEvent } from '../protocol/job';
import { type ContentsPath, isWithin } from '../protocol/paths';
import type { IDatalad, IDataladClient } from '../tokens';
import { throttle } from './throttle';

export interface IContainersState {
  /** Null before the first answer. */
  readonly found: Containers | null;
  readonly failure: Failure | null;
}

/** The containers of a dataset, read again when something changes, as long as somebody sees them. */
export class ContainersModel implements IDisposable {
  constructor(
    private readonly datalad: Pick<IDatalad, 'client'>,
    readonly dataset: ContentsPath
  ) {
    datalad.client.events.connect(this.onEvent, this);
  }

  get state(): IContainersState {
    return this._state;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  /** Whether anybody sees it: then it is fresh, and told of what changes. */
  setActive(active: boolean): void {
    if (active === (this.held !== null)) {
      return;
    }
    this.held?.dispose();
    this.held = active ? this.datalad.client.listen() : null;
    if (active) {
      void this.refresh();
    }
  }

  readonly refresh = throttle(async () => {
    try {
      this.set({ found: await this.datalad.client.call('containers', { dataset: this.dataset }), failure: null });
    } catch (error) {
      this.set({ failure: expectedFailure(error) });
    }
  });

  dispose(): void {
    this.disposed = true;
    this.held?.dispose();
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  /** Also of subdatasets, whose containers these are, too. */
  private onEvent(_: IDataladClient, event: ServerEvent): void {
    const concerns =
      event.type === 'changed' &&
      (event.dataset === null || isWithin(event.dataset, this.dataset) || isWithin(this.dataset, event.dataset));
    if (this.held !== null && (concerns || (event.type === 'hello' && event.gap))) {
      void this.refresh();
    }
  }

  private set(change: Partial<IContainersState>): void {
    if (!this.disposed) {
      this._state = { ...this._state, ...change };
      this._changed.emit();
    }
  }

  private _state: IContainersState = { found: null, failure: null };
  private held: IDisposable | null = null;
  private disposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
