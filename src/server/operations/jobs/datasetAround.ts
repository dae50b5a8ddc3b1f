import { dirname, join } from 'node:path';
import { exists } from '../../exists';

/** Whether there is a repository in a folder, such as that of a subdataset. */
export function isInstalled(folder: string): boolean {
  return exists(join(folder, '.git'));
}

/** The innermost dataset that an absolute path is the root of, or lies in; nothing need exist at the path. */
export function datasetAround(path: string): string {
  return isInstalled(path) || dirname(path) === path ? path : datasetAround(dirname(path));
}

/** Absolute paths by the innermost dataset they are or lie in. */
export function groupByDataset(paths: readonly string[], datasetOf = datasetAround): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const path of paths) {
    const dataset = datasetOf(path);
    groups.set(dataset, (groups.get(dataset) ?? new Set()).add(path));
  }
  return groups;
}

/** The same for work on single changes: a subdataset that is named is one of the dataset around it, unless that is `dataset` itself. */
export function datasetHolding(path: string, dataset: string): string {
  return path === dataset || !isInstalled(path) ? datasetAround(path) : datasetAround(dirname(path));
}
