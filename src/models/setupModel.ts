import { type Failure, expectedFailure } from '../protocol/failure';
import type { Job } from '../protocol/job';
import type { ContentsPath } from '../protocol/paths';
import type { Setup } from '../protocol/setup';
import type { IDatalad, IJobsModel } from '../tokens';
import { SnapshotModel } from './snapshotModel';
import { throttle } from './throttle';

/** What `datalad wtf` tells under one heading. */
export interface IWtfSection {
  readonly name: string;
  readonly text: string;
}

/** State of the set-up: an immutable snapshot. */
export interface ISetupState {
  readonly dataset: ContentsPath;
  /** Null before the first answer. */
  readonly setup: Setup | null;
  readonly failure: Failure | null;
  /** What is being switched on or off at this moment. */
  readonly switching: ReadonlyMap<string, boolean>;
  /** What DataLad says of itself; asked for only when somebody wants it, since that takes seconds. */
  readonly wtf: { readonly phase: 'unasked' | 'asking' | 'ready' | 'failed'; readonly sections: readonly IWtfSection[] };
}

/** Jobs after which the set-up is another one. */
const CHANGING: readonly string[] = ['setIdentity', 'setExtension'];

/** With what DataLad works here, and for whom. */
export class SetupModel extends SnapshotModel<ISetupState> {
  constructor(
    private readonly datalad: Pick<IDatalad, 'client' | 'jobs'>,
    /** Whose identity is asked for, too. */
    dataset: ContentsPath
  ) {
    super({ dataset, setup: null, failure: null, switching: new Map(), wtf: { phase: 'unasked', sections: [] } });
    datalad.jobs.ended.connect(this.onEnded, this);
  }

  /** Whether anybody sees it: then it is read. */
  setActive(active: boolean): void {
    if (active && !this.active) {
      void this.refresh();
    }
    this.active = active;
  }

  readonly refresh = throttle(async () => {
    const { dataset } = this.state;
    try {
      this.set({ setup: await this.datalad.client.call('setup', { dataset }), failure: null });
    } catch (error) {
      this.set({ failure: expectedFailure(error) });
    }
  });

  async askWtf(): Promise<void> {
    this.set({ wtf: { ...this.state.wtf, phase: 'asking' } });
    const { status, results } = await this.datalad.jobs.run('wtf', {});
    const sections = results.flatMap(({ type, message }) => (type ? [{ name: type, text: message ?? '' }] : []));
    this.set({ wtf: { phase: status === 'ok' ? 'ready' : 'failed', sections } });
  }

  async setExtension(name: string, on: boolean): Promise<void> {
    this.set({ switching: new Map(this.state.switching).set(name, on) });
    await this.datalad.jobs.run('setExtension', { name, on });
    await this.refresh();
    const rest = [...this.state.switching].filter(([other]) => other !== name);
    this.set({ switching: new Map(rest) });
  }

  private onEnded(_: IJobsModel, { operation }: Job): void {
    if (this.active && CHANGING.includes(operation)) {
      void this.refresh();
    }
  }

  private active = false;
}
