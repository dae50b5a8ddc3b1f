import { join } from 'node:path';
import { exists } from '../exists';
import { parseEntries } from '../git/config';
import type { GitReader } from '../git/reader';

/** DataLad's file of settings that travel with a dataset. */
export const BRANCH_CONFIG = '.datalad/config';

/** All settings that travel with a dataset, in the order of the file; empty where there is none. Fails where it cannot be read. */
export async function readBranchConfig(
  root: string,
  git: GitReader,
  signal?: AbortSignal
): Promise<(readonly [key: string, value: string])[]> {
  if (!exists(join(root, BRANCH_CONFIG))) {
    return [];
  }
  return parseEntries(await git.read(['config', '--no-includes', '-z', '--file', BRANCH_CONFIG, '--list'], { signal }));
}
