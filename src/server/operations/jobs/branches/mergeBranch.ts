import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { ParsedJobInput } from '../../../../protocol/contract';
import { fail, FailureError } from '../../../../protocol/failure';
import { displayName, fsPath } from '../../../bytes';
import { parseConflicts } from '../../../dataset/branches/conflicts';
import { splitZero } from '../../../git/split';
import { unfinishedIn } from '../../../git/unfinished';
import type { ITask } from '../../../handlers';
import type { IJobContext } from '../context';
import { Ledger } from '../withoutDatalad/ledger';
import { handOn, mergeIntoAdjusted } from './adjusted';
import { fillPointers } from './fillPointers';
import { carefulGit, commitOf, type IPlace, openPlace, requireFinished } from './place';
import { linksOf, tellSubdatasets } from './subdatasets';

/** Merges into what is checked out; where files are in conflict, git leaves them in the folder to be settled. */
export async function mergeBranch(context: IJobContext, input: ParsedJobInput<'mergeBranch'>, task: ITask): Promise<void> {
  const { branch } = input;
  const place = await openPlace(context, input.dataset, task);
  await requireFinished(place);
  const theirs = await commitOf(place, `${branch}^{commit}`);
  if (theirs === null) {
    fail('not-found', `There is no branch ${displayName(branch)}.`, { parameters: { path: displayName(branch) } });
  }
  await handOn(place);
  const before = await linksOf(place);
  const ledger = new Ledger(context.boundary, task);
  const done = (status: 'ok' | 'notneeded'): void =>
    ledger.done({ action: 'merge', path: place.workTree.folder, type: 'dataset' }, status);
  const ours = place.adjusted === null ? 'HEAD' : `refs/heads/${place.adjusted.original}`;
  if ((await place.workTree.git.readOr([1], ['merge-base', '--is-ancestor', theirs, ours])) !== null) {
    done('notneeded');
    return;
  }
  await requireRoomFor(place, theirs);
  if (place.adjusted === null) {
    await merge(place, branch);
  } else {
    await mergeIntoAdjusted(place, branch);
  }
  done('ok');
  await tellSubdatasets(place, before, task);
}

async function merge(place: IPlace, branch: string): Promise<void> {
  const { workTree, signal } = place;
  try {
    await carefulGit(place, ['merge', '--no-edit', '--no-autostash', '--no-verify-signatures', branch]);
  } catch (error) {
    const conflicts = parseConflicts(await workTree.git.read(['ls-files', '-u', '-z'], { signal }));
    const [first] = conflicts;
    if (!(error instanceof FailureError) || first === undefined || unfinishedIn(workTree.gitDir)?.what !== 'merge') {
      throw error;
    }
    await fillPointers(place);
    fail('conflicts', `Both sides changed the same ${conflicts.length} files.`, {
      hint: 'Choose for each of them which side is right, then finish the merge; or give it up.',
      detail: error.failure.detail ?? '',
      parameters: { files: conflicts.length, path: displayName(first.path), branch: displayName(branch) }
    });
  }
}

/** Git merges over files that it was told to ignore: what would come to their places is looked for beforehand. */
async function requireRoomFor({ workTree, signal }: IPlace, theirs: string): Promise<void> {
  const base = await workTree.git.readOr([1], ['merge-base', 'HEAD', theirs], { signal });
  const tree = base?.toString().trim() ?? '';
  if (tree === '') {
    return;
  }
  const args = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', '--diff-filter=A', '--no-ext-diff', tree, theirs, '--'];
  const added = splitZero(await workTree.git.read(args, { signal }));
  const tracked = new Set(splitZero(await workTree.git.read(['ls-files', '-z'], { signal })));
  const taken = added.filter(
    path => !tracked.has(path) && lstatSync(fsPath(join(workTree.folder, path)), { throwIfNoEntry: false })?.isFile() === true
  );
  const [first] = taken;
  if (first !== undefined) {
    fail('in-the-way', 'Files that are not tracked are at the places of others.', {
      hint: 'Move them away, then try again.',
      detail: taken.slice(0, 100).map(displayName).join('\n'),
      parameters: { files: taken.length, path: displayName(first) }
    });
  }
}
