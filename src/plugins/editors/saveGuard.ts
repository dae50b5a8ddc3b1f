import type { Contents } from '@jupyterlab/services';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { wirePath } from '../../models/wirePath';
import type { ContentsPath } from '../../protocol/paths';

/**
 * Lets `check` see every file that is about to be written to the default drive: documents, autosaves and uploads all come this way.
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
  contents.save = guarded;
  return new DisposableDelegate(() => {
    if (contents.save === guarded) {
      contents.save = save;
    }
  });
}

/** Large uploads are saved in numbered parts: the first one decides. */
function isStart(options?: Parameters<Contents.IManager['save']>[1]): boolean {
  return options?.chunk === undefined || options.chunk === 1;
}
