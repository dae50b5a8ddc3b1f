import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fsPath } from '../bytes';
import type { IRepositoryFolder } from '../git/repositoryFolder';

/** A lock file as it stands on the disk. */
export interface ILockFile {
  /** Relative to the folder that all work trees of the repository share. */
  name: string;
  path: string;
  id: string;
  /** Milliseconds since it was made or written last. */
  age: number;
  uid: number;
}

/** Locks of one work tree, and of the whole repository. Not git-annex's `*.lck`: a dead process cannot leave those locked. */
const OF_TREE = ['index.lock', 'HEAD.lock'];
const OF_REPOSITORY = [
  'config.lock',
  'packed-refs.lock',
  'shallow.lock',
  'refs/heads/git-annex.lock',
  // The index in which git-annex prepares commits of its own branch.
  'annex/index.lock'
];
/** Milliseconds by which clocks of two machines may differ. */
const HOUR = 60 * 60_000;
/** Folders of submodules and work trees that are looked at. */
const MAX_FOLDERS = 200;

/** The lock files of a repository, of its other work trees and of the submodules that it keeps in its own folder. */
export async function findLockFiles({ gitDir, commonDir }: IRepositoryFolder): Promise<ILockFile[]> {
  const inside = await innerFolders(commonDir);
  const branch = await branchLock(gitDir);
  const paths = new Set([
    ...OF_TREE.map(name => join(gitDir, name)),
    ...[...OF_REPOSITORY, ...branch].map(name => join(commonDir, name)),
    ...inside.flatMap(folder => [...OF_TREE, 'annex/index.lock'].map(name => join(folder, name)))
  ]);
  const found = await Promise.all([...paths].map(path => lookAt(path, commonDir)));
  return found.filter(file => file !== null);
}

/** One lock file as it is now; null when there is none. */
async function lookAt(path: string, commonDir: string): Promise<ILockFile | null> {
  const stats = await lstat(fsPath(path), { bigint: true }).catch(() => null);
  if (stats === null || !stats.isFile()) {
    return null;
  }
  const age = Date.now() - Number(stats.mtimeMs);
  return {
    name: relative(commonDir, path),
    path,
    id: `${stats.ino}-${stats.ctimeNs}-${stats.size}`,
    // A clock that was set back: how old it is nobody knows, but it was not made a moment ago.
    age: age < -HOUR ? HOUR : Math.max(0, age),
    uid: Number(stats.uid)
  };
}

async function branchLock(gitDir: string): Promise<string[]> {
  const head = await readFile(fsPath(join(gitDir, 'HEAD')), 'utf8').catch(() => '');
  const ref = /^ref: (refs\/[^\0\n]+)/u.exec(head)?.[1];
  return ref === undefined || ref.split('/').includes('..') ? [] : [`${ref}.lock`];
}

/** Where submodules and other work trees keep their index. */
async function innerFolders(commonDir: string): Promise<string[]> {
  const trees = (await folders(join(commonDir, 'worktrees'))).slice(0, MAX_FOLDERS);
  const found: string[] = [];
  const waiting = await folders(join(commonDir, 'modules'));
  for (let next = waiting.shift(); next !== undefined && found.length < MAX_FOLDERS; next = waiting.shift()) {
    found.push(next);
    // A name with slashes lies deeper, and a submodule may have its own.
    const isModule = (await lstat(fsPath(join(next, 'HEAD'))).catch(() => null)) !== null;
    waiting.push(...(await folders(isModule ? join(next, 'modules') : next)));
  }
  return [...trees, ...found];
}

async function folders(folder: string): Promise<string[]> {
  const entries = await readdir(fsPath(folder), { withFileTypes: true }).catch(() => []);
  return entries.filter(entry => entry.isDirectory()).map(entry => join(folder, entry.name));
}
