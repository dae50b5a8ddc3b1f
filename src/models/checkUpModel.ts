import { type Check, CHECKS, type Finding, type FoundGroup } from '../protocol/checkUp';
import { expectedFailure, type Failure } from '../protocol/failure';
import type { ContentsPath } from '../protocol/paths';
import type { IDataladClient, IJobsModel, IOutcome } from '../tokens';
import { SnapshotModel } from './snapshotModel';

export interface ICheckUpState {
  /** What each look has found so far. */
  readonly found: ReadonlyMap<Check, readonly FoundGroup[] | Failure>;
  /** The look under way. */
  readonly looking: Check | null;
  /** Somebody stopped it before the last look. */
  readonly stopped: boolean;
}

/** A check-up of a dataset: one look after the other, the quick ones first. It begins when somebody sees it, and goes on unseen. */
export class CheckUpModel extends SnapshotModel<ICheckUpState> {
  constructor(
    private readonly services: { client: IDataladClient; jobs: IJobsModel },
    readonly dataset: ContentsPath
  ) {
    super({ found: new Map(), looking: null, stopped: false });
  }

  setActive(active: boolean): void {
    if (active && !this.begun) {
      this.begun = true;
      void this.look(ORDER);
    }
  }

  /** Looks again, at everything or at some of it; what was still to be looked at comes after that. */
  async look(checks: readonly Check[] = ORDER): Promise<void> {
    this.abort?.abort();
    const abort = new AbortController();
    this.abort = abort;
    this.left = [...checks, ...this.left.filter(check => !checks.includes(check))];
    this.set({ found: new Map([...this.state.found].filter(([check]) => !checks.includes(check))), stopped: false });
    for (let [check] = this.left; check !== undefined; [check] = this.left) {
      this.set({ looking: check });
      const found = await this.ask(check, abort.signal);
      if (abort.signal.aborted) {
        return;
      }
      this.left = this.left.slice(1);
      this.set({ found: new Map([...this.state.found, [check, found]]) });
    }
    this.set({ looking: null });
  }

  /** Looks again for one finding, once something was done about it. */
  async lookFor(finding: Finding): Promise<void> {
    await this.look(this.checksWith(finding));
  }

  stop(): void {
    this.abort?.abort();
    this.left = [];
    this.set({ looking: null, stopped: true });
  }

  /** Drops old versions; git-annex refuses those without enough copies elsewhere. */
  async dropOld(keys: readonly string[]): Promise<IOutcome> {
    const outcome = await this.services.jobs.run('dropOld', { dataset: this.dataset, keys: [...keys] });
    await this.look(['old']);
    return outcome;
  }

  override dispose(): void {
    this.abort?.abort();
    super.dispose();
  }

  /** The looks that told it. */
  private checksWith(finding: Finding): Check[] {
    return [...this.state.found].flatMap(([check, answer]) =>
      Array.isArray(answer) && answer.some(group => group.finding === finding) ? [check] : []
    );
  }

  private async ask(check: Check, signal: AbortSignal): Promise<readonly FoundGroup[] | Failure> {
    try {
      return (await this.services.client.call('checkUp', { dataset: this.dataset, check }, signal)).groups;
    } catch (error) {
      return signal.aborted ? [] : expectedFailure(error);
    }
  }

  private abort: AbortController | null = null;
  /** What is looked at now, and next. */
  private left: readonly Check[] = [];
  private begun = false;
}

const SLOW: readonly Check[] = ['copies', 'old'];
/** The quick ones first. */
const ORDER: readonly Check[] = [...CHECKS.filter(check => !SLOW.includes(check)), ...SLOW];
