import type { DatasetRef, Summary } from '../../protocol/dataset';
import { fail } from '../../protocol/failure';
import { type ContentsPath, folderOf } from '../../protocol/paths';
import type { ICommandContext } from './context';

/** Paths of one dataset tree: what one job works on. */
export interface ITarget {
  /** The innermost dataset that holds all of `paths`. */
  readonly dataset: ContentsPath;
  readonly paths: ContentsPath[];
  /** Known not to be trusted. */
  readonly untrusted?: true;
}

/** The common arguments of a command, parsed. */
export interface ICommonArguments {
  readonly paths?: ContentsPath[];
  readonly dataset?: ContentsPath;
}

/** Up to so many paths are looked up one by one, so that the root of a subdataset is told from a folder; beyond, by folder. */
const SINGLE_LOOKUPS = 32;

/**
 * What a command works on, one target for each dataset tree; fails with `not-a-dataset` when a path lies in none. Without arguments:
 * the file browser's selection, else its folder, else the dataset in view.
 */
export async function targetsOf(context: ICommandContext, args: ICommonArguments): Promise<ITarget[]> {
  if (args.dataset !== undefined) {
    const { dataset } = await summaryOf(context, args.dataset);
    return [{ dataset: dataset.path, paths: args.paths ?? [dataset.path], ...trustOf(dataset) }];
  }
  const paths = args.paths ?? defaultPaths(context);
  return knownTarget(context, paths) ?? group(context, paths);
}

/** The dataset around a path; fails with `not-a-dataset`. */
export async function summaryOf({ datalad, trans }: ICommandContext, path: ContentsPath): Promise<Summary> {
  const summary = await datalad.client.call('dataset', { path });
  return (
    summary ??
    fail('not-a-dataset', trans.__('“%1” is in no dataset.', path === '' ? '/' : path), {
      hint: trans.__('Create a dataset there first.')
    })
  );
}

/** The paths a command without arguments works on. */
function defaultPaths({ selection, datalad, trans }: ICommandContext): ContentsPath[] {
  const selected = selection.paths();
  if (selected.length > 0) {
    return selected;
  }
  const folder = selection.folder() ?? datalad.current.state.summary?.dataset.path;
  return folder === undefined ? fail('bad-request', trans.__('Nothing is selected.')) : [folder];
}

/** Rows of one folder that is shown need no question to the server. */
function knownTarget({ datalad }: ICommandContext, paths: readonly ContentsPath[]): ITarget[] | null {
  const folder = paths[0] === undefined ? undefined : parentOf(paths[0]);
  if (folder === undefined || paths.some(path => parentOf(path) !== folder)) {
    return null;
  }
  const dataset = datalad.rows.listing(folder)?.dataset;
  const kinds = paths.map(path => datalad.rows.get(path)?.kind);
  return !dataset || kinds.some(kind => kind === undefined || kind === 'dataset')
    ? null
    : [{ dataset: dataset.path, paths: [...paths], ...trustOf(dataset) }];
}

function trustOf({ trust }: DatasetRef): Pick<ITarget, 'untrusted'> {
  return trust === 'untrusted' ? { untrusted: true } : {};
}

/** The folder of a path; undefined where only the server can tell, and for the root. */
function parentOf(path: ContentsPath): ContentsPath | undefined {
  return path === '' || path.startsWith('bytes:') ? undefined : folderOf(path);
}

interface ITree {
  /** Of each path the datasets around it, outermost first. */
  chains: ContentsPath[][];
  paths: ContentsPath[];
}

async function group(context: ICommandContext, paths: readonly ContentsPath[]): Promise<ITarget[]> {
  const single = paths.length <= SINGLE_LOOKUPS;
  const summary = once((place: ContentsPath) => summaryOf(context, place));
  const summaries = await Promise.all(paths.map(path => summary(single ? path : (parentOf(path) ?? path))));
  const trees = new Map<ContentsPath, ITree>();
  summaries.forEach(({ superdatasets, dataset }, index) => {
    const chain = [...superdatasets, dataset].map(({ path }) => path);
    const top = superdatasets[0]?.path ?? dataset.path;
    const { chains, paths: found } = trees.get(top) ?? { chains: [], paths: [] };
    trees.set(top, { chains: [...chains, chain], paths: [...found, ...paths.slice(index, index + 1)] });
  });
  return [...trees].map(([top, tree]) => ({ dataset: commonDataset(tree.chains) ?? top, paths: tree.paths }));
}

/** The innermost dataset that all chains pass through. */
function commonDataset(chains: readonly ContentsPath[][]): ContentsPath | undefined {
  return chains.reduce((common, chain) => common.filter((dataset, depth) => chain[depth] === dataset)).at(-1);
}

/** Answers the same key from memory. */
function once<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return key => {
    const known = made.get(key);
    if (known !== undefined) {
      return known;
    }
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
