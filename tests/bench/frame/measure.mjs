export const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Milliseconds that one call takes. */
export async function timed(step) {
  const start = performance.now();
  await step();
  return performance.now() - start;
}

/**
 * Runs several steps in turn, so often that one slow moment decides nothing and falls on all of them alike; gives the median of
 * each in milliseconds. A step may give its own time instead: what it does before and after what counts is then left out.
 */
export async function interleave(steps, rounds) {
  const times = Object.fromEntries(Object.keys(steps).map(name => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, step] of Object.entries(steps)) {
      let own;
      const whole = await timed(async () => (own = await step(round)));
      times[name].push(typeof own === 'number' ? own : whole);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
}
