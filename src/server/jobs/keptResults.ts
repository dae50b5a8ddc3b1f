import { isSuccess, type Result } from '../../protocol/result';

export const MAX_RESULTS = 5_000;
/** Characters of JSON: what a tool says of one file may be of any length. */
export const MAX_LENGTH = 8 * 1024 * 1024;

interface IKept {
  readonly result: Result;
  readonly length: number;
}

/** The last results of one job, bounded by their number and by what they take; the very last one is always kept. */
export class KeptResults {
  private kept: IKept[] = [];
  private total = 0;

  /** Characters of JSON. */
  get length(): number {
    return this.total;
  }

  get last(): Result[] {
    return this.kept.slice(-MAX_RESULTS).map(({ result }) => result);
  }

  add(result: Result): void {
    const { length } = JSON.stringify(result);
    this.kept.push({ result, length });
    this.total += length;
    // Seldom, and then many at once: each time is a walk through all of them.
    if (this.kept.length > 2 * MAX_RESULTS || this.total > MAX_LENGTH) {
      this.keep(newest(this.kept.slice(-MAX_RESULTS), MAX_LENGTH / 2));
    }
  }

  /** Forgets what went well. */
  keepFailed(): void {
    this.keep(this.kept.filter(({ result }) => !isSuccess(result)).slice(-MAX_RESULTS));
  }

  private keep(kept: IKept[]): void {
    this.kept = kept;
    this.total = kept.reduce((sum, { length }) => sum + length, 0);
  }
}

/** As many from the end as fit, at least one. */
function newest(kept: readonly IKept[], room: number): IKept[] {
  let from = kept.length - 1;
  for (let taken = kept[from]?.length ?? 0; from > 0; from -= 1) {
    taken += kept[from - 1]?.length ?? 0;
    if (taken > room) {
      break;
    }
  }
  return kept.slice(Math.max(0, from));
}
