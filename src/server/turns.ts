import { setImmediate as turn } from 'node:timers/promises';

/** How long one piece of work may keep other requests waiting, in milliseconds. */
const SLICE = 8;

/** Lets long work without a wait in it give others their turn: `if (turns.due()) { await turns.give(); }`. */
export class Turns {
  private since = performance.now();

  constructor(private readonly signal?: AbortSignal) {}

  due(): boolean {
    return performance.now() - this.since > SLICE;
  }

  /** Rejects when the work is not wanted any more. */
  async give(): Promise<void> {
    await turn();
    this.signal?.throwIfAborted();
    this.since = performance.now();
  }
}
