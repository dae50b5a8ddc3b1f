import { join } from 'node:path';
import { displayName } from '../../../bytes';
import { exists } from '../../../exists';
import { GITLINK, type IGitEntry, parseIndex } from '../../../git/entry';
import { readHeadFile } from '../../../git/refFile';
import { findRepositoryFolder } from '../../../git/repositoryFolder';
import type { ITask } from '../../../handlers';
import { mapLimited } from '../../../mapLimited';
import type { IPlace } from './place';

/** Names told in a notice. */
const NAMED = 100;

/** The subdatasets that the index names. */
export async function linksOf({ workTree, signal }: IPlace): Promise<IGitEntry[]> {
  if (!exists(join(workTree.folder, '.gitmodules')) && !exists(join(workTree.gitDir, 'modules'))) {
    return [];
  }
  return parseIndex(await workTree.git.read(['ls-files', '-s', '-z'], { signal })).filter(({ mode }) => mode === GITLINK);
}

/**
 * Git leaves subdatasets alone when another branch is checked out: tells those that stand at another commit than this branch names, and
 * those that it has no place for, which stay in the folder.
 */
export async function tellSubdatasets(place: IPlace, before: readonly IGitEntry[], task: ITask): Promise<void> {
  const after = await linksOf(place);
  const { folder } = place.workTree;
  const differing = await mapLimited(after, 8, async ({ path, oid }) => {
    const found = await findRepositoryFolder(join(folder, path));
    const head = found === null ? null : await readHeadFile(found);
    return head !== null && head.commit !== oid ? [displayName(path)] : [];
  });
  const named = new Set(after.map(({ path }) => path));
  const left = before
    .filter(({ path }) => !named.has(path) && exists(join(folder, path, '.git')))
    .map(({ path }) => displayName(path));
  const other = differing.flat();
  const [first] = [...other, ...left];
  if (first !== undefined) {
    task.notice({
      kind: 'subdatasets-differ',
      message: 'Subdatasets in the folder are not as this branch has them.',
      hint: 'Nothing of them was touched.',
      detail: [...other, ...left].slice(0, NAMED).join('\n'),
      parameters: { differing: other.length, left: left.length, path: first }
    });
  }
}
