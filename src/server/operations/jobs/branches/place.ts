import type { CommitId } from '../../../../protocol/revision';
import { fail, type Failure, FailureError } from '../../../../protocol/failure';
import type { ContentsPath } from '../../../../protocol/paths';
import { type IAdjustedBranch, parseAdjusted } from '../../../annex/adjustment';
import { displayName } from '../../../bytes';
import { WorkTree } from '../../../dataset/workTree';
import { unfinishedIn } from '../../../git/unfinished';
import type { ITask } from '../../../handlers';
import { type IJobContext, requireDataset } from '../context';
import { git, type ITools } from '../withoutDatalad/tools';

/** A dataset whose branches are worked on. */
export interface IPlace extends ITools {
  readonly context: IJobContext;
  /** Without `refs/heads/`; null where no branch is checked out. */
  readonly current: string | null;
  /** Where git-annex made the branch that is checked out of another one. */
  readonly adjusted: IAdjustedBranch | null;
}

/** Opens a dataset for a job. */
export async function openPlace(context: IJobContext, dataset: ContentsPath, task: ITask): Promise<IPlace> {
  const folder = context.boundary.resolve(dataset);
  requireDataset(folder);
  const { env } = context;
  const workTree = await WorkTree.open(folder, { env, signal: task.signal });
  const ref = await workTree.git.say(['symbolic-ref', '--quiet', 'HEAD']);
  const current = ref === '' ? null : ref.replace(/^refs\/heads\//u, '');
  return { context, workTree, env, signal: task.signal, current, adjusted: parseAdjusted(current ?? '') };
}

/** Fails with `merge-in-progress` while git is in the middle of something, which would go on in another place. */
export async function requireFinished({ workTree }: IPlace): Promise<void> {
  const what = unfinishedIn(workTree.gitDir)?.what ?? ((await workTree.hasConflicts()) ? 'conflict' : null);
  if (what !== null) {
    fail('merge-in-progress', `A ${what} is not finished.`, {
      hint: 'Finish it, or give it up, under Branches.',
      parameters: { what }
    });
  }
}

/** What a ref stands at; null where there is none. */
export async function commitOf({ workTree }: Pick<IPlace, 'workTree'>, ref: string): Promise<CommitId | null> {
  const args = ['rev-parse', '--quiet', '--verify', '--end-of-options', ref];
  const output = await workTree.git.readOr([1, 128], args);
  const id = output?.toString().trim().split('\n').at(-1);
  return id === undefined || id === '' ? null : (id as CommitId);
}

/** Fails with `bad-name` where git takes no such name, with `name-taken` where there is one. */
export async function requireFree(place: IPlace, folder: 'heads' | 'tags', name: string): Promise<void> {
  const ref = `refs/${folder}/${name}`;
  const valid = await place.workTree.git.readOr([1], ['check-ref-format', ref]);
  const kept = folder === 'heads' && /^(?:git-annex|HEAD|(?:adjusted|synced)\/.*)$/u.test(name);
  if (valid === null || name.startsWith('-') || kept) {
    fail('bad-name', kept ? 'This name is kept for git-annex.' : 'Git takes no such name.', {
      hint: 'Letters, digits, “-”, “_” and “/” are fine; spaces are not.',
      parameters: { path: displayName(name) }
    });
  }
  if ((await commitOf(place, ref)) !== null) {
    fail('name-taken', `There is ${folder === 'heads' ? 'a branch' : 'a tag'} ${displayName(name)} already.`, {
      hint: 'Choose another name.',
      parameters: { path: displayName(name) }
    });
  }
}

/** Git's words on files in the way, by what stands before their names. */
const IN_THE_WAY: readonly (readonly [RegExp, Failure['kind'], string])[] = [
  [/local changes to the following files would be overwritten by [^\n]*:\n/u, 'unsaved-changes', 'would be overwritten'],
  [/untracked working tree files would be (?:overwritten|removed) by [^\n]*:\n/u, 'in-the-way', 'would be overwritten'],
  [/following directories would lose untracked files in them:\n/u, 'in-the-way', 'hold files of yours']
];

/** Runs git; where it refuses so that nothing is written over, the failure names the files. */
export async function carefulGit(tools: ITools, args: readonly string[]): Promise<void> {
  try {
    await git(tools, args);
  } catch (error) {
    throw error instanceof FailureError ? new FailureError(refusalOf(error.failure)) : error;
  }
}

/** What a refusal of git is about: it prints the names, each behind a tab. */
export function refusalOf(failure: Failure): Failure {
  const { detail = '' } = failure;
  for (const [pattern, kind, words] of IN_THE_WAY) {
    const found = pattern.exec(detail);
    if (found !== null) {
      const rest = detail.slice(found.index + found[0].length).split('\n');
      const end = rest.findIndex(line => !line.startsWith('\t'));
      const names = rest.slice(0, end === -1 ? rest.length : end).map(line => displayName(line.slice(1)));
      return {
        kind,
        message: `Some files ${words}, so git did nothing.`,
        hint: kind === 'unsaved-changes' ? 'Save them first.' : 'Move them away, then try again.',
        detail,
        parameters: { files: names.length, path: names[0] ?? '' }
      };
    }
  }
  return failure;
}
