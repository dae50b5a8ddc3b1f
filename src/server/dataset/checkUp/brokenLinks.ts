import { readlink, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import type { Found, FoundGroup, LostEnd } from '../../../protocol/checkUp';
import type { ContentsPath } from '../../../protocol/paths';
import type { CommitId } from '../../../protocol/revision';
import { decodePath, displayName, fsPath } from '../../bytes';
import { exists } from '../../exists';
import { GITLINK, SYMLINK } from '../../git/entry';
import { splitZero } from '../../git/split';
import { mapLimited } from '../../mapLimited';
import { isWithin } from '../../nesting';
import type { Repository } from '../repository';
import { indexedFiles } from './annexedFiles';
import { groupOf } from './group';

interface IOptions {
  signal: AbortSignal;
  toContents(path: string): ContentsPath;
}

/** Ends of links that the history is searched for. */
const SEARCHED = 200;

/** Links that lead to nothing and stand for no annexed content, each with what it leads to and how that comes back. */
export async function brokenLinks(repository: Repository, { signal, toContents }: IOptions): Promise<FoundGroup[]> {
  const files = await indexedFiles(repository, signal);
  const subdatasets = new Set(files.filter(({ entry }) => entry.mode === GITLINK).map(({ entry }) => entry.path));
  const links = files.filter(({ entry, key }) => key === null && entry.mode === SYMLINK);
  const broken = await mapLimited(links, 16, async ({ entry: { path } }) => {
    signal.throwIfAborted();
    const isLost = await isBroken(join(repository.root, path));
    return isLost ? [{ path, end: await endOf(repository.root, path, subdatasets) }] : [];
  });
  const found = broken.flat();
  const gone = found.flatMap(({ end }) => (end === null || end.outside || end.absent ? [] : end.path));
  const deleted = await lastCommits(repository, [...new Set(gone)].slice(0, SEARCHED), signal);
  const items = found.map(({ path, end }): Found => ({
    path: toContents(path),
    name: displayName(path),
    ...(end === null ? {} : { end: returning(end, { deleted, toContents }) })
  }));
  return groupOf('broken-link', items);
}

async function isBroken(path: string): Promise<boolean> {
  const code = await stat(fsPath(path)).then(
    () => '',
    (error: NodeJS.ErrnoException) => error.code ?? ''
  );
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(code);
}

/** Where a link, or one that it leads to, leads: relative to the root, or as the link says where that is outside. */
interface IEnd {
  readonly path: string;
  readonly outside: boolean;
  /** There is a link of git-annex whose content is missing, or nothing but a subdataset that is not installed. */
  readonly absent: boolean;
}

/** Links in a row; more are a ring. */
const MOST_LINKS = 16;

/** Follows a link until nothing is there; null where it leads in a ring, or is none any more. */
async function endOf(root: string, link: string, subdatasets: ReadonlySet<string>): Promise<IEnd | null> {
  let path = link;
  for (let count = 0; count < MOST_LINKS; count++) {
    const target = await readlink(fsPath(join(root, path)), { encoding: 'buffer' }).then(decodePath, () => null);
    if (target === null) {
      return null;
    }
    if (isAnnexTarget(target)) {
      return count === 0 ? null : { path, outside: false, absent: true };
    }
    const to = isAbsolute(target) ? target : join(root, dirname(path), target);
    if (!isWithin(to, root) || to === root) {
      return { path: target, outside: true, absent: false };
    }
    path = relative(root, to);
    if (!exists(to)) {
      const around = foldersOf(path).find(folder => subdatasets.has(folder));
      return { path, outside: false, absent: around !== undefined && !exists(join(root, around, '.git')) };
    }
  }
  return null;
}

function isAnnexTarget(target: string): boolean {
  return /(?:^|\/)\.git\/annex\/objects\//u.test(target);
}

function returning(
  { path, outside, absent }: IEnd,
  { deleted, toContents }: { deleted: ReadonlyMap<string, CommitId>; toContents(path: string): ContentsPath }
): LostEnd {
  const name = displayName(path);
  const commit = deleted.get(path);
  if (outside) {
    return { how: 'outside', name };
  }
  if (absent) {
    return { how: 'get', name, path: toContents(path) };
  }
  return commit === undefined ? { how: 'unknown', name } : { how: 'restore', name, path: toContents(path), commit };
}

/** The path itself, and each folder around it. */
function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** The last commit that had something at each of these paths, files or folders, by one walk through the branch. */
async function lastCommits({ git }: Repository, paths: readonly string[], signal: AbortSignal): Promise<Map<string, CommitId>> {
  const found = new Map<string, CommitId>();
  if (paths.length === 0) {
    return found;
  }
  const [head, there] = await Promise.all([
    git.readOr([128], ['rev-parse', '--verify', 'HEAD'], { signal }),
    git.readOr([128], ['ls-tree', '-z', '--name-only', 'HEAD', '--', ...paths], { signal })
  ]);
  if (head === null || there === null) {
    return found;
  }
  splitZero(there).forEach(path => found.set(path, head.toString().trim() as CommitId));
  const left = new Set(paths.filter(path => !found.has(path)));
  if (left.size === 0) {
    return found;
  }
  const args = [
    ...['log', '--first-parent', '--diff-merges=first-parent', '--no-renames', '--no-ext-diff', '--diff-filter=D'],
    ...['--name-only', '-z', '--format=%P%x00', 'HEAD', '--', ...left]
  ];
  let parent = '';
  for (const field of splitZero(await git.read(args, { signal })).map(text => text.replace(/^\n/u, ''))) {
    if (PARENTS.test(field)) {
      [parent = ''] = field.split(' ');
      continue;
    }
    // The newest commits come first.
    foldersOf(field)
      .filter(path => left.has(path) && !found.has(path))
      .forEach(path => found.set(path, parent as CommitId));
  }
  return found;
}

const PARENTS = /^[0-9a-f]{40}(?:[0-9a-f]{24})?(?: |$)/u;
