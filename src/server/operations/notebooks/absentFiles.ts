import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { ParsedCallInput } from '../../../protocol/contract';
import { FailureError } from '../../../protocol/failure';
import type { AbsentFile } from '../../../protocol/notebookRun';
import { decodePath, fsPath } from '../../bytes';
import { mapLimited } from '../../mapLimited';
import { isWithin } from '../../nesting';
import type { AbsolutePath, PathBoundary } from '../../paths';
import { contentAt } from './contentAt';

/** Looks up names that a notebook uses; nothing is started, and nothing outside of the contents root is told of. */
export async function readAbsentFiles(
  { dataset, path, names }: ParsedCallInput<'absentFiles'>,
  boundary: PathBoundary
): Promise<AbsentFile[]> {
  const folders = foldersAround(boundary.resolve(path), boundary.resolveFolder(dataset));
  const found = await mapLimited([...new Set(names)], 8, async name => {
    const file = await findFile(name, folders, boundary);
    return file === null ? [] : [{ name, ...file }];
  });
  // One file under several names is one file.
  return [...new Map(found.flat().map(file => [file.path, file])).values()];
}

/** The folder of a notebook, then those above it up to the dataset's: kernels start in the first, and notebooks like to go up. */
function foldersAround(notebook: AbsolutePath, dataset: AbsolutePath): string[] {
  const folders = [dirname(notebook)];
  for (let folder = dirname(notebook); folder !== dataset && isWithin(folder, dataset); folder = dirname(folder)) {
    folders.push(dirname(folder));
  }
  return folders;
}

async function findFile(
  name: string,
  folders: readonly string[],
  boundary: PathBoundary
): Promise<Omit<AbsentFile, 'name'> | null> {
  if (name === '' || name.includes('\0')) {
    return null;
  }
  for (const candidate of isAbsolute(name) ? [name] : folders.map(folder => join(folder, name))) {
    const path = await placeOf(candidate, boundary);
    const content = path === null ? null : await contentAt(path).catch(() => null);
    if (path !== null && content !== null) {
      const { here, bytes, pointer } = content;
      return here === false
        ? { path: boundary.toContents(path), ...(bytes === undefined ? {} : { bytes }), ...(pointer ? { unlocked: true } : {}) }
        : null;
    }
  }
  return null;
}

/** The place below the contents root; the last name is not followed. Null outside of it, and inside of Git's own folders. */
async function placeOf(candidate: string, boundary: PathBoundary): Promise<AbsolutePath | null> {
  const folder = await realpath(fsPath(dirname(candidate)), { encoding: 'buffer' }).catch(() => null);
  const path = folder === null ? candidate : join(decodePath(folder), basename(candidate));
  if (!boundary.contains(path) || /\/\.git(?:\/|$)/u.test(path)) {
    return null;
  }
  try {
    return boundary.resolve(boundary.toContents(path));
  } catch (error) {
    if (error instanceof FailureError) {
      return null;
    }
    throw error;
  }
}
