/** Milliseconds in which calls that belong together come: JupyterLab deletes, moves and pastes a selection path by path. */
const MOMENT = 50;

/** Joins what is asked for within a moment into one piece of work, so that a selection is one question and one job. */
export function gather<I, O>(work: (asked: readonly I[]) => Promise<readonly O[]>): (input: I) => Promise<O> {
  let waiting: { input: I; resolve: (output: O) => void; reject: (reason: unknown) => void }[] = [];
  const run = (): void => {
    const batch = waiting;
    waiting = [];
    work(batch.map(({ input }) => input)).then(
      outputs =>
        batch.forEach(({ resolve, reject }, at) => (at in outputs ? resolve(outputs[at] as O) : reject(new Error('no answer')))),
      (reason: unknown) => batch.forEach(({ reject }) => reject(reason))
    );
  };
  return input =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) {
        setTimeout(run, MOMENT);
      }
      waiting.push({ input, resolve, reject });
    });
}
