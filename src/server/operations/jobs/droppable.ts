import { dirname, join } from 'node:path';
import { GITLINK, type IGitEntry } from '../../git/entry';
import { datasetAround, groupByDataset } from './datasetAround';
import { annexedKeys, entriesAt } from './indexEntries';
import { WorkTree } from '../../dataset/workTree';
import { isWithin } from '../../nesting';

interface IOptions {
  /** What was to be dropped: absolute paths of files, folders and datasets. */
  paths: readonly string[];
  env: Record<string, string>;
  signal: AbortSignal;
}

/**
 * Sorts the files of datasets in which some are changed: those that can be dropped, and those of the changed whose content is annexed
 * (or that were named themselves), which have to be refused.
 */
export async function findDroppable(
  changed: readonly string[],
  { paths, env, signal }: IOptions
): Promise<{ files: string[]; refused: Set<string> }> {
  const files: string[] = [];
  const refused = new Set(changed.filter(path => paths.includes(path)));
  for (const [dataset, inside] of byHolder(changed)) {
    const { git } = await WorkTree.open(dataset, { env, signal });
    const whole = paths.some(path => isWithin(dataset, path));
    const below = whole ? [] : paths.filter(path => path.startsWith(`${dataset}/`)).map(path => path.slice(dataset.length + 1));
    const entries = await entriesAt(git, whole ? [''] : below, signal);
    const isChanged = ({ path }: IGitEntry): boolean => inside.has(join(dataset, path));
    const tracked = entries.filter(({ mode }) => mode !== GITLINK);
    files.push(...tracked.filter(entry => !isChanged(entry)).map(({ path }) => join(dataset, path)));
    [...(await annexedKeys(tracked.filter(isChanged), git, signal)).keys()].forEach(path => refused.add(join(dataset, path)));
  }
  return { files, refused };
}

/** The keys of files by the index, by absolute path; what is no annexed file is missing from the answer. */
export async function keysOfFiles(
  files: readonly string[],
  { env, signal }: Pick<IOptions, 'env' | 'signal'>
): Promise<Map<string, string>> {
  const keys = new Map<string, string>();
  for (const [dataset, inside] of byHolder(files)) {
    const { git } = await WorkTree.open(dataset, { env, signal });
    const names = [...inside].map(path => path.slice(dataset.length + 1));
    const entries = await entriesAt(git, names, signal);
    (await annexedKeys(entries, git, signal)).forEach((key, path) => keys.set(join(dataset, path), key));
  }
  return keys;
}

/** A subdataset among them counts as a part of the dataset it lies in. */
function byHolder(paths: readonly string[]): Map<string, Set<string>> {
  return groupByDataset(paths, path => datasetAround(dirname(path)));
}
