import { isUtf8 } from '../bytes';
import { GITLINK, type IGitEntry, parseTree, TREE } from '../git/entry';
import type { Repository } from './repository';

/** What HEAD has directly in one folder, by name; empty when HEAD has no such folder or there is no commit yet. */
export async function readTree(repository: Repository, folder: string, signal?: AbortSignal): Promise<Map<string, IGitEntry>> {
  const names = folder === '' ? [] : folder.split('/');
  const plain = names.findIndex(name => !isUtf8(name));
  const start = plain < 0 ? names : names.slice(0, plain);
  let entries = await list(repository, ['HEAD', '--', ...(start.length > 0 ? [`${start.join('/')}/`] : [])], signal);
  // Arguments must be valid UTF-8: the rest of the way goes by the ids of the folders.
  for (const name of names.slice(start.length)) {
    const next = entries.find(entry => entry.mode === TREE && lastName(entry.path) === name);
    entries = next === undefined ? [] : await list(repository, [next.oid], signal);
  }
  return new Map(entries.map(entry => [lastName(entry.path), entry]));
}

async function list(repository: Repository, args: readonly string[], signal?: AbortSignal): Promise<IGitEntry[]> {
  // 128: no commit yet; whether it is more is found by the reads of changes that go with this one.
  const output = await repository.git.readOr([128], ['ls-tree', '-z', ...args], { signal });
  return output === null ? [] : parseTree(output);
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether an entry is a registered subdataset. */
export function isGitlink(entry: { mode: string } | undefined): boolean {
  return entry?.mode === GITLINK;
}
