/** A commit as far as lines between commits are concerned. */
export interface INode {
  readonly id: string;
  readonly parents: readonly string[];
}

/**
 * How the lines run in one row. Lanes are columns; in each runs at most one line, down to a commit that comes later, where several may end. A line from above
 * ends at the commit (`into`), runs past it (`past`), or begins there (`out`), where it may join one that runs past.
 */
export interface IGraphRow {
  readonly lane: number;
  readonly into: readonly number[];
  readonly past: readonly number[];
  readonly out: readonly number[];
}

/**
 * Lays out lines between commits, the newest first, in one pass, so that more commits never change rows above. A parent that stood
 * above already, where clocks went wrong, gets no line: it would have to run upwards.
 */
export function layoutGraph(commits: readonly INode[]): IGraphRow[] {
  /** The commit each lane leads to; null in a lane that is free. */
  const lanes: (string | null)[] = [];
  const seen = new Set<string>();
  return commits.map(({ id, parents }) => {
    const into = lanesOf(lanes, id);
    const lane = into[0] ?? freeLane(lanes);
    const past = lanes.flatMap((to, at) => (to === null || to === id ? [] : [at]));
    into.forEach(at => (lanes[at] = null));
    seen.add(id);
    const out = new Set<number>();
    for (const parent of parents.filter(each => !seen.has(each))) {
      const known = lanes.indexOf(parent);
      const isFree = lanes[lane] === undefined || lanes[lane] === null;
      // A line joins one further left that leads to the same commit; the leftmost goes straight on, and the other ends with it.
      const at = known >= 0 && !(isFree && known > lane) ? known : isFree ? lane : freeLane(lanes);
      lanes[at] = parent;
      out.add(at);
    }
    while (lanes.at(-1) === null) {
      lanes.pop();
    }
    return { lane, into, past, out: [...out] };
  });
}

function lanesOf(lanes: readonly (string | null)[], id: string): number[] {
  return lanes.flatMap((to, at) => (to === id ? [at] : []));
}

function freeLane(lanes: readonly (string | null)[]): number {
  const free = lanes.indexOf(null);
  return free >= 0 ? free : lanes.length;
}

/** How many lanes a row touches. */
export function widthOf({ lane, into, past, out }: IGraphRow): number {
  return 1 + Math.max(lane, ...into, ...past, ...out);
}
