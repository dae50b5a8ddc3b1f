import type { TranslationBundle } from '@jupyterlab/translation';
import { type KeyboardEvent, memo, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { BOX, type ILayout, type ILine, type IPlaced } from './layout';

export interface IPictureViewProps {
  layout: ILayout;
  selected: string | null;
  /** Boxes that a search has found; null: there is none. */
  found: ReadonlySet<string> | null;
  trans: TranslationBundle;
  wordsOf(node: IPlaced): string;
  onSelect(id: string): void;
  onOpen(id: string): void;
}

interface IView {
  x: number;
  y: number;
  scale: number;
}

const [SMALLEST, LARGEST, STEP] = [0.05, 3, 1.25];
/** Boxes are drawn in parts of the picture of so many pixels, so that most moves draw none anew. */
const TILE = 1_200;
const MOST_LINES = 3_000;

/** The picture of a graph: boxes and lines, moved by dragging or the wheel, and by keys from box to box. */
export function PictureView(props: IPictureViewProps): JSX.Element {
  const { layout, selected, found, trans, wordsOf, onSelect, onOpen } = props;
  const svg = useRef<SVGSVGElement>(null);
  const [size, setSize] = useState({ width: 800, height: 500 });
  // Until somebody moves it, a picture is as it fits.
  const [moved, setMoved] = useState<{ layout: ILayout; view: IView } | null>(null);
  const viewOf = (old: typeof moved): IView => (old?.layout === layout ? old.view : fitting(layout, size));
  const view = viewOf(moved);
  const setView = (change: (old: IView) => IView): void =>
    setMoved(old => {
      const [before, now] = [viewOf(old), change(viewOf(old))];
      return now.x === before.x && now.y === before.y && now.scale === before.scale ? old : { layout, view: now };
    });
  const drag = useRef<{ x: number; y: number; id: number } | null>(null);
  useEffect(() => {
    const node = svg.current;
    if (node === null || typeof ResizeObserver === 'undefined') {
      return;
    }
    const observer = new ResizeObserver(() => setSize({ width: node.clientWidth || 800, height: node.clientHeight || 500 }));
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  const zoom = (by: number, at = { x: size.width / 2, y: size.height / 2 }): void =>
    setView(old => {
      const scale = Math.min(LARGEST, Math.max(SMALLEST, old.scale * by));
      const ratio = scale / old.scale;
      return { scale, x: at.x - (at.x - old.x) * ratio, y: at.y - (at.y - old.y) * ratio };
    });
  const whole = (): void => setMoved(null);
  useEffect(() => {
    const node = svg.current;
    // React listens to wheels passively, and the page behind would scroll, too.
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { left, top } = (node as SVGSVGElement).getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) {
        zoom(Math.exp(-event.deltaY / 200), { x: event.clientX - left, y: event.clientY - top });
      } else {
        setView(old => ({ ...old, x: old.x - event.deltaX, y: old.y - event.deltaY }));
      }
    };
    node?.addEventListener('wheel', onWheel, { passive: false });
    return () => node?.removeEventListener('wheel', onWheel);
  });
  const places = useMemo(() => new Map(layout.nodes.map(node => [node.id, node])), [layout]);
  const tiles = boxOf(view, size);
  const current = selected !== null && places.has(selected) ? selected : (layout.nodes[0]?.id ?? null);
  const go = (id: string): void => {
    onSelect(id);
    const node = places.get(id);
    if (node !== undefined) {
      setView(old => into(old, node, size));
    }
    // It may have been out of sight, and is drawn first.
    requestAnimationFrame(() => svg.current?.querySelector<SVGElement>('[tabindex="0"]')?.focus());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = current === null ? undefined : neighbour(layout, places, current, event.key);
    if (next !== undefined) {
      go(next);
    } else if (['+', '='].includes(event.key)) {
      zoom(STEP);
    } else if (event.key === '-') {
      zoom(1 / STEP);
    } else if (event.key === '0') {
      whole();
    } else if (event.key === 'Enter' && current !== null) {
      onOpen(current);
    } else if (event.key === ' ' && current !== null) {
      onSelect(current);
    } else {
      return;
    }
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent): void => {
    const last = drag.current;
    if (last !== null && event.buttons === 1) {
      const [x, y] = [event.clientX - last.x, event.clientY - last.y];
      drag.current = { ...last, x: event.clientX, y: event.clientY };
      setView(old => ({ ...old, x: old.x + x, y: old.y + y }));
    }
  };
  return (
    <div className="jp-Datalad-picture">
      <div className="jp-Datalad-buttons" role="group" aria-label={trans.__('Zoom')}>
        <button type="button" className="jp-Datalad-button" aria-label={trans.__('Larger')} onClick={() => zoom(STEP)}>
          +
        </button>
        <button type="button" className="jp-Datalad-button" aria-label={trans.__('Smaller')} onClick={() => zoom(1 / STEP)}>
          −
        </button>
        <button type="button" className="jp-Datalad-button" onClick={whole}>
          {trans.__('Show all')}
        </button>
      </div>
      <svg
        ref={svg}
        className="jp-Datalad-pictureSvg"
        role="group"
        aria-label={trans.__('Files and runs; arrow keys lead from one to the next')}
        onKeyDown={onKeyDown}
        onPointerDown={event => (drag.current = { x: event.clientX, y: event.clientY, id: event.pointerId })}
        onPointerMove={onPointerMove}
        onPointerUp={() => (drag.current = null)}
        onPointerLeave={() => (drag.current = null)}
      >
        <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
          <Drawn
            layout={layout}
            {...tiles}
            current={current}
            selected={selected}
            found={found}
            wordsOf={wordsOf}
            onSelect={onSelect}
            onOpen={onOpen}
          />
        </g>
      </svg>
    </div>
  );
}

interface IDrawnProps extends Pick<IPictureViewProps, 'layout' | 'selected' | 'found' | 'wordsOf' | 'onSelect' | 'onOpen'> {
  left: number;
  top: number;
  right: number;
  bottom: number;
  current: string | null;
}

/** What is in view, and around it. */
const Drawn = memo(function Drawn(props: IDrawnProps): JSX.Element {
  const { layout, left, top, right, bottom, current, selected, found, wordsOf, onSelect, onOpen } = props;
  const isIn = ({ x, y }: { x: number; y: number }): boolean => x >= left && x <= right && y >= top && y <= bottom;
  const lines = layout.lines.filter(({ points }) => points.some(isIn)).slice(0, MOST_LINES);
  return (
    <>
      <g aria-hidden="true">
        {lines.map(line => (
          <path
            key={`${line.from} ${line.to}`}
            className="jp-Datalad-line"
            data-selected={selected !== null && (line.from === selected || line.to === selected)}
            d={pathOf(line)}
          />
        ))}
      </g>
      {layout.nodes
        .filter(node => isIn(node) || node.id === current)
        .map(node => (
          <g
            key={node.id}
            role="button"
            tabIndex={node.id === current ? 0 : -1}
            aria-label={wordsOf(node)}
            aria-pressed={node.id === selected}
            className="jp-Datalad-box"
            data-kind={node.kind}
            data-stale={node.stale}
            data-old={node.old}
            data-found={found === null ? undefined : found.has(node.id)}
            transform={`translate(${node.x - BOX.width / 2} ${node.y - BOX.height / 2})`}
            onClick={() => onSelect(node.id)}
            onDoubleClick={() => onOpen(node.id)}
          >
            <rect width={BOX.width} height={BOX.height} rx={node.kind === 'run' ? 18 : 3} />
            <text x={12} y={17}>
              {shortened(node.label)}
            </text>
            <text x={12} y={32} className="jp-Datalad-boxMore">
              {shortened(moreOf(node))}
            </text>
          </g>
        ))}
    </>
  );
});

/** Signs that need no translation: a triangle is what is stale, a number how many there are. */
function moreOf({ kind, runs, files, stale, old }: IPlaced): string {
  const count = runs.length + files.length;
  return [stale ? '⚠' : '', old ? '↺' : '', kind === 'run' ? '▶' : kind === 'folder' ? '▣' : '', count > 1 ? `× ${count}` : '']
    .filter(Boolean)
    .join(' ');
}

function shortened(text: string): string {
  return text.length > 24 ? `${text.slice(0, 11)}…${text.slice(-12)}` : text;
}

/** A smooth line through its points. */
export function pathOf({ points }: ILine): string {
  const [first, ...rest] = points;
  if (first === undefined) {
    return '';
  }
  let { x, y } = first;
  return `M${x},${y}${rest
    .map(point => {
      const middle = (x + point.x) / 2;
      const part = `C${middle},${y} ${middle},${point.y} ${point.x},${point.y}`;
      ({ x, y } = point);
      return part;
    })
    .join('')}`;
}

/** The part of the picture that is drawn: that in view, in whole tiles. */
function boxOf(
  { x, y, scale }: IView,
  { width, height }: { width: number; height: number }
): Pick<IDrawnProps, 'left' | 'top' | 'right' | 'bottom'> {
  const down = (value: number): number => (Math.floor(value / TILE) - 0.25) * TILE;
  const up = (value: number): number => (Math.ceil(value / TILE) + 0.25) * TILE;
  return { left: down(-x / scale), top: down(-y / scale), right: up((width - x) / scale), bottom: up((height - y) / scale) };
}

/** The whole picture, if its boxes can be read then. */
function fitting({ width, height }: ILayout, size: { width: number; height: number }): IView {
  const scale = Math.min(1, Math.max(0.5, Math.min(size.width / Math.max(1, width), size.height / Math.max(1, height))));
  return { scale, x: Math.max(0, (size.width - width * scale) / 2), y: Math.max(0, (size.height - height * scale) / 2) };
}

/** Moves as little as brings a box into view. */
function into(view: IView, node: IPlaced, { width, height }: { width: number; height: number }): IView {
  const [x, y] = [node.x * view.scale + view.x, node.y * view.scale + view.y];
  const [dx, dy] = [(BOX.width / 2) * view.scale + 10, (BOX.height / 2) * view.scale + 10];
  return {
    ...view,
    x: view.x + (x < dx ? dx - x : x > width - dx ? width - dx - x : 0),
    y: view.y + (y < dy ? dy - y : y > height - dy ? height - dy - y : 0)
  };
}

/** Along lines to the left and right, and to the next box above or below. */
function neighbour({ nodes, lines }: ILayout, places: ReadonlyMap<string, IPlaced>, id: string, key: string): string | undefined {
  const here = places.get(id);
  switch (key) {
    case 'ArrowLeft':
      return lines.find(({ to }) => to === id)?.from;
    case 'ArrowRight':
      return lines.find(({ from }) => from === id)?.to;
    case 'ArrowUp':
    case 'ArrowDown': {
      const sign = key === 'ArrowUp' ? -1 : 1;
      const others = nodes.filter(
        ({ x, y }) => here !== undefined && Math.abs(x - here.x) < BOX.width && (y - here.y) * sign > 0
      );
      return others.sort((one, other) => (one.y - other.y) * sign)[0]?.id;
    }
    case 'Home':
      return nodes[0]?.id;
    case 'End':
      return nodes.at(-1)?.id;
    default:
      return undefined;
  }
}
