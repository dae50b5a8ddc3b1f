import { createHash } from 'node:crypto';
import { encodePath } from '../../bytes';
import type { IndexFile } from './indexFile';

/** Entries of all folders for which ids are made at one time: many more take noticeable time. */
const MOST = 20_000;

/**
 * Makes the id of the tree that a commit of the index would have for a folder, as `git write-tree` does, but keeps nothing on disk:
 * git-annex has git forget the ids of all folders around an unlocked file whenever its content comes or goes. `known` has the ids of
 * other folders, and gets those that are made. Undefined where an entry is in conflict, or no plain file for another reason.
 */
export function makeTree(index: IndexFile, folder: string, known: Map<string, string>): string | undefined {
  let left = MOST;
  const make = (path: string): string | undefined => {
    const parts: Buffer[] = [];
    for (const { name, at, isFolder } of index.children(path)) {
      const tree = isFolder ? idOf(path === '' ? name : `${path}/${name}`) : undefined;
      if (left-- <= 0 || (isFolder ? tree === undefined : !index.isPlain(at))) {
        return undefined;
      }
      // A tree has no zero before the mode of a folder.
      parts.push(encodePath(`${isFolder ? '40000' : index.mode(at)} ${name}\0`), Buffer.from(tree ?? index.oid(at), 'hex'));
    }
    return parts.length === 0 ? undefined : digest(Buffer.concat(parts), index.oidBytes);
  };
  const idOf = (path: string): string | undefined => {
    const id = known.get(path) ?? make(path);
    if (id !== undefined) {
      known.set(path, id);
    }
    return id;
  };
  return idOf(folder);
}

function digest(tree: Buffer, oidBytes: number): string {
  return createHash(oidBytes === 20 ? 'sha1' : 'sha256')
    .update(`tree ${tree.length}\0`)
    .update(tree)
    .digest('hex');
}
