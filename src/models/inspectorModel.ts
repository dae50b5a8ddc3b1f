import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import { expectedFailure } from '../protocol/failure';
import type { Inspected } from '../protocol/inspect';
import type { ServerEvent } from '../protocol/job';
import type { IDataladClient, IInspectorModel, IInspectorState, IInspectRequest, IJobsModel } from '../tokens';
import { throttle } from './throttle';

/** While nothing is looked at. */
export const NOTHING_INSPECTED: IInspectorState = {
  request: null,
  details: null,
  copies: null,
  origin: null,
  originFailure: null,
  failure: null,
  verifying: false,
  verified: null
};

/** What is looked at closely: read when it is opened, and again when something changed; told only where it is another one than before. */
export class InspectorModel implements IInspectorModel, IDisposable {
  constructor(private readonly options: { client: IDataladClient; jobs: IJobsModel }) {
    options.client.events.connect(this.onEvent, this);
  }

  readonly changed: ISignal<this, void> = new Signal<this, void>(this);
  readonly asked: ISignal<this, void> = new Signal<this, void>(this);

  get state(): IInspectorState {
    return this._state;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  open(request: IInspectRequest): void {
    this.turn++;
    this._state = { ...NOTHING_INSPECTED, request };
    (this.changed as Signal<this, void>).emit();
    (this.asked as Signal<this, void>).emit();
    void this.refresh();
  }

  close(): void {
    this.turn++;
    this._state = NOTHING_INSPECTED;
    (this.changed as Signal<this, void>).emit();
  }

  async verify(): Promise<void> {
    const { turn } = this;
    const { request, details } = this._state;
    if (request === null || details?.annex === undefined || this._state.verifying) {
      return;
    }
    const { key } = details.annex;
    this.set({ verifying: true, verified: null });
    const { dataset } = request;
    const outcome = await this.options.jobs.run('verify', { dataset, paths: [details.path], key });
    if (turn === this.turn) {
      const failure = outcome.failure ?? null;
      this.set({ verifying: false, verified: outcome.status === 'cancelled' ? null : { key, failure } });
    }
  }

  dispose(): void {
    this.disposed = true;
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  private async refreshNow(): Promise<void> {
    const { turn } = this;
    const { request } = this._state;
    if (request === null) {
      return;
    }
    const { client } = this.options;
    const { dataset, paths } = request;
    const [path] = paths;
    try {
      const details = path === undefined || paths.length > 1 ? null : await client.call('inspect', { dataset, path });
      const copies =
        details === null || isContainer(details) ? await client.call('copies', { dataset, paths: [...paths] }) : null;
      if (turn !== this.turn) {
        return;
      }
      const before = this._state;
      const fresh = before.details === null || !same(before.details, details);
      this.set({
        details: fresh ? details : before.details,
        copies: same(before.copies, copies) ? before.copies : copies,
        failure: null,
        // What was verified was the content that was here then.
        ...(fresh ? { verified: isStill(before, details) ? before.verified : null } : {})
      });
      if (fresh && details !== null && !isContainer(details)) {
        await this.readOrigin(turn, details);
      }
    } catch (reason) {
      const failure = expectedFailure(reason);
      if (turn === this.turn) {
        this.set({ failure, ...(failure.kind === 'not-found' ? { details: null, copies: null } : {}) });
      }
    }
  }

  /** It may take long in a long history: the rest is shown before. */
  private async readOrigin(turn: number, { path }: Inspected): Promise<void> {
    const dataset = this._state.request?.dataset ?? '';
    try {
      const origin = await this.options.client.call('origin', { dataset, path });
      if (turn === this.turn) {
        this.set({ origin: same(this._state.origin, origin) ? this._state.origin : origin, originFailure: null });
      }
    } catch (reason) {
      const originFailure = expectedFailure(reason);
      if (turn === this.turn) {
        this.set({ originFailure });
      }
    }
  }

  private onEvent(_: IDataladClient, event: ServerEvent): void {
    const dataset = this._state.request?.dataset;
    const concerned = event.type === 'hello' ? event.gap : event.type === 'changed' && (event.dataset ?? dataset) === dataset;
    if (dataset !== undefined && concerned) {
      void this.refresh();
    }
  }

  private set(change: Partial<IInspectorState>): void {
    const next = { ...this._state, ...change };
    if (!this.disposed && !same(this._state, next)) {
      this._state = next;
      (this.changed as Signal<this, void>).emit();
    }
  }

  private readonly refresh = throttle(() => this.refreshNow());
  private _state = NOTHING_INSPECTED;
  /** Raised with each other thing that is looked at. */
  private turn = 0;
  private disposed = false;
}

/** Whether it holds files: then the copies of these are told. */
function isContainer({ kind }: Inspected): boolean {
  return kind === 'directory' || kind === 'dataset' || kind === 'dataset-absent';
}

/** Plain JSON on both sides. */
function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function isStill({ verified, details: before }: IInspectorState, details: Inspected | null): boolean {
  const [then, now] = [before?.annex, details?.annex];
  return verified?.key === now?.key && then?.here === now?.here && then?.edited === now?.edited;
}
