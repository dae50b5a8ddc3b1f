import type { BigIntStats } from 'node:fs';
import { lstat, readlink, stat } from 'node:fs/promises';
import { decodePath, fsPath } from '../../../bytes';
import { sameContent } from '../withoutDatalad/unchanged';
import type { IPiece } from './pieces';

/**
 * Whether what is at another path is a whole copy: of files byte for byte, whether they are annexed here or there or not. The thing
 * itself, reached by another name or through a link, is no copy of it.
 */
export async function isSameAs(piece: IPiece, copy: string): Promise<boolean> {
  const [here, there] = await Promise.all([look(piece.path, lstat), look(copy, lstat)]);
  if (here === null || there === null || isOne(here, there)) {
    return false;
  }
  if (piece.kind === 'folder') {
    return there.isDirectory();
  }
  if (piece.kind === 'link' && piece.key === undefined) {
    return there.isSymbolicLink() && decodePath(await readlink(fsPath(copy), { encoding: 'buffer' })) === piece.target;
  }
  const [content, other] = await Promise.all([look(piece.path, stat), look(copy, stat)]);
  return (
    content !== null &&
    other !== null &&
    content.isFile() &&
    !isOne(content, other) &&
    (await sameContent(piece.path, copy, Number(content.size)))
  );
}

async function look(path: string, by: typeof lstat): Promise<BigIntStats | null> {
  return await by(fsPath(path), { bigint: true }).catch(() => null);
}

function isOne(one: BigIntStats, other: BigIntStats): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}
