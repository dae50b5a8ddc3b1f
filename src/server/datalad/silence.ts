/** Milliseconds without a word before it is told, and between two tellings. */
const PATIENCE = 5_000;
const PACE = 1_000;

/** Notices that a running command says nothing: the other side of a transfer may hang, and no tool here would ever give up. */
export class Silence {
  private last = Date.now();
  private readonly timer: NodeJS.Timeout;

  /** `told` gets the milliseconds since the last word, once a second while it lasts. */
  constructor(told: (quiet: number) => void) {
    this.timer = setInterval(() => {
      const quiet = Date.now() - this.last;
      // A clock that was set back makes no silence of the past.
      if (quiet < 0) {
        this.last = Date.now();
      } else if (quiet >= PATIENCE) {
        told(quiet);
      }
    }, PACE);
    this.timer.unref();
  }

  heard(): void {
    this.last = Date.now();
  }

  /** The command has ended. */
  end(): void {
    clearInterval(this.timer);
  }
}
