import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Destination } from '../../../protocol/destination';
import { fail } from '../../../protocol/failure';
import type { ContentsPath } from '../../../protocol/paths';
import { fsPath } from '../../bytes';
import { mapLimited } from '../../mapLimited';
import { isWithin } from '../../nesting';
import type { AbsolutePath, PathBoundary } from '../../paths';
import type { Repository } from '../repository';
import { destinationsOf } from './destinations';
import { folderDestination } from './folderDestination';

interface IOptions {
  boundary: PathBoundary;
  signal: AbortSignal;
}

/** Where a save would put what is at some paths of one dataset; what is gone, or a dataset of its own, is missing from the answer. */
export async function readDestinations(
  repository: Repository,
  paths: readonly ContentsPath[],
  { boundary, signal }: IOptions
): Promise<Destination[]> {
  const { root } = repository;
  const toContents = (relative: string): ContentsPath => boundary.toContents(join(root, relative) as AbsolutePath);
  const relatives = paths.map(path => {
    const absolute = boundary.resolve(path);
    return isWithin(absolute, root) && absolute !== root && !isWithin(absolute, join(root, '.git'))
      ? absolute.slice(root.length + 1)
      : fail('outside-root', `${path} is not in this dataset.`, { parameters: { path } });
  });
  const isFolder = await mapLimited(relatives, 16, async relative => {
    const stats = await lstat(fsPath(join(root, relative))).catch(() => null);
    return stats?.isDirectory() === true;
  });
  const files = await destinationsOf(
    repository,
    relatives.filter((_, at) => isFolder[at] !== true),
    signal
  );
  const folders = await mapLimited(
    relatives.filter((_, at) => isFolder[at] === true),
    2,
    async path => {
      const found = await folderDestination(repository, path, { signal, toContents });
      return found === null ? [] : [{ path, ...found }];
    }
  );
  return [...files, ...folders.flat()].map(found => ({ ...found, path: toContents(found.path) }));
}
