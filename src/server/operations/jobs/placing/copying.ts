import { rmdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fsPath } from '../../../bytes';
import type { IPlace } from './places';
import { type IPiece, piecesAt } from './pieces';

/** A piece, and where a copy of it comes to be. */
export interface ICopy {
  readonly piece: IPiece;
  readonly to: string;
}

/** What is to be copied so that a place has all that is at another one, folders first; fails as {@link piecesAt} does. */
export async function copiesOf({ from, to, leave }: IPlace): Promise<ICopy[]> {
  return (await piecesAt(from, leave)).map(piece => ({ piece, to: join(to, piece.path.slice(from.length)) }));
}

/**
 * Makes copies one after the other, and does `then` what is left to do. When anything fails, those made before are removed, so that there
 * is all or nothing. What others put into a folder meanwhile stays.
 */
export async function makeCopies(
  copies: readonly ICopy[],
  make: (copy: ICopy) => Promise<void>,
  then: () => Promise<void> = async () => undefined
): Promise<void> {
  const made: ICopy[] = [];
  try {
    for (const copy of copies) {
      await make(copy);
      made.push(copy);
    }
    await then();
  } catch (error) {
    for (const { piece, to } of made.reverse()) {
      await (piece.kind === 'folder' ? rmdir(fsPath(to)) : unlink(fsPath(to))).catch(() => undefined);
    }
    throw error;
  }
}
