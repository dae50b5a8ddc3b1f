import { lstat, readlink, rename, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { randomUUID } from 'node:crypto';
import { keyOfLink } from '../../../annex/pointer';
import { decodePath, fsPath } from '../../../bytes';
import { listFolder } from '../../../dataset/listFolder';

/** The part of a link's target that does not change with the folder the link lies in. */
const STORED = /(?:^|\/)(\.git\/annex\/objects\/.+)$/su;

/**
 * Sets the links of annexed files at or below a path right, after they came there from another folder: they lead to the annex of their
 * dataset by a path that depends on how deep they lie. What `git annex fix` does, for any name, and for files that are not tracked, too.
 * Resolves with the absolute paths of those that it changed. Datasets below are left alone: their links never lead out of them.
 */
export async function relink(path: string, dataset: string): Promise<string[]> {
  const changed: string[] = [];
  const queue = [path];
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    const stats = await lstat(fsPath(place));
    if (stats.isSymbolicLink()) {
      changed.push(...((await relinkOne(place, dataset)) ? [place] : []));
    } else if (stats.isDirectory()) {
      const folder = place;
      const names = [...(await listFolder(folder)).keys()];
      queue.push(...(names.includes('.git') ? [] : names.map(name => join(folder, name))));
    }
  }
  return changed;
}

/** By a rename over the old link: whoever looks meanwhile sees one or the other. */
async function relinkOne(link: string, dataset: string): Promise<boolean> {
  const target = decodePath(await readlink(fsPath(link), { encoding: 'buffer' }));
  const right = rightTarget(target, relative(dirname(link), dataset));
  if (right === null || right === target) {
    return false;
  }
  const made = join(dirname(link), `.${randomUUID()}`);
  await symlink(fsPath(right), fsPath(made));
  await rename(fsPath(made), fsPath(link));
  return true;
}

/** The target a link must have from whose folder `up` leads to its dataset; null of a link to elsewhere. */
export function rightTarget(target: string, up: string): string | null {
  const stored = keyOfLink(target) === null ? undefined : STORED.exec(target)?.[1];
  return stored === undefined || target.startsWith('/') ? null : join(up, stored);
}
