import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePath, fsPath } from '../../../bytes';
import { GITLINK, type IGitEntry, parseTree, SYMLINK } from '../../../git/entry';
import { readBlobs } from '../../../git/objects';
import { findRepositoryFolder } from '../../../git/repositoryFolder';
import { exists } from '../../../exists';
import { WorkTree } from '../../../dataset/workTree';

interface IOptions {
  env: Record<string, string>;
  signal: AbortSignal;
}

/** What `datalad create` writes before its first commit. */
const OF_CREATE = ['.git', '.datalad', '.gitattributes'];

/** Whether a folder holds nothing but the beginning of a dataset without a commit. */
export async function isBareBeginning(path: string, options: IOptions): Promise<boolean> {
  const names = await namesIn(path);
  return names.every(name => OF_CREATE.includes(name)) && (await commitOf(path, options)) === null && (await isEmptyAnnex(path));
}

/**
 * Whether a folder holds nothing but a clone, or a part of one: no commit of its own, no stash, no annexed content, and every file is,
 * or is the beginning of, what the clone's commit has.
 */
export async function isMereClone(path: string, options: IOptions): Promise<boolean> {
  if ((await commitOf(path, options)) === null) {
    // Stopped before there was a commit to check out.
    return (await namesIn(path)).every(name => name === '.git') && (await isEmptyAnnex(path));
  }
  const { git } = await WorkTree.open(path, options);
  // git-annex notes on its own branch that there is a clone.
  const branches = ['HEAD', '--exclude=git-annex', '--branches', '--not', '--remotes'];
  const own = await git.read(['rev-list', '--max-count=1', ...branches]);
  const stash = await git.readOr([1], ['rev-parse', '--verify', '--quiet', 'refs/stash']);
  if (own.length > 0 || stash !== null || !(await isEmptyAnnex(path))) {
    return false;
  }
  const tree = new Map(parseTree(await git.read(['ls-tree', '-r', '-z', 'HEAD'])).map(entry => [entry.path, entry]));
  for await (const name of filesBelow(path)) {
    const entry = tree.get(name);
    if (entry === undefined || !(await isBeginningOf(entry, join(path, name), blob => readBlobs(git, [blob])))) {
      return false;
    }
  }
  return true;
}

async function commitOf(path: string, options: IOptions): Promise<string | null> {
  return (await findRepositoryFolder(path)) === null ? null : await (await WorkTree.open(path, options)).head();
}

async function isEmptyAnnex(path: string): Promise<boolean> {
  return (await readdir(fsPath(join(path, '.git', 'annex', 'objects'))).catch(() => [])).length === 0;
}

/** Whether a file is what git checks out of an entry, whole or cut off. */
async function isBeginningOf(
  { mode, oid }: IGitEntry,
  path: string,
  read: (oid: string) => Promise<Map<string, Buffer>>
): Promise<boolean> {
  const stats = await lstat(fsPath(path));
  if (mode === GITLINK || stats.isSymbolicLink() !== (mode === SYMLINK)) {
    return false;
  }
  const content = stats.isSymbolicLink() ? await readlink(fsPath(path), { encoding: 'buffer' }) : await readFile(fsPath(path));
  const hash = createHash(oid.length === 40 ? 'sha1' : 'sha256')
    .update(`blob ${content.length}\0`)
    .update(content);
  if (hash.digest('hex') === oid) {
    return true;
  }
  const whole = (await read(oid)).get(oid);
  return whole !== undefined && content.equals(whole.subarray(0, content.length));
}

/** Everything below a folder but its repository, and the empty folders that stand for subdatasets. */
async function* filesBelow(root: string, folder = ''): AsyncGenerator<string> {
  for (const entry of await readdir(fsPath(join(root, folder)), { withFileTypes: true, encoding: 'buffer' })) {
    const name = join(folder, decodePath(entry.name));
    if (name === '.git') {
      continue;
    }
    if (entry.isDirectory() && !exists(join(root, name, '.git'))) {
      yield* filesBelow(root, name);
    } else {
      yield name;
    }
  }
}

async function namesIn(path: string): Promise<string[]> {
  return (await readdir(fsPath(path), { encoding: 'buffer' })).map(decodePath);
}
