import { FailureError } from '../../../protocol/failure';
import type { CommitId } from '../../../protocol/revision';
import { GITLINK } from '../../git/entry';
import type { GitReader } from '../../git/reader';
import { splitZero } from '../../git/split';

/** Bytes of names: commits with more files than that are not looked through for a mere mark. */
const MAX_OUTPUT = 16 * 1024 * 1024;

/** Those of some commits that added, moved, removed or updated a subdataset; in a merge against its first parent. */
export async function subdatasetCommits(git: GitReader, commits: readonly CommitId[], signal: AbortSignal): Promise<CommitId[]> {
  const args = ['diff-tree', '--stdin', '-r', '--root', '-m', '--first-parent', '--raw', '-z', '--no-renames', '--no-ext-diff'];
  try {
    const input = `${commits.join('\n')}\n`;
    const output = await git.read([...args, '--ignore-submodules=none', '--diff-merges=first-parent'], {
      signal,
      input,
      noIndex: true,
      maxOutput: MAX_OUTPUT
    });
    return parseSubdatasetCommits(output);
  } catch (error) {
    // Marks are no reason to fail: trees may be missing, or there is too much to look through.
    if (error instanceof FailureError && error.failure.kind !== 'cancelled') {
      return [];
    }
    throw error;
  }
}

const COMMIT = /^([0-9a-f]{40,64})$/u;
const CHANGE = /^:(\d{6}) (\d{6}) /u;

/** Reads `git diff-tree --stdin --raw -z`: the id of a commit, then its changes, each followed by a path. */
export function parseSubdatasetCommits(output: Uint8Array): CommitId[] {
  const fields = splitZero(output);
  const found = new Set<CommitId>();
  let commit: CommitId | undefined;
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at] ?? '';
    const [, before, after] = CHANGE.exec(field) ?? [];
    if (before !== undefined) {
      // The path behind it may look like anything.
      at++;
      if (commit !== undefined && (before === GITLINK || after === GITLINK)) {
        found.add(commit);
      }
    } else {
      commit = COMMIT.exec(field.trim())?.[1] as CommitId | undefined;
    }
  }
  return [...found];
}
