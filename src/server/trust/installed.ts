import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fsPath } from '../bytes';
import { mapLimited } from '../mapLimited';
import { GITLINK, parseIndex } from '../git/entry';
import { GitReader } from '../git/reader';
import { findRepositoryFolder } from '../git/repositoryFolder';
import { splitZero } from '../git/split';
import { isWithin } from '../nesting';

/** Calls of the file system at one time. */
const LOOKS = 16;

/** How to look for repositories below a dataset. */
export interface IBelow {
  env: Record<string, string>;
  signal?: AbortSignal;
  /** Also repositories that are not registered, those that git ignores as well or not: a save may register them and go on inside. */
  untracked?: 'visible' | 'all' | undefined;
  /** The look ends when so many were found. */
  limit: number;
}

/**
 * Roots of the datasets installed at or below a path of a dataset, on all levels, under the profile that runs nothing of theirs. The
 * index alone is asked: what `.gitmodules` says or leaves out does not matter to git.
 */
export async function installedBelow(root: string, path: string, options: IBelow): Promise<string[]> {
  const found: string[] = [];
  const queue = [{ root, path }];
  for (let next = queue.shift(); next !== undefined && found.length < options.limit; next = queue.shift()) {
    const folder = await findRepositoryFolder(next.root);
    if (folder === null) {
      continue;
    }
    const git = new GitReader(next.root, options.env, folder.commonDir);
    for (const name of await nestedNames(git, options)) {
      const nested = join(next.root, name);
      if (isWithin(nested, next.path)) {
        if ((await findRepositoryFolder(nested)) !== null) {
          found.push(nested);
          queue.push({ root: nested, path: nested });
        }
      }
    }
  }
  return found;
}

/** Names of the repositories directly in a dataset, installed or not. */
export async function nestedNames(git: GitReader, { signal, untracked }: Omit<IBelow, 'env' | 'limit'>): Promise<string[]> {
  const links = parseIndex(await git.read(['ls-files', '-s', '-z'], { signal })).filter(({ mode }) => mode === GITLINK);
  const args = ['ls-files', '-o', '-z', ...(untracked === 'visible' ? ['--exclude-standard'] : [])];
  const others = untracked === undefined ? [] : splitZero(await git.readWorkTree(args, { signal }));
  // Of what is not tracked git lists files one by one, but a repository as a folder.
  return [...links.map(({ path }) => path), ...others.filter(name => name.endsWith('/')).map(name => name.slice(0, -1))];
}

/** The roots of all datasets that paths are or lie in, the outermost first, from `top` on. */
export async function rootsAround(top: string, paths: readonly string[]): Promise<string[]> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = path; isIn(top, at) && !folders.has(at); at = dirname(at)) {
      folders.add(at);
    }
  }
  const roots = await mapLimited([...folders], LOOKS, async folder =>
    (await isThere(join(folder, '.git'))) && (await findRepositoryFolder(folder)) !== null ? folder : null
  );
  return roots.filter(root => root !== null).sort((one, other) => one.length - other.length);
}

function isIn(top: string, path: string): boolean {
  return path === top || path.startsWith(top === '/' ? '/' : `${top}/`);
}

async function isThere(path: string): Promise<boolean> {
  return await lstat(fsPath(path)).then(
    () => true,
    () => false
  );
}
