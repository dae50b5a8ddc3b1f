import { lstat, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../../../protocol/failure';
import { keyOfLink } from '../../../annex/pointer';
import { decodePath, displayName, fsPath } from '../../../bytes';
import { listFolder } from '../../../dataset/listFolder';

/** Something in the file system, as it is there: whether git knows it does not matter. */
export interface IPiece {
  /** Absolute. */
  readonly path: string;
  readonly kind: 'folder' | 'file' | 'link';
  /** Of a link: what it says. */
  readonly target?: string;
  /** Of the link of a locked annexed file: the content it stands for. */
  readonly key?: string;
}

/**
 * What is at a path and below it, each folder before what is in it. Links are not followed. Fails with `holds-dataset` at a repository,
 * which is no folder like others and is not one of `leave`, and with `bad-request` where something is neither file, folder nor link.
 */
export async function piecesAt(path: string, leave: ReadonlySet<string> = new Set()): Promise<IPiece[]> {
  const pieces: IPiece[] = [];
  const queue = [path];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const piece = await pieceAt(next);
    pieces.push(piece);
    if (piece.kind === 'folder') {
      const names = [...(await listFolder(next)).keys()];
      if (names.includes('.git')) {
        fail('holds-dataset', 'There is a repository in it, which cannot be taken along like a folder.', {
          hint: 'Move or clone it by itself first.',
          parameters: { path: displayName(next) }
        });
      }
      const folder = next;
      queue.push(...names.map(name => join(folder, name)).filter(inside => !leave.has(inside)));
    }
  }
  return pieces;
}

async function pieceAt(path: string): Promise<IPiece> {
  const stats = await lstat(fsPath(path));
  if (stats.isSymbolicLink()) {
    const target = decodePath(await readlink(fsPath(path), { encoding: 'buffer' }));
    const key = keyOfLink(target);
    return { path, kind: 'link', target, ...(key === null ? {} : { key }) };
  }
  if (!stats.isDirectory() && !stats.isFile()) {
    fail('bad-request', 'There is something in it that is neither a file nor a folder, such as a socket.', {
      hint: 'Delete it, or move it away, in a terminal.',
      parameters: { path: displayName(path) }
    });
  }
  return { path, kind: stats.isDirectory() ? 'folder' : 'file' };
}
