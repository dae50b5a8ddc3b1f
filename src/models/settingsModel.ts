import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import type { JobInput } from '../protocol/contract';
import { expectedFailure, type Failure } from '../protocol/failure';
import type { ServerEvent } from '../protocol/job';
import { type ContentsPath, isWithin } from '../protocol/paths';
import type { DatasetSettings, KnownSetting } from '../protocol/settings';
import type { IDatalad, IDataladClient } from '../tokens';
import { throttle } from './throttle';

export interface ISettingsState {
  /** Null before the first answer. */
  readonly settings: DatasetSettings | null;
  /** What DataLad knows; empty until it was asked. */
  readonly known: readonly KnownSetting[];
  readonly failure: Failure | null;
}

/** One change of a setting. */
export type SettingChange = Omit<JobInput<'configure'>, 'dataset'>;

/** What is set for a dataset, read again when something changes, as long as somebody sees it. */
export class SettingsModel implements IDisposable {
  constructor(
    private readonly datalad: Pick<IDatalad, 'client' | 'jobs'>,
    readonly dataset: ContentsPath
  ) {
    datalad.client.events.connect(this.onEvent, this);
  }

  get state(): ISettingsState {
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
      void this.explain();
    }
  }

  /** Null when it went well. */
  async change(change: SettingChange): Promise<Failure | null> {
    const { failure } = await this.datalad.jobs.run('configure', { dataset: this.dataset, ...change });
    await this.refresh();
    return failure ?? null;
  }

  readonly refresh = throttle(async () => {
    try {
      this.set({ settings: await this.datalad.client.call('settings', { dataset: this.dataset }), failure: null });
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

  /** Without explanations the page is as useful as git. */
  private async explain(): Promise<void> {
    if (this._state.known.length === 0) {
      this.set({ known: await this.datalad.client.call('knownSettings', {}).catch(() => []) });
    }
  }

  private onEvent(_: IDataladClient, event: ServerEvent): void {
    const concerns =
      event.type === 'changed' && event.what !== 'figures' && (event.dataset === null || isWithin(event.dataset, this.dataset));
    if (this.held !== null && (concerns || (event.type === 'hello' && event.gap))) {
      void this.refresh();
    }
  }

  private set(change: Partial<ISettingsState>): void {
    if (!this.disposed) {
      this._state = { ...this._state, ...change };
      this._changed.emit();
    }
  }

  private _state: ISettingsState = { settings: null, known: [], failure: null };
  private held: IDisposable | null = null;
  private disposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
