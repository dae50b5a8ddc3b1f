import { lstat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail } from '../../../../protocol/failure';
import { fsPath } from '../../../bytes';
import type { WorkTree } from '../../../dataset/workTree';
import type { AbsolutePath, PathBoundary } from '../../../paths';
import { datasetAround } from '../datasetAround';
import { standingOf } from '../restore/losses';
import { treeAt } from '../restore/then';

/** DataLad's downloader writes here first, through a link and over what is there, and removes it. */
const HALF = '.datalad-download-temp';
/** What says how a dataset works, at its root. */
const OWN = ['.gitmodules', '.gitattributes', '.datalad', '.git'];

interface IPlace {
  readonly workTree: WorkTree;
  readonly boundary: PathBoundary;
  readonly overwrite: boolean;
  readonly signal: AbortSignal;
}

/**
 * Refuses a place in a dataset that a download must not be written to: outside of it or in its repository, where something is, or, where
 * that may be written over, where it is a folder or in no commit.
 */
export async function requirePlace(file: AbsolutePath, { workTree, boundary, overwrite, signal }: IPlace): Promise<void> {
  const { folder } = workTree;
  const path = boundary.toContents(file);
  if (file === folder || datasetAround(dirname(file)) !== folder) {
    fail('outside-root', 'This place is not in the dataset, or in a subdataset of it.', { parameters: { path } });
  }
  const name = file.slice(folder.length + 1);
  if (isOwn(name)) {
    fail('bad-request', 'A download cannot replace what says how the dataset works.', { parameters: { path } });
  }
  await requireFolders(file, { workTree, boundary });
  const half = `${file}${HALF}` as AbsolutePath;
  const there = await statsOf(file);
  const isTaken = there !== null && (!overwrite || there.isDirectory());
  const taken = (await statsOf(half)) !== null ? half : isTaken ? file : null;
  if (taken !== null) {
    fail('in-the-way', 'There is something at this place already.', {
      hint: 'Choose another name.',
      parameters: { path: boundary.toContents(taken), why: 'taken' }
    });
  }
  if (there !== null) {
    await requireSaved(name, { workTree, path, signal });
  }
}

/** Whether a file, named relative to its dataset, says how that works, or lies in its repository. */
export function isOwn(name: string): boolean {
  const names = name.split('/');
  return OWN.includes(names[0] ?? '') || names.some(part => part.toLowerCase() === '.git');
}

/** DataLad makes the folders on the way; a link among them could lead anywhere else. */
async function requireFolders(file: AbsolutePath, { workTree, boundary }: Pick<IPlace, 'workTree' | 'boundary'>): Promise<void> {
  for (let folder = dirname(file); folder !== workTree.folder; folder = dirname(folder)) {
    const stats = await statsOf(folder);
    if (stats !== null && !stats.isDirectory()) {
      fail('in-the-way', 'There is a file or a link where a folder is needed.', {
        hint: 'Choose another folder.',
        parameters: { path: boundary.toContents(folder as AbsolutePath), why: 'taken' }
      });
    }
  }
}

/** Only what a commit has may be written over. */
async function requireSaved(
  name: string,
  { workTree, path, signal }: Pick<IPlace, 'workTree' | 'signal'> & { path: string }
): Promise<void> {
  const commit = await workTree.head();
  const then = commit === null ? [] : ((await treeAt(workTree.git, { commit, names: [name] }, signal)) ?? []);
  const { unsaved } = await standingOf(workTree, { then, names: [name], signal });
  if (then.length === 0 || unsaved.length > 0) {
    fail('unsaved-changes', 'What is at this place is in no commit, so it would be lost.', {
      hint: 'Save it first, or choose another name.',
      parameters: { path }
    });
  }
}

async function statsOf(path: string): Promise<Awaited<ReturnType<typeof lstat>> | null> {
  return lstat(fsPath(path)).catch(() => null);
}
