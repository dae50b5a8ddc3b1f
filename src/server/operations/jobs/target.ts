import { lstat, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail, FailureError } from '../../../protocol/failure';
import { fsPath } from '../../bytes';
import type { AbsolutePath } from '../../paths';
import { HeldFolder, inFolderAround } from './heldFolder';

/** A folder that is to be made, and how to leave nothing behind when that fails. */
export interface ITarget {
  readonly path: AbsolutePath;
  /** Deletes what was made, never what was there before, nor what somebody else put there meanwhile. */
  remove(failure: unknown): Promise<void>;
}

/** What there was before a folder was made. */
export interface IPlace {
  /** An empty folder was there already. */
  existed: boolean;
  /** The folders around it that were missing, innermost first. */
  missing: string[];
}

/** Fails with `not-empty` unless there is nothing, or an empty folder, at a path. */
export async function lookAtPlace(path: AbsolutePath): Promise<IPlace> {
  return { existed: await isEmptyFolder(path), missing: await missingAround(path) };
}

/** The same, as a target that can be cleared again; nothing outside `root` is deleted. */
export async function prepareTarget(path: AbsolutePath, root: AbsolutePath): Promise<ITarget> {
  const { existed, missing } = await lookAtPlace(path);
  return {
    path,
    remove: async failure => {
      // DataLad found something there that was not there a moment before: it is not ours.
      if (failure instanceof FailureError && failure.failure.kind === 'not-empty') {
        return;
      }
      await removeContent(path, root);
      await removeEmpty(existed ? [] : [path, ...missing], root);
    }
  };
}

/** Empties a folder; what holds files but no repository was not made by git, and a link leads elsewhere. */
async function removeContent(path: string, root: string): Promise<void> {
  const folder = await HeldFolder.open(path, root).catch(absent);
  try {
    if (folder !== null && (await folder.names()).includes('.git')) {
      await folder.clear();
    }
  } finally {
    await folder?.close();
  }
}

/** Deletes folders, the innermost first, up to the first that is not empty: another clone may stand beside the one that failed. */
export async function removeEmpty(folders: readonly string[], root: string): Promise<void> {
  for (const path of folders) {
    await inFolderAround(path, root, (folder, name) => folder.removeEmpty(name)).catch(keep);
  }
}

async function isEmptyFolder(path: string): Promise<boolean> {
  const stats = await lstat(fsPath(path)).catch(absent);
  if (stats === null) {
    return false;
  }
  if (!stats.isDirectory() || (await readdir(fsPath(path))).length > 0) {
    fail('not-empty', 'There is something at this place already.', { hint: 'Choose another name, or an empty folder.' });
  }
  return true;
}

/** The folders around a path that have to be made for it, innermost first: DataLad makes them, too. */
async function missingAround(path: string): Promise<string[]> {
  const parent = dirname(path);
  return (await lstat(fsPath(parent)).catch(absent)) === null ? [parent, ...(await missingAround(parent))] : [];
}

function absent(error: NodeJS.ErrnoException): null {
  if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(error.code ?? '')) {
    return null;
  }
  throw error;
}

/** A folder stays that is not empty, gone, or no folder. */
function keep(error: NodeJS.ErrnoException): void {
  if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'].includes(error.code ?? '')) {
    throw error;
  }
}
