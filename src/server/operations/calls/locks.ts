import type { ParsedCallInput } from '../../../protocol/contract';
import type { Lock } from '../../../protocol/lock';
import { fail } from '../../../protocol/failure';
import { findRepositoryFolder } from '../../git/repositoryFolder';
import { WorkTree } from '../../dataset/workTree';
import type { AbsolutePath, PathBoundary } from '../../paths';
import { findLocks } from '../../locks/locks';

/** Subdatasets that are looked at. */
const MAX_DATASETS = 500;

interface IOptions {
  boundary: PathBoundary;
  env: Record<string, string>;
  signal: AbortSignal;
}

/** The locks of a dataset and, where asked for, of the subdatasets below it. */
export async function readLocks({ dataset, recursive }: ParsedCallInput<'locks'>, options: IOptions): Promise<Lock[]> {
  const { boundary } = options;
  const locks: Lock[] = [];
  const waiting: AbsolutePath[] = [boundary.resolve(dataset)];
  for (let seen = 0; seen < MAX_DATASETS; seen++) {
    const root = waiting.shift();
    const folder = root === undefined ? null : await findRepositoryFolder(root);
    if (root === undefined) {
      break;
    }
    if (folder === null) {
      fail('not-a-dataset', 'There is no dataset at this place.');
    }
    const found = await findLocks({ root, folder, dataset: boundary.toContents(root) });
    locks.push(...found.map(({ lock }) => lock));
    if (recursive === true) {
      waiting.push(...(await subdatasets(root, options)));
    }
  }
  return locks;
}

async function subdatasets(root: AbsolutePath, { boundary, env, signal }: IOptions): Promise<AbsolutePath[]> {
  const folders = await (await WorkTree.open(root, { env, signal })).subdatasets();
  return folders.filter((folder): folder is AbsolutePath => boundary.contains(folder));
}
