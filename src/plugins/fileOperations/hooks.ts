import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { Contents } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { wirePath } from '../../models/wirePath';
import type { ContentsPath } from '../../protocol/paths';
import type { Deletions } from './deletions';
import type { Placements } from './placements';
import { NotWantedError } from './refusals';

export interface IHooksOptions {
  manager: IDocumentManager;
  contents: Contents.IManager;
  deletions: Pick<Deletions, 'delete'>;
  placements: Pick<Placements, 'move' | 'copy'>;
  /** Nothing here concerns DataLad. */
  isSilent: () => boolean;
}

/** JupyterLab's own calls. */
function stockCalls(contents: Contents.IManager): Pick<Contents.IManager, 'delete' | 'rename' | 'copy'> {
  return {
    delete: contents.delete.bind(contents),
    rename: contents.rename.bind(contents),
    copy: contents.copy.bind(contents)
  };
}

/**
 * Stands before the calls by which everything in JupyterLab deletes, moves and copies: the file browser's menu, keys, drag and drop,
 * and other extensions. Only the default drive has files of this server.
 */
export function installHooks(options: IHooksOptions): void {
  const { manager, contents, deletions, placements } = options;
  const stock = stockCalls(contents);
  const local = (path: string): ContentsPath | null => (options.isSilent() ? null : wirePath(contents, path));

  contents.delete = async (...all: Parameters<Contents.IManager['delete']>) => {
    const path = local(all[0]);
    const fate = path === null ? 'stock' : await deletions.delete(path);
    if (fate === 'stock') {
      return stock.delete(...all);
    }
    if (fate === 'stays') {
      throw new NotWantedError(`${all[0]} was not deleted.`);
    }
    tell(contents, { type: 'delete', oldValue: { path: all[0] }, newValue: null });
  };

  contents.rename = async (...all: Parameters<Contents.IManager['rename']>) => {
    const [from, to] = [local(all[0]), local(all[1])];
    if (from === null || to === null || from === to || !(await placements.move(from, to))) {
      return stock.rename(...all);
    }
    const model = await contents.get(all[1], { content: false });
    tell(contents, { type: 'rename', oldValue: { path: all[0] }, newValue: model });
    return model;
  };

  contents.copy = async (...all: Parameters<Contents.IManager['copy']>) => {
    const [from, to] = [local(all[0]), local(all[1])];
    const made = from === null || to === null ? null : await placements.copy(from, to);
    if (made === null) {
      return stock.copy(...all);
    }
    const model = await contents.get(made, { content: false });
    tell(contents, { type: 'new', oldValue: null, newValue: model });
    return model;
  };

  // A delete that the user did not want in the end is no failure: the file browser would show a dialog.
  const deleteFile = manager.deleteFile;
  manager.deleteFile = async (...all: Parameters<IDocumentManager['deleteFile']>) => {
    try {
      await deleteFile.apply(manager, all);
    } catch (reason) {
      if (!(reason instanceof NotWantedError)) {
        throw reason;
      }
    }
  };
}

/** What JupyterLab tells its file browsers and open documents after a call of its own. */
export function tell(contents: Contents.IManager, change: Contents.IChangedArgs): void {
  const { fileChanged } = contents;
  if (fileChanged instanceof Signal) {
    fileChanged.emit(change);
  }
}
