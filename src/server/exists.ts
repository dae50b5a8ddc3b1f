import { lstatSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fsPath } from './bytes';

/** Whether there is anything at a path, a broken link too. */
export function exists(path: string): boolean {
  try {
    return lstatSync(fsPath(path), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // Not by its class: Jest has another `Error` than Node.
    if (
      typeof error === 'object' &&
      error !== null &&
      'code' in error &&
      ['ENOTDIR', 'ENAMETOOLONG'].includes(String(error.code))
    ) {
      return false;
    }
    throw error;
  }
}

/** Whether a path is a folder, or leads to one. */
export async function isDirectory(path: string): Promise<boolean> {
  return await stat(fsPath(path)).then(
    stats => stats.isDirectory(),
    () => false
  );
}
