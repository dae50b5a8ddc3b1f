import { lstat, readFile, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { decodePath, fsPath } from '../bytes';

/** Where a repository keeps its own files. */
export interface IRepositoryFolder {
  /** HEAD, index and what belongs to this work tree. */
  gitDir: string;
  /** Objects, refs, config and the annex; differs from `gitDir` in linked work trees only. */
  commonDir: string;
}

/**
 * Finds the repository of a work tree: `.git` is a folder, a link to one (git-annex makes these in submodules), or a file that
 * names one. Null when there is none. One that may not be read, or has lost its HEAD, is one: git then says what is wrong with it.
 */
export async function findRepositoryFolder(root: string): Promise<IRepositoryFolder | null> {
  const gitDir = await findGitDir(join(root, '.git'));
  if (gitDir === null || !((await exists(join(gitDir, 'HEAD'))) || (await isBroken(gitDir)))) {
    return null;
  }
  const common = await readText(join(gitDir, 'commondir'));
  return { gitDir, commonDir: common === null ? gitDir : resolve(gitDir, common.replace(/\n$/, '')) };
}

async function findGitDir(path: string): Promise<string | null> {
  const stats = await lstat(fsPath(path)).catch(() => null);
  if (stats === null) {
    return null;
  }
  if (stats.isFile()) {
    const text = await readText(path);
    const target = /^gitdir: (.*)/s.exec(text ?? '')?.[1]?.replace(/\n$/, '');
    return target === undefined ? null : resolve(path, '..', target);
  }
  return stats.isDirectory() ? path : await resolveLink(path);
}

async function resolveLink(path: string): Promise<string | null> {
  return await realpath(fsPath(path), { encoding: 'buffer' }).then(decodePath, () => null);
}

async function readText(path: string): Promise<string | null> {
  return await readFile(fsPath(path)).then(decodePath, () => null);
}

/** What is there but may not be looked at exists, too. */
async function exists(path: string): Promise<boolean> {
  return await lstat(fsPath(path)).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'EACCES'
  );
}

/** A repository that lost its HEAD, rather than a folder that happens to be called `.git`. */
async function isBroken(gitDir: string): Promise<boolean> {
  return (await exists(join(gitDir, 'objects'))) && (await exists(join(gitDir, 'refs')));
}
