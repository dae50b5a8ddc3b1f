import { resolve } from 'node:path';
import { LRUCache } from 'lru-cache';
import { isUtf8 } from '../../bytes';
import { objectIds } from '../../git/objects';
import { readHeadFile } from '../../git/refFile';
import type { Repository } from '../repository';

/** Trees of commits: neither ever changes. */
const trees = new LRUCache<string, string>({ max: 2_000 });

/** Whether files compare with the index as on an ordinary Linux: no setting of git makes it look at them in another way. */
export async function comparesPlainly({ git, root, folder }: Repository): Promise<boolean> {
  const config = await git.config();
  const unset = ['core.ignorecase', 'core.precomposeunicode', 'core.bare', 'core.ignorestat'];
  const set = ['core.filemode', 'core.symlinks', 'core.trustctime'];
  const worktree = config.get('core.worktree');
  return (
    unset.every(key => !config.flag(key)) &&
    set.every(key => config.get(key) === undefined || config.flag(key)) &&
    [undefined, 'default'].includes(config.get('core.checkstat')) &&
    (worktree === undefined || resolve(folder.gitDir, worktree) === root)
  );
}

/** The id of the tree that HEAD has for a folder; null where that takes more than a look at the refs and one object. */
export async function treeOfHead(repository: Repository, folder: string): Promise<string | null> {
  const head = isUtf8(folder) ? await readHeadFile(repository.folder) : null;
  return head === null ? null : await treeOf(repository, head.commit, folder);
}

async function treeOf({ git, root }: Repository, commit: string, folder: string): Promise<string | null> {
  const name = `${commit}:${folder}`;
  const known = trees.get(`${root}\0${name}`);
  const tree = known ?? (await git.loose.treeOf(commit, folder)) ?? (await objectIds(git, [name]))[0] ?? null;
  if (tree !== null) {
    trees.set(`${root}\0${name}`, tree);
  }
  return tree;
}
