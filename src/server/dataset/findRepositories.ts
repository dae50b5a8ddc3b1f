import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { fsPath } from '../bytes';
import { exists } from '../exists';
import { findRepositoryFolder } from '../git/repositoryFolder';
import { listFolder } from './listFolder';

export interface IFoundRepositories {
  /** Roots of datasets. */
  datasets: string[];
  /** Other repositories with an annex in them: bare ones. */
  bare: string[];
  /** Not everything could be looked at in time, or by this user. */
  complete: boolean;
}

interface IOptions {
  /** Also what lies in datasets; else only the outermost ones are found. */
  deep?: boolean;
  /** Ends the look; what was found until then is not complete. */
  signal: AbortSignal;
}

/**
 * Looks for datasets at and below a path, by names alone: registered or not, ignored or not. Links are not followed, since who deletes
 * or moves a link leaves alone what it leads to. A Git repository without an annex, and without DataLad, is like any other folder.
 */
export async function findRepositories(path: string, { deep = false, signal }: IOptions): Promise<IFoundRepositories> {
  const found: IFoundRepositories = { datasets: [], bare: [], complete: true };
  const queue = (await isFolder(path)) ? [path] : [];
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    const names = signal.aborted ? null : await foldersIn(folder);
    if (names === null) {
      found.complete = false;
      continue;
    }
    if (isBareAnnex(folder, names)) {
      found.bare.push(folder);
      continue;
    }
    if (await isDataset(folder)) {
      found.datasets.push(folder);
      if (!deep) {
        continue;
      }
    }
    queue.push(...names.filter(name => name !== '.git').map(name => join(folder, name)));
  }
  return found;
}

/** Whether a folder is the root of a dataset: it has an annex, or is known to DataLad. */
export async function isDataset(folder: string): Promise<boolean> {
  if (!exists(join(folder, '.git'))) {
    return false;
  }
  const repository = await findRepositoryFolder(folder);
  return repository !== null && (exists(join(repository.commonDir, 'annex')) || exists(join(folder, '.datalad')));
}

function isBareAnnex(folder: string, names: readonly string[]): boolean {
  const parts = ['annex', 'objects', 'refs'];
  return parts.every(name => names.includes(name)) && exists(join(folder, 'HEAD'));
}

/** Names of the folders in a folder; null where they cannot be read. */
async function foldersIn(folder: string): Promise<string[] | null> {
  const entries = await listFolder(folder).catch(() => null);
  return entries === null ? null : [...entries].filter(([, entry]) => entry.isDirectory()).map(([name]) => name);
}

/** Not through a link. */
export async function isFolder(path: string): Promise<boolean> {
  return await lstat(fsPath(path)).then(
    stats => stats.isDirectory(),
    () => false
  );
}
