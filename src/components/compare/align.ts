/** An item of the first list beside one of the second that is equal to it, or one of them alone; by their places. */
export interface IPair {
  readonly a?: number;
  readonly b?: number;
}

/** Differences above which lists count as different as a whole: the search takes time and memory by their square. */
const MOST = 400;

/** Puts two lists beside each other with as few items alone as possible; of what was replaced the old items come first. */
export function align(a: readonly string[], b: readonly string[]): IPair[] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) {
    start += 1;
  }
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) {
    end += 1;
  }
  const middle = between(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return [
    ...range(start).map(at => ({ a: at, b: at })),
    ...middle.map(pair => ({
      ...(pair.a === undefined ? {} : { a: pair.a + start }),
      ...(pair.b === undefined ? {} : { b: pair.b + start })
    })),
    ...range(end).map(at => ({ a: a.length - end + at, b: b.length - end + at }))
  ];
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at);
}

/** Myers' search: of all ways with `d` items alone the one that reaches farthest on each diagonal. */
function between(a: readonly string[], b: readonly string[]): IPair[] {
  const most = Math.min(a.length + b.length, MOST);
  const trace: Map<number, number>[] = [];
  // Those of one parity are read while those of the other are written.
  const farthest = new Map([[1, 0]]);
  for (let d = 0; d <= most; d++) {
    trace.push(new Map(farthest));
    for (let k = -d; k <= d; k += 2) {
      let x = comesFromAbove(farthest, k, d) ? at(farthest, k + 1) : at(farthest, k - 1) + 1;
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x += 1;
        y += 1;
      }
      farthest.set(k, x);
      if (x >= a.length && y >= b.length) {
        return removedFirst(walkBack(trace, a.length, b.length));
      }
    }
  }
  return [...range(a.length).map(at => ({ a: at })), ...range(b.length).map(at => ({ b: at }))];
}

function at(farthest: ReadonlyMap<number, number>, k: number): number {
  return farthest.get(k) ?? -1;
}

function comesFromAbove(farthest: ReadonlyMap<number, number>, k: number, d: number): boolean {
  return k === -d || (k !== d && at(farthest, k - 1) < at(farthest, k + 1));
}

function walkBack(trace: readonly ReadonlyMap<number, number>[], lengthA: number, lengthB: number): IPair[] {
  const pairs: IPair[] = [];
  let [x, y] = [lengthA, lengthB];
  for (let d = trace.length - 1; d >= 0; d--) {
    const farthest = trace[d] ?? new Map<number, number>();
    const above = comesFromAbove(farthest, x - y, d);
    const fromX = above ? at(farthest, x - y + 1) : at(farthest, x - y - 1);
    const fromY = fromX - (x - y) + (above ? -1 : 1);
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      pairs.push({ a: (x -= 1), b: (y -= 1) });
    }
    if (d > 0) {
      pairs.push(above ? { b: (y -= 1) } : { a: (x -= 1) });
    }
  }
  return pairs.reverse();
}

/** In each stretch of items that stand alone. */
function removedFirst(pairs: readonly IPair[]): IPair[] {
  const ordered: IPair[] = [];
  let added: IPair[] = [];
  for (const pair of pairs) {
    if (pair.a === undefined) {
      added.push(pair);
    } else {
      if (pair.b !== undefined) {
        ordered.push(...added);
        added = [];
      }
      ordered.push(pair);
    }
  }
  return [...ordered, ...added];
}
