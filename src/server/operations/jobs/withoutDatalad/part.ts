import { join } from 'node:path';
import { ObjectStore } from '../../../annex/presence';
import { isLost } from '../../../datalad/lostNames';
import { GITLINK, type IGitEntry } from '../../../git/entry';
import { groupByDataset, isInstalled } from '../datasetAround';
import { annexedKeys, entriesAt } from '../indexEntries';
import { WorkTree } from '../../../dataset/workTree';

/** What a job is to work on in one dataset. */
export interface IPart {
  readonly workTree: WorkTree;
  /** Absolute paths, all in this dataset. */
  readonly paths: readonly string[];
  /** What the index has at or below the paths, without subdatasets. */
  readonly entries: readonly IGitEntry[];
  /** Absolute paths of registered subdatasets at or below the paths. */
  readonly subdatasets: readonly string[];
  /** DataLad would lose one of these names. */
  readonly lost: boolean;
}

interface IOptions {
  env: Record<string, string>;
  signal: AbortSignal;
  /** Also the installed subdatasets at or below the paths, and theirs. */
  recursive?: boolean;
}

/** Sorts paths by the dataset they lie in; the root of a dataset stands for what is in it. */
/** What a job is to work on at paths that all lie in one dataset. */
export async function readParts(paths: readonly string[], options: IOptions): Promise<IPart[]> {
  const groups = groupByDataset(paths);
  const parts = await Promise.all([...groups].map(([dataset, inside]) => readPart(dataset, [...inside], options)));
  const below = options.recursive === true ? parts.flatMap(part => part.subdatasets.filter(isInstalled)) : [];
  // A subdataset may be named beside the folder it lies in.
  const more = below.filter(path => !groups.has(path));
  return more.length === 0 ? parts : [...parts, ...(await readParts(more, options))];
}

/** What a job is to work on at paths that all lie in one dataset. */
export async function readPart(dataset: string, paths: readonly string[], options: IOptions): Promise<IPart> {
  const workTree = await WorkTree.open(dataset, options);
  const names = paths.map(path => path.slice(dataset.length + 1));
  const found = await entriesAt(workTree.git, names, options.signal);
  const links = found.filter(({ mode }) => mode === GITLINK);
  return {
    workTree,
    paths,
    entries: found.filter(({ mode }) => mode !== GITLINK),
    subdatasets: links.map(({ path }) => join(dataset, path)),
    lost: paths.some(isLost) || found.some(({ path }) => isLost(path))
  };
}

/** A file of a part whose content is annexed. */
export interface IAnnexedFile {
  readonly entry: IGitEntry;
  readonly key: string;
  /** Absolute. */
  readonly path: string;
}

/** The annexed files of a part, by the index. */
export async function annexedFiles({ workTree, entries }: IPart, signal: AbortSignal): Promise<IAnnexedFile[]> {
  const keys = await annexedKeys(entries, workTree.git, signal);
  return entries.flatMap(entry => {
    const key = keys.get(entry.path);
    return key === undefined ? [] : [{ entry, key, path: join(workTree.folder, entry.path) }];
  });
}

/** Where a part's repository keeps content. */
export function storeOf({ workTree }: IPart): ObjectStore {
  return new ObjectStore(join(workTree.commonDir, 'annex'));
}
