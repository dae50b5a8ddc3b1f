import { join } from 'node:path';
import { decodePath, encodePath } from '../../../bytes';
import { exists } from '../../../exists';
import { parseIndex } from '../../../git/entry';
import { git, type ITools, zeroEnded } from '../withoutDatalad/tools';

/**
 * Brings content into unlocked files that were written as pointers. After a checkout or a merge git-annex's hook does; git calls no hook
 * where a merge stops in conflicts or is given up. While files are in conflict git-annex cannot tell git that such files are as they
 * should be, and does not do so later: git would call them modified, and refuse to go on.
 */
export async function fillPointers(tools: ITools): Promise<void> {
  if (exists(join(tools.workTree.commonDir, 'annex'))) {
    await git(tools, ['annex', 'smudge', '--update']);
    const { same } = await seeminglyModified(tools);
    if (same.length > 0) {
      await git(tools, ['update-index', '-z', '--stdin'], { input: zeroEnded(same) });
    }
  }
}

/** Tracked files in no conflict that git calls modified: those that hold just what the index has, and those that were edited. */
export async function seeminglyModified(tools: ITools): Promise<{ same: string[]; edited: string[] }> {
  const { workTree, signal } = tools;
  const args = ['status', '--porcelain', '-z', '--untracked-files=no', '--ignore-submodules=all', '--no-renames'];
  const listed = decodePath((await git(tools, args)).stdout)
    .split('\0')
    .filter(line => /^[^U][MTD]/u.test(line) && !/^(?:DD|AA)/u.test(line))
    .map(line => line.slice(3));
  // A name with a line break cannot be handed over.
  const asked = listed.filter(path => !path.includes('\n') && exists(join(workTree.folder, path)));
  if (asked.length === 0) {
    return { same: [], edited: listed };
  }
  const entries = parseIndex(await workTree.git.read(['ls-files', '-s', '-z'], { signal }));
  const index = new Map(entries.map(({ path, oid }) => [path, oid]));
  const input = encodePath(asked.map(path => `${path}\n`).join(''));
  const hashed = (await git(tools, ['hash-object', '--stdin-paths'], { input })).stdout.toString().split('\n');
  const same = asked.filter((path, at) => index.get(path) === hashed[at]);
  const known = new Set(same);
  return { same, edited: listed.filter(path => !known.has(path)) };
}
