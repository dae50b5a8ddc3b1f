import type { Contents } from '@jupyterlab/services';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { wirePath } from '../../models/wirePath';
import type { ContentsPath } from '../../protocol/paths';

/**
 * Lets `check` see every file that is about to be written to the default drive: documents, autosaves and uploads all come this way, and
 * so does going back to a checkpoint.
 * When `check` rejects, nothing is written. Disposing takes the guard off.
 */
export function guardSaves(contents: Contents.IManager, check: (path: ContentsPath) => Promise<void>): IDisposable {
  const save = contents.save;
  const guarded: Contents.IManager['save'] = async (path, options) => {
    const file = options?.type === 'directory' || !isStart(options) ? null : wirePath(contents, path);
    if (file !== null) {
      await check(file);
    }
    return save.call(contents, path, options);
  };
  // It writes the file on the server, where no hook is asked.
  const restore = contents.restoreCheckpoint;
  const guardedRestore: Contents.IManager['restoreCheckpoint'] = async (path, id) => {
    const file = wirePath(contents, path);
    if (file !== null) {
      await check(file);
    }
    return restore.call(contents, path, id);
  };
  contents.save = guarded;
  contents.restoreCheckpoint = guardedRestore;
  return new DisposableDelegate(() => {
    if (contents.save === guarded) {
      contents.save = save;
    }
    if (contents.restoreCheckpoint === guardedRestore) {
      contents.restoreCheckpoint = restore;
    }
  });
}

/** Large uploads are saved in numbered parts: the first one decides. */
function isStart(options?: Parameters<Contents.IManager['save']>[1]): boolean {
  return options?.chunk === undefined || options.chunk === 1;
}

/** JupyterLab knows a save that the user did not want by this name, and shows no error for it. */
export class SaveCancelledError extends Error {
  override readonly name = 'ModalCancelError';
}
