import { fail } from '../../protocol/failure';

/** A limited number of places, given out in the order they were asked for. */
export class Slots {
  constructor(private readonly count: number) {}

  /** Waits for a place and resolves with how to give it back; on abort it leaves the queue and rejects with `cancelled`. */
  async take(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted || !(await this.place(signal))) {
      fail('cancelled', 'This was cancelled.');
    }
    return () => this.free();
  }

  private async place(signal: AbortSignal): Promise<boolean> {
    if (this.taken >= this.count) {
      return this.wait(signal);
    }
    this.taken += 1;
    return true;
  }

  private wait(signal: AbortSignal): Promise<boolean> {
    return new Promise(resolve => {
      const enter = (): void => {
        signal.removeEventListener('abort', leave);
        resolve(true);
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(enter), 1);
        resolve(false);
      };
      this.waiting.push(enter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** Hands the place to the next in the queue, or keeps it free. */
  private free(): void {
    const next = this.waiting.shift();
    if (next === undefined) {
      this.taken -= 1;
    } else {
      next();
    }
  }

  private taken = 0;
  private readonly waiting: (() => void)[] = [];
}
