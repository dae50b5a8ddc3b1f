import type { Job } from '../../protocol/job';

/** Milliseconds between two events of one job: five a second are smooth enough for a progress bar. */
const INTERVAL = 200;
/** An event carries the whole job; one with thousands of paths is told more rarely. */
const LARGE = 64 * 1024;

/** Tells of the changes of one job, several together where they come fast; the last one is never lost. */
export class Announcer {
  private readonly interval: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly job: () => Job,
    private readonly tell: (job: Job) => void
  ) {
    this.interval = INTERVAL * Math.ceil(JSON.stringify(job()).length / LARGE);
  }

  soon(): void {
    this.timer ??= setTimeout(() => this.now(), this.interval);
  }

  now(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.tell(this.job());
  }
}
