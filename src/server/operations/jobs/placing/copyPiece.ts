import { chmod, constants, copyFile, lstat, mkdir, symlink } from 'node:fs/promises';
import { fsPath } from '../../../bytes';
import type { IPiece } from './pieces';

const USER_MAY_WRITE = 0o200;

/** Makes a copy of one piece at a place that is free; of a folder only itself. A link to annexed content is a link there, too. */
export async function copyPiece({ path, kind, target = '' }: IPiece, to: string): Promise<void> {
  switch (kind) {
    case 'folder':
      return await mkdir(fsPath(to));
    case 'link':
      return await symlink(fsPath(target), fsPath(to));
    case 'file':
      return await copyContent(path, to);
  }
}

/** Makes an ordinary file of what is at a path, or of what a link there leads to: annexed content is write-protected. */
export async function copyContent(path: string, to: string): Promise<void> {
  await copyFile(fsPath(path), fsPath(to), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const { mode } = await lstat(fsPath(to));
  await chmod(fsPath(to), mode | USER_MAY_WRITE);
}
