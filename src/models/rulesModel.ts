import { expectedFailure, type Failure } from '../protocol/failure';
import type { ContentsPath } from '../protocol/paths';
import type { RuleEdit, RulePreview, Rules } from '../protocol/rules';
import type { IDataladClient, IJobsModel, IOutcome, IRowsModel } from '../tokens';
import { WatchingModel } from './watchingModel';

export interface IRulesState {
  /** `loading` only before the first answer. */
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly rules: Rules | null;
  /** Which files each rule is for; null while that is being counted. */
  readonly preview: RulePreview | null;
  readonly failure: Failure | null;
}

/** The rules in one file of a dataset. */
export class RulesModel extends WatchingModel<IRulesState> {
  constructor(
    private readonly services: { client: IDataladClient; rows: IRowsModel; jobs: IJobsModel },
    dataset: ContentsPath
  ) {
    const { client, rows } = services;
    super({ client, dataset, state: LOADING, folder: { rows, path: dataset } });
  }

  /** Shows another file of rules of the dataset. */
  show(file: ContentsPath): void {
    this.file = file;
    this.set(LOADING);
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
    const { rules } = this.state;
    if (rules === null) {
      return null;
    }
    const { dataset, file, fingerprint } = rules;
    const outcome = await this.services.jobs.run('editRules', { dataset, file: file.path, fingerprint, edit });
    await this.refresh();
    return outcome;
  }

  protected override async read(): Promise<void> {
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

  protected override release(): void {
    this.counting?.abort();
    super.release();
  }

  private counting: AbortController | null = null;
  private file: ContentsPath | undefined;
}

const LOADING: IRulesState = { phase: 'loading', rules: null, preview: null, failure: null };
