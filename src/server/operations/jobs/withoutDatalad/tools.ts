import { FailureError } from '../../../../protocol/failure';
import { failureOf } from '../../../datalad/failures';
import { type IRunResult, run } from '../../../process/run';
import { encodePath } from '../../../bytes';
import type { WorkTree } from '../../../dataset/workTree';

/** What it takes to change a repository with git and git-annex. */
export interface ITools {
  readonly workTree: WorkTree;
  readonly env: Record<string, string>;
  readonly signal: AbortSignal;
}

/** Milliseconds: git hashes what is added to it. */
const TIMEOUT = 30 * 60_000;

/** Runs a git command that writes, with the dataset's own hooks and filters, as DataLad does; a failing one is a failure. */
export async function git(
  { workTree, env, signal }: ITools,
  args: readonly string[],
  options: { input?: string | Uint8Array; env?: Record<string, string> } = {}
): Promise<IRunResult> {
  const result = await run('git', args, {
    cwd: workTree.folder,
    env: { ...env, GIT_LITERAL_PATHSPECS: '1', ...options.env },
    signal,
    timeout: TIMEOUT,
    ...(options.input === undefined ? {} : { input: options.input })
  });
  if (result.code !== 0) {
    throw new FailureError(failureOf(`${result.stderr}\n${result.stdout.toString()}`));
  }
  return result;
}

/** Names as git and git-annex read them from standard input with `-z`. */
export function zeroEnded(names: Iterable<string>): Buffer {
  return encodePath([...names].map(name => `${name}\0`).join(''));
}
