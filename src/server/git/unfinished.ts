import { join } from 'node:path';
import type { Unfinished } from '../../protocol/branches';
import { exists } from '../exists';

/** Files and folders in the git folder that exist while something is unfinished; a rebase leaves some of the others, too. */
const SIGNS = [
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['BISECT_LOG', 'bisect']
] as const;

/** What git is in the middle of, and the file that says so. */
export function unfinishedIn(gitDir: string): { what: Unfinished; sign: string } | null {
  const [name, what] = SIGNS.find(([sign]) => exists(join(gitDir, sign))) ?? [];
  return name === undefined || what === undefined ? null : { what, sign: join(gitDir, name) };
}
