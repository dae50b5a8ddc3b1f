import fc from 'fast-check';
import { type IGraphRow, layoutGraph, widthOf } from './graph';

/** `d c b; c a; b a; a` */
function rows(text: string): IGraphRow[] {
  return layoutGraph(
    text.split(';').map(part => {
      const [id = '', ...parents] = part.trim().split(' ');
      return { id, parents };
    })
  );
}

describe('layoutGraph', () => {
  it('keeps a line of commits in one lane', () => {
    expect(rows('c b; b a; a')).toEqual([
      { lane: 0, into: [], past: [], out: [0] },
      { lane: 0, into: [0], past: [], out: [0] },
      { lane: 0, into: [0], past: [], out: [] }
    ]);
  });

  it('opens a lane for a merged branch and closes it where the branch began', () => {
    expect(rows('m b s; s a; b a; a')).toEqual([
      { lane: 0, into: [], past: [], out: [0, 1] },
      { lane: 1, into: [1], past: [0], out: [1] },
      { lane: 0, into: [0], past: [1], out: [0] },
      { lane: 0, into: [0, 1], past: [], out: [] }
    ]);
  });

  it('shows an octopus merge with all its arms', () => {
    const [first, ...others] = rows('o a b c; a r; b r; c r; r');
    expect(first).toEqual({ lane: 0, into: [], past: [], out: [0, 1, 2] });
    // All of them end where they came from.
    expect(others.at(-1)).toEqual({ lane: 0, into: [0], past: [], out: [] });
  });

  it('begins anew beside others, and draws no line upwards', () => {
    expect(rows('b a; x; a')).toEqual([
      { lane: 0, into: [], past: [], out: [0] },
      { lane: 1, into: [], past: [0], out: [] },
      { lane: 0, into: [0], past: [], out: [] }
    ]);
    expect(rows('a; b a')[1]).toEqual({ lane: 0, into: [], past: [], out: [] });
  });

  /** Numbered commits whose parents have higher numbers, and some that stand above by mistake. */
  const history = fc
    .array(fc.array(fc.integer({ min: -3, max: 9 }), { maxLength: 4 }), { maxLength: 40 })
    .map(all => all.map((steps, at) => ({ id: String(at), parents: [...new Set(steps.map(step => String(at + step)))] })));

  it('joins every commit to each parent below it by one unbroken line, and to nothing else', () => {
    fc.assert(
      fc.property(history, commits => {
        const graph = layoutGraph(commits);
        // Which commit each lane leads to, told by the rows alone.
        let lanes = new Map<number, string>();
        const given = new Map(commits.map(({ id }, at) => [id, at]));
        graph.forEach((row, at) => {
          const { id, parents } = commits[at] ?? { id: '', parents: [] };
          const touched = [...row.into, ...row.past].sort((one, other) => one - other);
          expect(touched).toEqual([...lanes.keys()].sort((one, other) => one - other));
          row.into.forEach(lane => expect(lanes.get(lane)).toBe(id));
          row.past.forEach(lane => expect(lanes.get(lane)).not.toBe(id));
          expect(row.into.length === 0 || row.into.includes(row.lane)).toBe(true);
          expect(row.past).not.toContain(row.lane);
          const below = parents.filter(parent => (given.get(parent) ?? Infinity) > at);
          const next = new Map([...lanes].filter(([lane]) => row.past.includes(lane)));
          const free = row.out.filter(lane => !next.has(lane));
          const joined = row.out.filter(lane => next.has(lane)).map(lane => next.get(lane));
          const opened = below.filter(parent => !joined.includes(parent));
          expect(free.length).toBe(opened.length);
          opened.forEach((parent, index) => next.set(free[index] ?? -1, parent));
          expect(new Set([...joined, ...opened])).toEqual(new Set(below));
          lanes = next;
          expect(widthOf(row)).toBeGreaterThan(row.lane);
        });
      }),
      { numRuns: 300 }
    );
  });

  it('does not change rows when commits follow', () => {
    fc.assert(
      fc.property(history, fc.nat(40), (commits, cut) => {
        expect(layoutGraph(commits.slice(0, cut))).toEqual(layoutGraph(commits).slice(0, cut));
      }),
      { numRuns: 100 }
    );
  });
});
