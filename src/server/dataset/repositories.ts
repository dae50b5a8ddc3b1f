import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LRUCache } from 'lru-cache';
import { fail, FailureError } from '../../protocol/failure';
import { decodePath, fsPath } from '../bytes';
import { fileFailure } from '../fileFailure';
import { findRepositoryFolder } from '../git/repositoryFolder';
import type { AbsolutePath, PathBoundary } from '../paths';
import { Repository } from './repository';

const KEPT = 64;

/** Finds the datasets around paths and keeps the opened ones. Datasets whose root lies above the contents root do not count. */
export class Repositories {
  private readonly opened = new LRUCache<AbsolutePath, { repository: Repository; stamp: string }>({ max: KEPT });

  constructor(
    private readonly boundary: PathBoundary,
    private readonly env: Record<string, string>
  ) {}

  /** Forgets all that was opened. */
  clear(): void {
    this.opened.clear();
  }

  /** The innermost dataset root that a path is or lies in; null outside datasets. Nothing need exist at the path. */
  async rootOf(path: AbsolutePath): Promise<AbsolutePath | null> {
    for (let at: string = path; this.boundary.contains(at); at = dirname(at)) {
      if ((await findRepositoryFolder(at)) !== null) {
        return at;
      }
      if (at === this.boundary.root) {
        break;
      }
    }
    return null;
  }

  /** Whether a dataset or plain git repository is installed in a folder. */
  async isRoot(folder: string): Promise<boolean> {
    return (await findRepositoryFolder(folder)) !== null;
  }

  /** The roots around a path, the outermost first; with the path itself when it is one. */
  async rootsAround(path: AbsolutePath): Promise<AbsolutePath[]> {
    const roots: AbsolutePath[] = [];
    for (let root = await this.rootOf(path); root !== null;) {
      roots.unshift(root);
      const above: string = dirname(root);
      root = root !== this.boundary.root && this.boundary.contains(above) ? await this.rootOf(above) : null;
    }
    return roots;
  }

  /** Opens the dataset at a root, again when its `.git` is another one than last time. */
  async open(root: AbsolutePath): Promise<Repository> {
    const known = this.opened.get(root);
    if (known !== undefined && (await stampOf(known.repository.folder.gitDir)) === known.stamp) {
      return known.repository;
    }
    const repository = await Repository.open(root, this.env);
    this.opened.set(root, { repository, stamp: await stampOf(repository.folder.gitDir) });
    return repository;
  }

  /** Whether a folder, or a link to one, is at a path. */
  async isFolder(path: AbsolutePath): Promise<boolean> {
    return await stat(fsPath(path)).then(
      stats => stats.isDirectory(),
      () => false
    );
  }

  /** The real folder behind a path, which links inside the contents root may lead to; fails with `not-found` or `outside-root`. */
  async realFolder(path: AbsolutePath): Promise<AbsolutePath> {
    const real = await realpath(fsPath(path), { encoding: 'buffer' }).then(decodePath, (error: unknown) => {
      const failure = fileFailure(error);
      throw failure?.kind === 'permission-denied'
        ? new FailureError(failure)
        : new FailureError({ kind: 'not-found', message: 'This folder does not exist any more.' });
    });
    return this.boundary.contains(real)
      ? real
      : fail('outside-root', 'This link leads outside the folder that JupyterLab shows.');
  }
}

async function stampOf(gitDir: string): Promise<string> {
  return await stat(fsPath(gitDir), { bigint: true }).then(
    stats => `${stats.dev} ${stats.ino} ${stats.birthtimeNs}`,
    () => 'gone'
  );
}
