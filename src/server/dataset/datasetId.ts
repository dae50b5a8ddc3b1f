import { decodePath } from '../bytes';
import type { GitReader } from '../git/reader';

/** DataLad's id of a dataset, from the file in the work tree; null in plain git repositories. */
export async function readDatasetId(git: GitReader, signal?: AbortSignal): Promise<string | null> {
  const args = ['config', '--no-includes', '--file', '.datalad/config', '--get', 'datalad.dataset.id'];
  // 1: no such key or file; 3: the file is broken, as in the middle of a merge; 255: it cannot be read.
  const output = await git.readOr([1, 3, 128, 255], args, { signal });
  return output === null ? null : decodePath(output).trimEnd();
}
