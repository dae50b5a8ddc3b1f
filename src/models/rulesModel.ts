import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import { expectedFailure, type Failure } from '../protocol/failure';
import type { ServerEvent } from '../protocol/job';
import { type ContentsPath, isWithin } from '../protocol/paths';
import type { RuleEdit, RulePreview, Rules } from '../protocol/rules';
import type { IDataladClient, IJobsModel, IOutcome, IRowsModel } from '../tokens';
import { throttle } from './throttle';

export interface IRulesState {
  /** `loading` only before the first answer. */
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly rules: Rules | null;
  /** Which files each rule is for; null while that is being counted. */
  readonly preview: RulePreview | null;
  readonly failure: Failure | null;
}

/** The rules in one file of a dataset, read again when something changes, as long as somebody sees them. */
export class RulesModel implements IDisposable {
  constructor(
    private readonly services: { client: IDataladClient; rows: IRowsModel; jobs: IJobsModel },
    readonly dataset: ContentsPath
  ) {
    services.client.events.connect(this.onEvent, this);
    services.rows.changed.connect(this.onRows, this);
  }

  get state(): IRulesState {
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
    if (active) {
      const { client, rows } = this.services;
      this.held = [client.listen(), rows.show(this.dataset)];
      void this.refresh();
    } else {
      this.release();
    }
  }

  /** Shows another file of rules of the dataset. */
  show(file: ContentsPath): void {
    this.file = file;
    this.set({ phase: 'loading', rules: null, preview: null, failure: null });
    void this.refresh();
  }

  /** Which files a line is for, or would be for after an edit; null where that cannot be told, or is not asked any more. */
  async try(more: { edit?: RuleEdit; show?: number }, signal: AbortSignal): Promise<RulePreview | Failure | null> {
    try {
      return await this.services.client.call('rulePreview', { ...this.place(), ...more }, signal);
    } catch (error) {
      return signal.aborted ? null : expectedFailure(error);
    }
  }

  /** Writes an edit, of the file as it is shown. */
  async write(edit: RuleEdit): Promise<IOutcome | null> {
    const { rules } = this._state;
    if (rules === null) {
      return null;
    }
    const { dataset, file, fingerprint } = rules;
    const outcome = await this.services.jobs.run('editRules', { dataset, file: file.path, fingerprint, edit });
    await this.refresh();
    return outcome;
  }

  dispose(): void {
    this.disposed = true;
    this.release();
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  readonly refresh = throttle(() => this.read());

  private async read(): Promise<void> {
    this.counting?.abort();
    const { client } = this.services;
    try {
      const rules = await client.call('rules', this.place());
      this.set({ phase: 'ready', rules, failure: null });
      const counting = new AbortController();
      this.counting = counting;
      const preview = await this.try({}, counting.signal);
      if (preview !== null) {
        this.set('kind' in preview ? { failure: preview } : { preview });
      }
    } catch (error) {
      this.set({ phase: 'failed', failure: expectedFailure(error) });
    }
  }

  private place(): { dataset: ContentsPath; file?: ContentsPath } {
    return { dataset: this.dataset, ...(this.file === undefined ? {} : { file: this.file }) };
  }

  private onEvent(_: IDataladClient, event: ServerEvent): void {
    const gap = event.type === 'hello' && event.gap;
    const concerns =
      event.type === 'changed' && event.what !== 'figures' && (event.dataset === null || isWithin(event.dataset, this.dataset));
    if (this.held !== null && (gap || concerns)) {
      void this.refresh();
    }
  }

  private onRows(_: IRowsModel, folder: ContentsPath): void {
    if (this.held !== null && folder === this.dataset && this._state.phase !== 'loading') {
      void this.refresh();
    }
  }

  private release(): void {
    this.counting?.abort();
    this.held?.forEach(part => part.dispose());
    this.held = null;
  }

  private set(change: Partial<IRulesState>): void {
    if (!this.disposed) {
      this._state = { ...this._state, ...change };
      this._changed.emit();
    }
  }

  private _state: IRulesState = { phase: 'loading', rules: null, preview: null, failure: null };
  private held: readonly IDisposable[] | null = null;
  private counting: AbortController | null = null;
  private file: ContentsPath | undefined;
  private disposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
