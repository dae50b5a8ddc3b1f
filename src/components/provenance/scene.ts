import { plainName, textOfPath } from '../../protocol/names';
import type { GraphFile, GraphRun, Provenance } from '../../protocol/provenance';

/** One box of the picture: a run or several of a kind, a file, or all files of a folder that are in the graph. */
export interface ISceneNode {
  readonly id: string;
  readonly kind: 'run' | 'file' | 'folder';
  readonly label: string;
  /** Places in the lists of the graph. */
  readonly runs: readonly number[];
  readonly files: readonly number[];
  readonly stale: boolean;
  /** Files of it that are not in the last save any more. */
  readonly old: boolean;
}

export interface ISceneEdge {
  readonly from: string;
  readonly to: string;
}

export interface IScene {
  readonly nodes: readonly ISceneNode[];
  readonly edges: readonly ISceneEdge[];
}

/** `none`: each file and run for itself; `folders`: files by their folders, and runs with the same of these as one; `runs`: no files. */
export type Collapse = 'none' | 'folders' | 'runs';

/** With more files and runs than these a picture shows nothing any more. */
const MANY = 150;

/** How a graph is shown at first. */
export function collapseOf({ files, runs }: Provenance): Collapse {
  return files.length + runs.length > MANY ? 'folders' : 'none';
}

/** The boxes and lines of a graph. `opened`: boxes of several files or runs that are shown one by one. */
export function sceneOf(graph: Provenance, { collapse, opened }: { collapse: Collapse; opened: ReadonlySet<string> }): IScene {
  const fileNodes = graph.files.map(file => (collapse === 'none' ? null : folderOf(file)));
  const nodeOfFile = graph.files.map((_, at) => {
    const folder = fileNodes[at];
    return folder === null || folder === undefined || opened.has(`folder ${folder}`) ? `file ${at}` : `folder ${folder}`;
  });
  const members = new Map<string, number[]>();
  nodeOfFile.forEach((id, at) => push(members, id, at));
  const runNodes = new Map<string, number[]>();
  const edges = new Map<string, ISceneEdge>();
  graph.runs.forEach((run, at) => {
    const inputs = [...new Set([...run.inputs, ...run.extra].map(file => nodeOfFile[file] ?? ''))].sort();
    const outputs = [...new Set(run.outputs.map(file => nodeOfFile[file] ?? ''))].sort();
    const group = `runs ${JSON.stringify([inputs, outputs])}`;
    const id = collapse === 'folders' && !opened.has(group) ? group : `run ${at}`;
    push(runNodes, id, at);
    if (collapse !== 'runs') {
      inputs.forEach(from => edges.set(`${from}\0${id}`, { from, to: id }));
      outputs.forEach(to => edges.set(`${id}\0${to}`, { from: id, to }));
    }
  });
  if (collapse === 'runs') {
    throughFiles(graph).forEach(edge => edges.set(`${edge.from}\0${edge.to}`, edge));
  }
  const runs = [...runNodes].map(([id, places]): ISceneNode => {
    const some = places.map(place => graph.runs[place] as GraphRun);
    return {
      id,
      kind: 'run',
      label: plainName(some[0]?.title ?? ''),
      runs: places,
      files: [],
      stale: some.some(({ stale }) => stale !== undefined),
      old: false
    };
  });
  const files = collapse === 'runs' ? [] : [...members].map(([id, places]) => fileNode(graph, id, places));
  return { nodes: [...runs, ...files], edges: [...edges.values()] };
}

function fileNode({ files }: Provenance, id: string, places: readonly number[]): ISceneNode {
  const some = places.map(place => files[place] as GraphFile);
  const isFolder = id.startsWith('folder ');
  const text = isFolder ? id.slice('folder '.length) : textOfPath(some[0]?.path ?? '');
  return {
    id,
    kind: isFolder || some[0]?.folder === true ? 'folder' : 'file',
    label: plainName(text.slice(text.lastIndexOf('/') + 1) || text),
    runs: [],
    files: places,
    stale: false,
    old: some.every(({ state }) => state !== 'current')
  };
}

/** From run to run, where one took what the other made. */
function throughFiles({ runs }: Provenance): ISceneEdge[] {
  const makers = new Map<number, number[]>();
  runs.forEach(({ outputs }, run) => outputs.forEach(file => push(makers, file, run)));
  return runs.flatMap(({ inputs, extra }, run) =>
    [...new Set([...inputs, ...extra].flatMap(file => makers.get(file) ?? []))]
      .filter(maker => maker !== run)
      .map(maker => ({ from: `run ${maker}`, to: `run ${run}` }))
  );
}

function push<K>(map: Map<K, number[]>, key: K, value: number): void {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [value]);
  } else {
    list.push(value);
  }
}

function folderOf({ path }: GraphFile): string {
  const text = textOfPath(path);
  return text.slice(0, Math.max(0, text.lastIndexOf('/'))) || '/';
}
