import { readFile, stat } from 'node:fs/promises';
import { fail } from '../../../../protocol/failure';
import { keyOfPointer, POINTER_MAX } from '../../../annex/pointer';
import { displayName, fsPath } from '../../../bytes';
import { copyContent, copyPiece } from './copyPiece';
import type { ICopy } from './copying';
import type { IPiece } from './pieces';

/** Copies a piece to where another annex is, or none: content comes, not the link to it, which would lead nowhere from there. */
export async function copyHere({ piece, to }: ICopy, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await (piece.key === undefined ? copyPiece(piece, to) : copyContent(piece.path, to));
}

/** Fails with `not-here` where content is not here: half a copy would arrive. */
export async function requireContent(copies: readonly ICopy[]): Promise<void> {
  const absent: string[] = [];
  for (const { piece } of copies) {
    if (await lacksContent(piece)) {
      absent.push(piece.path);
    }
  }
  if (absent.length > 0) {
    fail('not-here', 'The content of this file is not here, and cannot be copied.', {
      hint: 'Get it first.',
      parameters: { files: absent.length, path: displayName(absent[0] ?? '') }
    });
  }
}

async function lacksContent({ kind, path, key }: IPiece): Promise<boolean> {
  if (key !== undefined) {
    return !(await leadsSomewhere(path));
  }
  return kind === 'file' && (await isPointer(path));
}

async function leadsSomewhere(link: string): Promise<boolean> {
  return await stat(fsPath(link)).then(
    () => true,
    () => false
  );
}

async function isPointer(file: string): Promise<boolean> {
  const { size } = await stat(fsPath(file));
  return size <= POINTER_MAX && keyOfPointer(await readFile(fsPath(file))) !== null;
}
