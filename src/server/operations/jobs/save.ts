import { relative } from 'node:path';
import type { ParsedJobInput } from '../../../protocol/contract';
import { type Failure, FailureError, fail } from '../../../protocol/failure';
import { displayName } from '../../bytes';
import { execute, type IOutcome, judge } from '../../datalad/execute';
import type { ITask } from '../../handlers';
import { saveByGit } from './withoutDatalad/save';
import { isBeyondDatalad, type ISaveOne, saveTree } from './withoutDatalad/saveTree';
import { type IJobContext, requireDataset, resolvePaths } from './context';
import { inspectSave, type ISaveTrace } from './mixedCommit';
import { publishedAt } from '../../dataset/messages';
import { WorkTree } from '../../dataset/workTree';
import { together } from '../../together';

const NOTHING: Failure = {
  kind: 'nothing-saved',
  message: 'Nothing was saved: there is no change here.'
};

/**
 * Saves changes as one commit. It fails with `nothing-saved` when no commit was made; changes that stay behind in subdatasets and
 * commits of other programs in between are told as notices.
 */
export async function save(context: IJobContext, input: ParsedJobInput<'save'>, task: ITask): Promise<void> {
  const { boundary, env } = context;
  const dataset = boundary.resolve(input.dataset);
  const paths = input.paths === undefined ? null : resolvePaths(boundary, input.paths, dataset);
  requireDataset(dataset);
  const workTree = await WorkTree.open(dataset, { env, signal: task.signal });
  const beyond = isBeyondDatalad(workTree, { recursive: input.recursive === true, env, signal: task.signal });
  const state = lookBefore(workTree, input);
  // A merge is told of before whatever else may be wrong.
  await together([state, beyond]);
  if (await beyond) {
    await saveTree(context, { workTree, paths, input, saveOne }, task);
  } else {
    await saveByWay(context, { workTree, paths, input, lost: false }, await state, task);
  }
}

/** Saves in one dataset. */
async function saveOne(context: IJobContext, one: ISaveOne, task: ITask): Promise<void> {
  await saveByWay(context, one, await lookBefore(one.workTree, one.input), task);
}

/** How a dataset stands before a save; fails where it cannot be saved. */
async function lookBefore(workTree: WorkTree, input: ParsedJobInput<'save'>): Promise<Pick<ISaveTrace, 'before' | 'staged'>> {
  const [head, staged] = [workTree.head(), workTree.staged()];
  await together([
    refuseUnfinished(workTree),
    refuseTag(workTree, input.versionTag),
    ...(input.amend === true ? [refuseAmend(workTree)] : []),
    head,
    staged
  ]);
  return { before: await head, staged: await staged };
}

/** Saves in one dataset; with DataLad also in those below when `input` says so. */
async function saveByWay(
  context: IJobContext,
  { workTree, paths, input, lost }: ISaveOne,
  { before, staged }: Pick<ISaveTrace, 'before' | 'staged'>,
  task: ITask
): Promise<void> {
  const { outcome, saved } = await (lost ? saveByGit : saveByDatalad)(context, { workTree, paths, input }, task);
  const trace = { before, staged, saved, message: input.message };
  try {
    judge(outcome, NOTHING);
  } catch (error) {
    task.notice(await damageAfter(error, { workTree, input, trace }));
    return;
  }
  const left = input.recursive === true ? [] : await workTree.dirtySubdatasets(paths ?? []);
  const committed = outcome.counts.has('save ok');
  const { own, mixing } = input.amend === true ? { own: committed, mixing: null } : await inspectSave(workTree, trace);
  if (!own && !(committed && mixing === null)) {
    throw new FailureError(mixing ?? nothingSaved(left));
  }
  const notice = mixing ?? (left.length > 0 ? leftBehind(left) : null);
  if (notice !== null) {
    task.notice(notice);
  }
}

/**
 * The damage that stopped a save after its commit, of which git sums up what it changed: it reads files that were deleted, too. Throws
 * where there is no such commit, or something would have followed it.
 */
async function damageAfter(
  error: unknown,
  { workTree, input, trace }: { workTree: WorkTree; input: ParsedJobInput<'save'>; trace: ISaveTrace }
): Promise<Failure> {
  const isLast = input.recursive !== true && input.versionTag === undefined && input.amend !== true;
  const isDamage = error instanceof FailureError && error.failure.kind === 'damaged-repository';
  if (isDamage && isLast && (await inspectSave(workTree, trace)).own) {
    return error.failure;
  }
  throw error;
}

async function saveByDatalad(
  context: IJobContext,
  { workTree, paths, input }: Omit<ISaveOne, 'lost'>,
  task: ITask
): Promise<{ outcome: IOutcome; saved: Set<string> }> {
  const dataset = workTree.folder;
  const saved = new Set<string>();
  const call = { command: 'save', dataset, arguments: argumentsOf(input, paths) };
  const outcome = await execute(context, call, task, ({ path }) => saved.add(relative(dataset, path)));
  return { outcome, saved };
}

function argumentsOf(input: ParsedJobInput<'save'>, paths: readonly string[] | null): Record<string, unknown> {
  return {
    message: input.message,
    recursive: input.recursive === true,
    amend: input.amend === true,
    // One dataset after the other, in DataLad's own thread: beside threads it looks only ten times a second whether they are done.
    jobs: 0,
    ...(paths === null ? {} : { path: paths }),
    ...(input.toGit === true ? { to_git: true } : {}),
    ...(input.versionTag === undefined ? {} : { version_tag: input.versionTag })
  };
}

function nothingSaved(left: readonly string[]): Failure {
  return left.length === 0 ? NOTHING : { ...leftBehind(left), message: 'Nothing was saved: the changes are inside subdatasets.' };
}

function leftBehind(left: readonly string[]): Failure {
  return {
    kind: 'nothing-saved',
    message: `Changes inside subdatasets were not saved: ${left.slice(0, 3).map(displayName).join(', ')}${left.length > 3 ? ', …' : ''}.`,
    hint: 'Save with "recursive", or save in the subdataset.',
    parameters: { subdatasets: left.length }
  };
}

/** DataLad stages the files, fails to commit, and the merge can then no longer be aborted. */
export async function refuseUnfinished(workTree: WorkTree): Promise<void> {
  const what = workTree.unfinished();
  if (what !== null) {
    fail('merge-in-progress', `A ${what} is not finished.`, {
      hint: `Finish it with git, or abort it with "git ${what} --abort", then save.`,
      parameters: { what }
    });
  }
  if (await workTree.hasConflicts()) {
    fail('merge-in-progress', 'Files are in conflict.', {
      hint: 'Edit them, tell git with "git add" that they are solved, then save.',
      parameters: { what: 'conflict' }
    });
  }
}

/** Another commit in place of one that others have would part the two histories: a push is refused from then on. */
async function refuseAmend(workTree: WorkTree): Promise<void> {
  const head = await workTree.head();
  const siblings = head === null ? [] : await publishedAt(workTree, head);
  if (siblings.length > 0) {
    fail('published', `The last save is at ${siblings.join(', ')} already, so it must not be replaced.`, {
      hint: 'Make a new save instead.',
      parameters: { siblings: siblings.join(', ') }
    });
  }
}

/** DataLad looks at the tag only after it has committed. */
async function refuseTag(workTree: WorkTree, tag: string | undefined): Promise<void> {
  const state = tag === undefined ? 'free' : await workTree.tag(tag);
  if (state !== 'free') {
    const why = state === 'taken' ? 'There is a version of this name already.' : 'This is no valid name for a version.';
    fail('bad-request', why, { parameters: { tag: tag ?? '' } });
  }
}
