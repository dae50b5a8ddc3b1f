import { join } from 'node:path';
import { type Failure, fail, FailureError } from '../../../protocol/failure';
import type { UndoSaveBy } from '../../../protocol/undo';
import { displayName } from '../../bytes';
import { readChanges } from '../../dataset/changes';
import { Repository } from '../../dataset/repository';
import { WorkTree } from '../../dataset/workTree';
import { exists } from '../../exists';
import { objectIds } from '../../git/objects';
import { splitZero } from '../../git/split';
import type { AbsolutePath } from '../../paths';
import { areRuns, changedByAny, madeCommits } from './madeCommits';
import { headOf, type ISaveTrace, movedRefs, readSaveRefs } from './saveTrace';

interface IOptions {
  readonly env: Record<string, string>;
  readonly signal: AbortSignal;
  /** A new commit is to take it back, also where nobody else has it. */
  readonly byRevert?: boolean;
}

/** How a save can be undone; fails with `not-undoable` or `changed-since`, saying why it cannot. Only reads. */
export async function undoableSave(traces: readonly ISaveTrace[] | undefined, options: IOptions): Promise<UndoSaveBy> {
  if (traces === undefined || traces.length === 0) {
    return refuse('It is not known any more what this save did.', 'Look for it in the history, and take it back there.');
  }
  const pushed: boolean[] = [];
  for (const trace of traces) {
    const workTree = await WorkTree.open(trace.dataset, options);
    await requireLast(workTree, trace);
    pushed.push(await isPushed(workTree, trace));
  }
  if (!pushed.includes(true) && options.byRevert !== true) {
    return 'reset';
  }
  const why = pushed.includes(true) ? 'It was pushed' : 'A new save is to take it back';
  // In all of them: the commit of a dataset that was pushed names those of its subdatasets.
  for (const trace of traces) {
    await requireRevertible(await WorkTree.open(trace.dataset, options), trace, { ...options, why });
  }
  return 'revert';
}

/** Nothing came after the save, and it was one commit, or all of them are recorded runs. */
async function requireLast(workTree: WorkTree, trace: ISaveTrace): Promise<void> {
  const what = workTree.unfinished();
  if (what !== null) {
    fail('merge-in-progress', `A ${what} is not finished.`, { hint: 'Finish it first.', parameters: { what } });
  }
  const now = await readSaveRefs(workTree, { all: true });
  const moved = movedRefs(trace);
  if (now.branch !== trace.after.branch || moved.some(({ ref, to }) => (now.commits.get(ref) ?? null) !== to)) {
    throw new FailureError(LATER);
  }
  const [before, after] = [headOf(trace.before), headOf(trace.after)];
  if (before === null || after === null) {
    refuse('This was the first save: there is nothing to go back to.', 'Change the files and save again.');
  }
  for (const { ref, from, to } of moved) {
    // Of an adjusted branch git-annex makes a commit beside the one of the branch it stands for.
    const many = ref.startsWith('refs/heads/adjusted/') ? 2 : 1;
    if (from !== null && to !== null && (await countBetween(workTree, from, to)) > many) {
      const isBranch = ref === (trace.after.branch ?? 'HEAD');
      if (!isBranch || !(await areRuns(workTree, await madeCommits(workTree, trace), from))) {
        refuse(
          'Another program, or the command itself, committed at the same time.',
          'Look at the history, and take back there what should go.'
        );
      }
    }
  }
}

async function countBetween({ git }: WorkTree, from: string, to: string): Promise<number> {
  return Number((await git.read(['rev-list', '--count', `${from}..${to}`, '--'])).toString());
}

/** Whether a branch of a sibling, as last heard of, has the save. */
async function isPushed({ git }: WorkTree, trace: ISaveTrace): Promise<boolean> {
  for (const { to } of movedRefs(trace)) {
    if (to !== null && (await git.read(['for-each-ref', '--count=1', `--contains=${to}`, 'refs/remotes'])).length > 0) {
      return true;
    }
  }
  return false;
}

async function requireRevertible(
  workTree: WorkTree,
  trace: ISaveTrace,
  { env, signal, why }: IOptions & { why: string }
): Promise<void> {
  if (await workTree.isAdjusted()) {
    refuse(`${why}, and this is an adjusted branch of git-annex.`, 'Go to the branch itself, and take it back there.');
  }
  const [before, after] = [headOf(trace.before) ?? '', headOf(trace.after) ?? ''];
  const commits = await madeCommits(workTree, trace);
  const parent = (await workTree.git.read(['rev-parse', '--verify', `${commits.at(-1) ?? after}^`])).toString().trim();
  if (parent !== before) {
    refuse(`${why}, and it replaced a save before it.`, 'Change the files, and save again.');
  }
  if ((await workTree.staged()).length > 0) {
    refuse(`${why}, and other changes are staged.`, 'Save or discard them first.');
  }
  if (await isSameTree(workTree, before, after)) {
    refuse('The files are as they were before.', 'There is nothing to take back.');
  }
  const touched = new Set(await changedByAny(workTree, commits));
  const changes = await readChanges(await Repository.open(workTree.folder as AbsolutePath, env), '', signal);
  const edited = [...changes.values()].filter(
    ({ path, folder }) => touched.has(path) || (folder === true && isAround(path, touched))
  );
  // Git would write over what it ignores.
  const inTheWay = (await goneBetween(workTree, before, after)).filter(path => exists(join(workTree.folder, path)));
  const names = new Set([...edited.map(({ path }) => path), ...inTheWay]);
  if (names.size > 0) {
    refuse(
      `${why}, and ${[...names].slice(0, 3).map(displayName).join(', ')} changed since.`,
      'Save or discard the changes first.'
    );
  }
}

async function isSameTree({ git }: WorkTree, one: string, other: string): Promise<boolean> {
  const [first, second] = await objectIds(git, [`${one}^{tree}`, `${other}^{tree}`]);
  return first !== null && first === second;
}

/** Names that are in the first commit, and not in the second. */
async function goneBetween({ git }: WorkTree, one: string, other: string): Promise<string[]> {
  return splitZero(await git.read(['diff-tree', '-r', '--diff-filter=D', '--no-renames', '--name-only', '-z', one, other]));
}

function isAround(folder: string, paths: ReadonlySet<string>): boolean {
  return [...paths].some(path => path.startsWith(`${folder}/`));
}

const LATER: Failure = {
  kind: 'changed-since',
  message: 'Something was saved after it, or another branch was switched to.',
  hint: 'Undo what came later first.'
};

function refuse(message: string, hint: string): never {
  return fail('not-undoable', message, { hint });
}
