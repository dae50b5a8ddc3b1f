import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { bytesOf, type ContentsPath, contentsPath } from '../protocol/paths';
import { fail } from '../protocol/failure';
import { decodePath, encodePath, fsPath, isUtf8 } from './bytes';

declare const absolute: unique symbol;
/** An absolute path that passed the boundary, as {@link decodePath} writes it. */
export type AbsolutePath = string & { readonly [absolute]: true };

/**
 * The contents root and the only way from wire paths to file system paths. A path is inside when the real path of its deepest
 * existing parent is; the last name itself is never followed, since git and git-annex work on links, not through them.
 */
export class PathBoundary {
  /** Real path of the root. */
  readonly root: AbsolutePath;

  constructor(root: string) {
    this.root = realpathSync.native(root) as AbsolutePath;
  }

  /** The absolute path of a contents path; fails with `outside-root` when a link on the way leaves the root. */
  resolve(path: ContentsPath): AbsolutePath {
    const bytes = bytesOf(path);
    const text = bytes === undefined ? path : decodePath(Buffer.from(bytes, 'base64url'));
    const names = text.split('/').filter(name => name !== '');
    if (names.some(name => name === '.' || name === '..' || name.includes('\0'))) {
      fail('bad-request', 'This is not a path.');
    }
    const target = join(this.root, ...names) as AbsolutePath;
    if (target !== this.root && !this.contains(realParent(dirname(target)))) {
      fail('outside-root', `${text} lies outside the folder that JupyterLab shows.`);
    }
    return target;
  }

  /** The same for a folder to work in: there the last name is followed, too. Nothing need exist at the path. */
  resolveFolder(path: ContentsPath): AbsolutePath {
    const target = this.resolve(path);
    if (!this.contains(realParent(target))) {
      fail('outside-root', 'This link leads outside the folder that JupyterLab shows.');
    }
    return target;
  }

  /** Whether an absolute path is the root or lexically below it. */
  contains(path: string): path is AbsolutePath {
    return path === this.root || path.startsWith(this.root === '/' ? '/' : this.root + sep);
  }

  /** The contents path of an absolute path inside the root; `bytes:` where its bytes are no UTF-8, or would be taken for such. */
  toContents(path: AbsolutePath): ContentsPath {
    const relative = path === this.root ? '' : path.slice(this.root === '/' ? 1 : this.root.length + 1);
    return isUtf8(relative) && !relative.startsWith('bytes:')
      ? contentsPath(relative)
      : contentsPath(`bytes:${encodePath(relative).toString('base64url')}`);
  }
}

/** Real path of the deepest existing folder of a path; a dangling link on the way is refused, since it may be aimed later. */
function realParent(path: string): string {
  try {
    return decodePath(realpathSync.native(fsPath(path), { encoding: 'buffer' }));
  } catch {
    if (existsAsLink(path)) {
      fail('outside-root', 'A broken link on the way may lead outside the folder that JupyterLab shows.');
    }
    const parent = dirname(path);
    return parent === path ? path : join(realParent(parent), path.slice(parent === '/' ? 1 : parent.length + 1));
  }
}

function existsAsLink(path: string): boolean {
  try {
    return lstatSync(fsPath(path)).isSymbolicLink();
  } catch {
    return false;
  }
}
