import { lstat, rmdir, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isCheckpoint } from '../../../protocol/checkpoints';
import type { ParsedJobInput } from '../../../protocol/contract';
import { type Failure, fail } from '../../../protocol/failure';
import { displayName, fsPath } from '../../bytes';
import { judge } from '../../datalad/execute';
import type { ITask } from '../../handlers';
import { type IJobContext, resolveExisting } from './context';
import { type IPiece, piecesAt } from './placing/pieces';
import { isSameAs } from './placing/sameAs';
import { Ledger } from './withoutDatalad/ledger';

const NOTHING: Failure = { kind: 'not-found', message: 'There was nothing to delete.' };

/** A file, link or folder as it was when it was compared with its copy. */
interface ICompared {
  readonly piece: IPiece;
  readonly mark: string;
}

/**
 * Deletes files and folders that were copied to another place: the second half of a move into another dataset, or out of one. Every file
 * is read, here and there, and nothing is deleted unless all of them are the same; what is changed after that stays, too. Nothing is
 * saved, and annexed content stays in the annex.
 */
export async function deleteCopied(context: IJobContext, input: ParsedJobInput<'deleteCopied'>, task: ITask): Promise<void> {
  const { boundary } = context;
  const paths = resolveExisting(boundary, input.paths, boundary.resolve(input.dataset));
  if (input.copies.length !== paths.length) {
    fail('bad-request', 'For each path the place of its copy is needed.');
  }
  const compared: ICompared[] = [];
  for (const [at, path] of paths.entries()) {
    const copy = boundary.resolve(input.copies[at] ?? input.dataset);
    const pieces = await piecesAt(path);
    for (const piece of pieces) {
      task.signal.throwIfAborted();
      compared.push({ piece, mark: await markOf(piece.path) });
      if (!isEmptyCheckpoints(piece, pieces) && !(await isSameAs(piece, join(copy, piece.path.slice(path.length))))) {
        fail('changed-since', 'It is not the same as its copy, so nothing was deleted: there are two now.', {
          hint: 'Look at both, and delete the one you do not need.',
          parameters: { path: displayName(piece.path.slice(boundary.root.length + 1)), files: 1 }
        });
      }
    }
  }
  const stays = await deleteAll(compared);
  const ledger = new Ledger(boundary, task);
  for (const path of paths) {
    const left = stays.find(one => one === path || one.startsWith(`${path}/`));
    const entry = { action: 'delete', path, type: 'file' as const };
    if (left === undefined) {
      ledger.done(entry);
    } else {
      ledger.refused(entry, changedMeanwhile(left));
    }
  }
  judge(ledger.outcome(), NOTHING);
}

/** Jupyter makes such a folder beside whatever it renames, as it does with a dataset in a folder that is moved. */
function isEmptyCheckpoints({ path, kind }: IPiece, pieces: readonly IPiece[]): boolean {
  return kind === 'folder' && isCheckpoint(basename(path)) && !pieces.some(({ path: other }) => other.startsWith(`${path}/`));
}

/** The folders last; resolves with what stays, since it is another one by now. */
async function deleteAll(compared: readonly ICompared[]): Promise<string[]> {
  const stays: string[] = [];
  for (const { piece, mark } of [...compared].reverse()) {
    const path = fsPath(piece.path);
    if (piece.kind === 'folder') {
      // One that is not empty holds what came meanwhile.
      await rmdir(path).catch(() => stays.push(piece.path));
    } else if ((await markOf(piece.path).catch(() => null)) === mark) {
      await unlink(path);
    } else {
      stays.push(piece.path);
    }
  }
  return stays;
}

/** Differs as soon as somebody has written to a file, or put another one in its place. */
async function markOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await lstat(fsPath(path), { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

function changedMeanwhile(path: string): Failure {
  return {
    kind: 'changed-since',
    message: 'It was changed while it was moved, so it stays.',
    hint: 'Look at it and at its copy, and delete the one you do not need.',
    parameters: { path: displayName(path), files: 1 }
  };
}
