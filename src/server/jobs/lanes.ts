/** Queues by name: work of one lane runs one after the other, in the order it came; lanes do not wait for each other. */
export class Lanes {
  private readonly tails = new Map<string, Promise<void>>();

  /** Runs the work after everything entered before in this lane; null runs it at once. Work must not reject. */
  enter(lane: string | null, work: () => Promise<void>): Promise<void> {
    if (lane === null) {
      return work();
    }
    const ended = (this.tails.get(lane) ?? Promise.resolve())
      // What is behind is worked off whatever became of that.
      .then(work, work)
      .finally(() => {
        if (this.tails.get(lane) === ended) {
          this.tails.delete(lane);
        }
      });
    this.tails.set(lane, ended);
    return ended;
  }
}
