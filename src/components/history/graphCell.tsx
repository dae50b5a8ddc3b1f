import type { IGraphRow } from './graph';

/** Lanes drawn side by side; those beyond lie on the last one, so that the words keep their room. */
const MAX_LANES = 6;
const LANE = 9;
const MARGIN = 7;

/** The width of the column in a graph of so many lanes. */
export function graphWidth(lanes: number): number {
  return (Math.min(lanes, MAX_LANES) - 1) * LANE + 2 * MARGIN;
}

/** The piece of the graph in one row. It repeats what the words say, so nobody has to see it. */
export function GraphCell({ row, width, height }: { row: IGraphRow; width: number; height: number }): JSX.Element {
  const { lane, into, past, out } = row;
  const x = xOf(lane);
  const middle = height / 2;
  return (
    <svg className="jp-Datalad-graph" width={width} height={height} aria-hidden="true" focusable="false">
      {past.map(at => (
        <path key={`past ${at}`} d={`M${xOf(at)} 0V${height}`} />
      ))}
      {into.map(at => (
        <path key={`into ${at}`} d={curve(xOf(at), 0, x, middle)} />
      ))}
      {out.map(at => (
        <path key={`out ${at}`} d={curve(x, middle, xOf(at), height)} />
      ))}
      <circle cx={x} cy={middle} r={4} />
    </svg>
  );
}

function xOf(lane: number): number {
  return MARGIN + Math.min(lane, MAX_LANES - 1) * LANE;
}

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const half = (y1 + y2) / 2;
  return x1 === x2 ? `M${x1} ${y1}V${y2}` : `M${x1} ${y1}C${x1} ${half} ${x2} ${half} ${x2} ${y2}`;
}
