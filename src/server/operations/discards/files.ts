import { constants, type Stats } from 'node:fs';
import { access, chmod, link, lstat, mkdir, rename, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../../../protocol/failure';
import { displayName, fsPath } from '../../bytes';
import type { Manifest } from './manifest';

/** Moves a file or link where nothing can be, such as onto a fresh shelf. False when it is gone by now. */
export async function moveAside(from: string, to: string): Promise<boolean> {
  try {
    await rename(fsPath(from), fsPath(to));
    return true;
  } catch (error) {
    return absent(error);
  }
}

/**
 * Moves a file or link to a place, and never onto something: a rename would replace what is there. Two names for one file stand for a
 * moment; where the file system has no second names, it looks and then renames.
 */
export async function moveTo(from: string, to: string): Promise<void> {
  try {
    await link(fsPath(from), fsPath(to));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') {
      await sameFile(from, to);
    } else if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code) && (await statsOf(to)) === null) {
      await rename(fsPath(from), fsPath(to));
      return;
    } else {
      throw error;
    }
  }
  await unlink(fsPath(from));
}

/** A move that was cut off between its two steps is no stranger in the way. */
async function sameFile(from: string, to: string): Promise<void> {
  const [one, other] = [await lstat(fsPath(from)), await statsOf(to)];
  if (other === null || one.ino !== other.ino || one.dev !== other.dev) {
    fail('changed-since', 'Something else is at this place now.', { parameters: { path: displayName(to) } });
  }
}

/** Removes folders that are empty, the innermost first; the others stay. */
export async function removeEmptied(root: string, folders: readonly string[]): Promise<void> {
  for (const path of [...folders].sort().reverse()) {
    await rmdir(fsPath(join(root, path))).catch(() => undefined);
  }
}

/** Makes folders that are missing, with the permissions they had. */
export async function makeFolders(root: string, folders: Manifest['folders']): Promise<void> {
  const made: Manifest['folders'] = [];
  for (const folder of [...folders].sort((one, other) => (one.path < other.path ? -1 : 1))) {
    const path = join(root, folder.path);
    if ((await statsOf(path)) === null) {
      await mkdir(fsPath(path), { recursive: true });
      made.push(folder);
    }
  }
  // The innermost first, since one that is not writable takes no folder.
  for (const { path, mode } of made.reverse()) {
    await chmod(fsPath(join(root, path)), mode | constants.S_IRWXU);
  }
}

/** Fails before anything is touched where a folder may not be changed. */
export async function requireWritable(root: string, paths: readonly string[]): Promise<void> {
  for (const around of new Set(paths.map(path => dirname(path)))) {
    if ((await statsWithin(root, around))?.isDirectory() === true) {
      await access(fsPath(join(root, around)), constants.W_OK | constants.X_OK);
    }
  }
}

/**
 * What is at a path relative to a folder; null where there is nothing, and also where a link stands in the place of a folder on the way:
 * what lies behind that is elsewhere, and not ours to move.
 */
export async function statsWithin(root: string, path: string): Promise<Stats | null> {
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    if ((await statsOf(join(root, path.slice(0, at))))?.isDirectory() !== true) {
      return null;
    }
  }
  return await statsOf(join(root, path));
}

/** Null where there is nothing. */
export async function statsOf(path: string): Promise<Stats | null> {
  return await lstat(fsPath(path)).catch((error: unknown) => {
    absent(error);
    return null;
  });
}

function absent(error: unknown): false {
  if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) {
    return false;
  }
  throw error;
}

/** By its shape: under test the errors of node:fs are of another realm's class. */
function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
