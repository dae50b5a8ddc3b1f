import { graphlib, layout as dagreLayout } from '@dagrejs/dagre';
import type { IScene, ISceneNode } from './scene';

/** A box at its place; the middle, in pixels at full size. */
export interface IPlaced extends ISceneNode {
  readonly x: number;
  readonly y: number;
}

export interface ILine {
  readonly from: string;
  readonly to: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface ILayout {
  readonly nodes: readonly IPlaced[];
  readonly lines: readonly ILine[];
  readonly width: number;
  readonly height: number;
}

export const BOX = { width: 170, height: 40 } as const;
const GAP = { ranks: 60, boxes: 18 } as const;
/** Dagre takes a second for some hundred boxes, and longer than anybody waits for thousands. */
const MOST_FOR_DAGRE = 250;

/** Places the boxes of a picture from left to right: what is made of something stands behind it. */
export function layoutOf(scene: IScene): ILayout {
  return scene.nodes.length + scene.edges.length > MOST_FOR_DAGRE * 2 ? quick(scene) : dagre(scene);
}

function dagre({ nodes, edges }: IScene): ILayout {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: GAP.boxes, ranksep: GAP.ranks, marginx: 20, marginy: 20 });
  graph.setDefaultEdgeLabel(() => ({}));
  nodes.forEach(({ id }) => graph.setNode(id, { ...BOX }));
  edges.forEach(({ from, to }) => graph.setEdge(from, to));
  dagreLayout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    nodes: nodes.map(node => {
      const { x = 0, y = 0 } = graph.node(node.id) as { x?: number; y?: number };
      return { ...node, x, y };
    }),
    lines: edges.map(({ from, to }) => ({
      from,
      to,
      points: (graph.edge(from, to) as { points?: { x: number; y: number }[] }).points ?? []
    })),
    width,
    height
  };
}

/** For large pictures, in linear time: columns by the longest way to a box, each in the order of what its boxes come from. */
function quick({ nodes, edges }: IScene): ILayout {
  const after = new Map<string, string[]>();
  const before = new Map<string, string[]>();
  const due = new Map<string, number>(nodes.map(({ id }) => [id, 0]));
  for (const { from, to } of edges) {
    after.set(from, [...(after.get(from) ?? []), to]);
    before.set(to, [...(before.get(to) ?? []), from]);
    due.set(to, (due.get(to) ?? 0) + 1);
  }
  const rank = new Map<string, number>();
  let ready = nodes.filter(({ id }) => due.get(id) === 0).map(({ id }) => id);
  while (rank.size < nodes.length) {
    // What leads to itself begins anywhere.
    const start =
      ready.length > 0
        ? ready
        : nodes
            .filter(({ id }) => !rank.has(id))
            .slice(0, 1)
            .map(({ id }) => id);
    ready = [];
    for (const id of start) {
      rank.set(id, Math.max(0, ...(before.get(id) ?? []).map(one => (rank.get(one) ?? -1) + 1)));
      for (const next of after.get(id) ?? []) {
        const left = (due.get(next) ?? 0) - 1;
        due.set(next, left);
        if (left === 0 && !rank.has(next)) {
          ready.push(next);
        }
      }
    }
  }
  const columns: ISceneNode[][] = [];
  nodes.forEach(node => (columns[rank.get(node.id) ?? 0] ??= []).push(node));
  const row = new Map<string, number>();
  for (const column of columns) {
    const wish = new Map(
      column.map(({ id }, at) => {
        const known = (before.get(id) ?? []).flatMap(one => row.get(one) ?? []);
        return [id, known.length === 0 ? at : known.reduce((sum, one) => sum + one, 0) / known.length] as const;
      })
    );
    column.sort((one, other) => (wish.get(one.id) ?? 0) - (wish.get(other.id) ?? 0)).forEach(({ id }, at) => row.set(id, at));
  }
  const placed = nodes.map(node => ({
    ...node,
    x: 20 + BOX.width / 2 + (rank.get(node.id) ?? 0) * (BOX.width + GAP.ranks),
    y: 20 + BOX.height / 2 + (row.get(node.id) ?? 0) * (BOX.height + GAP.boxes)
  }));
  const at = new Map(placed.map(node => [node.id, node]));
  const ends = (id: string): { x: number; y: number } => at.get(id) ?? { x: 0, y: 0 };
  return {
    nodes: placed,
    lines: edges.map(({ from, to }) => ({
      from,
      to,
      points: [
        { x: ends(from).x + BOX.width / 2, y: ends(from).y },
        { x: ends(to).x - BOX.width / 2, y: ends(to).y }
      ]
    })),
    width: 40 + columns.length * (BOX.width + GAP.ranks) - GAP.ranks,
    height: 40 + Math.max(1, ...columns.map(column => column.length)) * (BOX.height + GAP.boxes) - GAP.boxes
  };
}
