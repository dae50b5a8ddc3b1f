import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Found, FoundGroup } from '../../../protocol/checkUp';
import { decodePath, displayName, fsPath } from '../../bytes';
import type { Repository } from '../repository';
import { groupOf } from './group';

/** What `datalad clean` clears, below `.git`. */
export const CLEARED = ['annex/tmp', 'annex/transfer', 'datalad/tmp/archives', 'datalad/search_index'] as const;
/** Files looked at; an unpacked archive may have more. */
const MOST = 100_000;

/** What broken transfers have left, by the folders and files that a clean removes. */
export async function leftovers({ folder }: Repository, signal: AbortSignal): Promise<FoundGroup[]> {
  const items: Found[] = [];
  const budget = { left: MOST };
  for (const place of CLEARED) {
    for (const name of await namesIn(join(folder.commonDir, place))) {
      const bytes = await bytesBelow(join(folder.commonDir, place, name), budget, signal);
      // Git-annex makes folders there for each transfer, and leaves them.
      if (bytes > 0) {
        items.push({ name: displayName(`.git/${place}/${name}`), bytes });
      }
    }
  }
  return groupOf('leftover', items);
}

async function bytesBelow(path: string, budget: { left: number }, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  const stats = await lstat(fsPath(path)).catch(() => null);
  budget.left -= 1;
  if (stats?.isDirectory() !== true || budget.left <= 0) {
    return stats?.isFile() === true ? stats.size : 0;
  }
  let sum = 0;
  for (const name of await namesIn(path)) {
    sum += await bytesBelow(join(path, name), budget, signal);
  }
  return sum;
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(fsPath(folder), { encoding: 'buffer' }).catch(() => [])).map(name => decodePath(name));
}
