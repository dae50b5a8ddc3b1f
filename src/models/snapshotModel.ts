import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

/** A model whose state is an immutable snapshot: each change is a new one, told by a signal until the model is disposed. */
export abstract class SnapshotModel<S extends object> implements IDisposable {
  constructor(private snapshot: S) {}

  get state(): S {
    return this.snapshot;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  dispose(): void {
    this.disposed = true;
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  protected set(change: Partial<S>): void {
    if (!this.disposed) {
      this.snapshot = { ...this.snapshot, ...change };
      this._changed.emit();
    }
  }

  private disposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
