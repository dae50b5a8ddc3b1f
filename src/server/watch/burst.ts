/** Quiet time before a burst of changes is told, and the longest a burst may hold it back, in milliseconds. */
const QUIET = 200;
const LONGEST = 500;

/** Collapses a burst of calls into one, soon after its end, or in its middle when it lasts. */
export class Burst {
  private timer: NodeJS.Timeout | undefined;
  private since = 0;

  constructor(private readonly tell: () => void) {}

  add(): void {
    const now = Date.now();
    this.since = this.timer === undefined ? now : this.since;
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.tell();
      },
      Math.max(0, Math.min(QUIET, this.since + LONGEST - now))
    );
    this.timer.unref();
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
