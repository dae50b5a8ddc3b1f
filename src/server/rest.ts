import { collectGarbage } from './collectGarbage';

/** Milliseconds without anybody listening after which what was read is forgotten: a tab that is only reloaded finds it again. */
const PAUSE = 5_000;
/** Milliseconds in which what was forgotten is let go by those who still held it. */
const SETTLE = 1_000;

/** Gives back memory while nobody looks: a server of one user among hundreds on a machine waits most of its time. */
export class Rest {
  private timer: NodeJS.Timeout | undefined;

  /** `forget` drops whatever can be read again. */
  constructor(
    private readonly forget: () => void,
    private readonly pause = PAUSE
  ) {}

  /** Somebody listens, or nobody does any more. */
  listening(anyone: boolean): void {
    clearTimeout(this.timer);
    if (!anyone) {
      this.timer = setTimeout(() => {
        this.forget();
        this.timer = setTimeout(collectGarbage, SETTLE).unref();
      }, this.pause).unref();
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
  }
}
