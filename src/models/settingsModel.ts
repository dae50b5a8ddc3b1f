import type { JobInput } from '../protocol/contract';
import { expectedFailure, type Failure } from '../protocol/failure';
import type { ContentsPath } from '../protocol/paths';
import type { DatasetSettings, KnownSetting } from '../protocol/settings';
import type { IDatalad } from '../tokens';
import { WatchingModel } from './watchingModel';

export interface ISettingsState {
  /** Null before the first answer. */
  readonly settings: DatasetSettings | null;
  /** What DataLad knows; empty until it was asked. */
  readonly known: readonly KnownSetting[];
  readonly failure: Failure | null;
}

/** One change of a setting. */
export type SettingChange = Omit<JobInput<'configure'>, 'dataset'>;

/** What is set for a dataset. */
export class SettingsModel extends WatchingModel<ISettingsState> {
  constructor(
    private readonly datalad: Pick<IDatalad, 'client' | 'jobs'>,
    dataset: ContentsPath
  ) {
    super({ client: datalad.client, dataset, state: { settings: null, known: [], failure: null } });
  }

  override setActive(active: boolean): void {
    super.setActive(active);
    if (active) {
      void this.explain();
    }
  }

  /** Null when it went well. */
  async change(change: SettingChange): Promise<Failure | null> {
    const { failure } = await this.datalad.jobs.run('configure', { dataset: this.dataset, ...change });
    await this.refresh();
    return failure ?? null;
  }

  protected override async read(): Promise<void> {
    try {
      this.set({ settings: await this.datalad.client.call('settings', { dataset: this.dataset }), failure: null });
    } catch (error) {
      this.set({ failure: expectedFailure(error) });
    }
  }

  /** Without explanations the page is as useful as git. */
  private async explain(): Promise<void> {
    if (this.state.known.length === 0) {
      this.set({ known: await this.datalad.client.call('knownSettings', {}).catch(() => []) });
    }
  }
}
