import type { Contents } from '@jupyterlab/services';
import { pathOfText } from '../protocol/names';
import { type ContentsPath, isContentsPath } from '../protocol/paths';

/** The path on the wire of what JupyterLab calls `path`; null on other drives, which have no files of this server behind them. */
export function wirePath(contents: Contents.IManager, path: string): ContentsPath | null {
  if (contents.driveName(path) !== '') {
    return null;
  }
  const wire = pathOfText(contents.localPath(path).replace(/^\/+|\/+$/g, ''));
  return isContentsPath(wire) ? wire : null;
}
