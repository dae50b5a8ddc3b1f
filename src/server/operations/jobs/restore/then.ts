import { fail } from '../../../../protocol/failure';
import type { CommitId } from '../../../../protocol/revision';
import { GITLINK, type IGitEntry, parseTree } from '../../../git/entry';
import type { GitReader } from '../../../git/reader';
import { argumentPlaces, isAmong } from '../indexEntries';

/** The files of a commit at or below names; fails with `not-found` where the commit has none. Subdatasets are left out. */
export async function filesThen(
  git: GitReader,
  { commit, names }: { commit: CommitId; names: readonly string[] },
  signal: AbortSignal
): Promise<IGitEntry[]> {
  const entries = await treeAt(git, { commit, names }, signal);
  if (entries === null) {
    return fail('not-found', 'This commit is not in this dataset.', { parameters: { path: commit } });
  }
  const files = entries.filter(({ mode }) => mode !== GITLINK);
  if (files.length > 0) {
    return files;
  }
  return entries.length > 0
    ? fail('bad-request', 'A subdataset has a history of its own: open it, and restore its files there.')
    : fail('not-found', 'This was not there in that commit.', { hint: 'Choose another commit.' });
}

/** What a commit has at or below names, relative to the top; null where there is no such commit. */
export async function treeAt(
  git: GitReader,
  { commit, names }: { commit: string; names: readonly string[] },
  signal: AbortSignal
): Promise<IGitEntry[] | null> {
  const wanted = new Set(names);
  const places = argumentPlaces(names);
  const output = await git.readOr([128], ['ls-tree', '-r', '-z', '--full-tree', commit, ...places], { signal, noIndex: true });
  return output === null ? null : parseTree(output).filter(({ path }) => isAmong(path, wanted));
}
