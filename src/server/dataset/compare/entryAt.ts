import { isUtf8 } from '../../bytes';
import { type IGitEntry, parseIndex, parseTree } from '../../git/entry';
import type { Repository } from '../repository';

/** What a tree has at a path, or null. Arguments must be valid UTF-8: below a name that is none the way goes by the ids of the folders. */
export async function entryAt(
  { git }: Repository,
  tree: string,
  { path, signal }: { path: string; signal?: AbortSignal }
): Promise<IGitEntry | null> {
  const list = async (args: readonly string[]): Promise<IGitEntry[]> =>
    parseTree(await git.read(['ls-tree', '-z', '--full-tree', ...args], { noIndex: true, signal }));
  if (isUtf8(path)) {
    return (await list([tree, '--', path])).find(entry => entry.path === path) ?? null;
  }
  let found: IGitEntry | undefined;
  for (const name of path.split('/')) {
    const folder: string = found?.oid ?? tree;
    found = (await list([folder])).find(entry => entry.path === name);
    if (found === undefined) {
      return null;
    }
  }
  return found ?? null;
}

/** What the index has at a path, of a path in conflict our side; null where it has nothing. */
export async function indexEntryAt(
  { git }: Repository,
  { path, signal }: { path: string; signal?: AbortSignal }
): Promise<IGitEntry | null> {
  const output = await git.read(['ls-files', '-s', '-z', '--', ...pathspec(path)], { signal });
  const entries = parseIndex(output).filter(entry => entry.path === path);
  return entries.find(({ stage }) => stage === 0 || stage === 2) ?? entries[0] ?? null;
}

/** Limits git to a path and what is below it, as far as it can be an argument; empty: everything. */
export function pathspec(path: string): string[] {
  const names = path.split('/');
  const foreign = names.findIndex(name => !isUtf8(name));
  const usable = (foreign < 0 ? names : names.slice(0, foreign)).join('/');
  return usable === '' ? [] : [usable];
}
