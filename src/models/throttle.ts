/**
 * Wraps an asynchronous action so that calls collapse: one runs, at most one waits, and everybody who called meanwhile gets the waiting
 * one's result. So a caller always gets a run that began after the call.
 */
export function throttle(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let waiting: Promise<void> | null = null;
  const start = (): Promise<void> => {
    waiting = null;
    const run = action().finally(() => {
      if (running === run) {
        running = null;
      }
    });
    running = run;
    return run;
  };
  return () => {
    if (running === null) {
      return start();
    }
    // A failed run is its own callers' news, not those of the next.
    waiting ??= running.then(start, start);
    return waiting;
  };
}
