import { RUN_BEGINS, RUN_SUBJECT } from '../../../protocol/run';
import type { WorkTree } from '../../dataset/workTree';
import { headOf, type ISaveTrace } from './saveTrace';

/** More commits of one job are not taken back at once: each is shown. */
const MOST = 1_000;

/** The commits that a job made on the branch of a dataset, the newest first; of an adjusted branch the last alone, as git-annex makes one beside it. */
export async function madeCommits(workTree: WorkTree, { before, after }: ISaveTrace): Promise<string[]> {
  const [from, to] = [headOf(before), headOf(after) ?? ''];
  return from === null || (await workTree.isAdjusted()) ? [to] : await workTree.commitsSince(from);
}

/**
 * Whether all of several commits are recorded runs, one upon the other: then a run or a rerun made them. Of any other nobody knows whether
 * it was not another program, which committed at the same time.
 */
export async function areRuns(workTree: WorkTree, commits: readonly string[], before: string): Promise<boolean> {
  const [last = ''] = commits;
  const line = await workTree.git.read(['rev-list', '--first-parent', `${before}..${last}`, '--']);
  if (commits.length > MOST || line.toString().trim() !== commits.join('\n')) {
    return false;
  }
  for (const commit of commits) {
    const message = await workTree.messageOf(commit);
    if (!message.startsWith(RUN_SUBJECT) || !message.includes(`\n${RUN_BEGINS}\n`)) {
      return false;
    }
  }
  return true;
}

/** Names that any of the commits changed. */
export async function changedByAny(workTree: WorkTree, commits: readonly string[]): Promise<string[]> {
  const names = new Set<string>();
  for (const commit of commits) {
    (await workTree.changedBy(commit)).forEach(name => names.add(name));
  }
  return [...names];
}

/** The first line of a commit's message. */
export async function subjectOf(workTree: WorkTree, commit: string): Promise<string> {
  return (await workTree.messageOf(commit)).split('\n', 1)[0] ?? '';
}
