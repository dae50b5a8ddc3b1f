const INTERVAL = 1_000;

/**
 * Calls `gone` once the process that started this one has ended. Jupyter's own "Shut Down" and a SIGKILL send no signal: without
 * the watch the server would live on for ever. Answers how to stop watching.
 */
export function watchParent(gone: () => void): () => void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(timer);
      gone();
    }
  }, INTERVAL);
  timer.unref();
  return () => clearInterval(timer);
}
