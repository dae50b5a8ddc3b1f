import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ParsedJobInput } from '../../../../protocol/contract';
import { fail } from '../../../../protocol/failure';
import { displayName, encodePath, fsPath } from '../../../bytes';
import { type IConflictStages, isEdited, isMarked, leftAt, parseConflicts } from '../../../dataset/branches/conflicts';
import { GITLINK, type IGitEntry } from '../../../git/entry';
import type { ITask } from '../../../handlers';
import { type IJobContext, resolvePaths } from '../context';
import { Ledger } from '../withoutDatalad/ledger';
import { git, zeroEnded } from '../withoutDatalad/tools';
import { fillPointers } from './fillPointers';
import { type IPlace, openPlace } from './place';

/** Settles files that are in conflict: one side's version comes into the folder and the index, or what is in the folder is taken. */
export async function resolve(context: IJobContext, input: ParsedJobInput<'resolve'>, task: ITask): Promise<void> {
  const { take } = input;
  const place = await openPlace(context, input.dataset, task);
  const { workTree, signal } = place;
  const names = resolvePaths(context.boundary, input.paths, context.boundary.resolve(input.dataset)).map(path =>
    path.slice(workTree.folder.length + 1)
  );
  const known = new Map(
    parseConflicts(await workTree.git.read(['ls-files', '-u', '-z'], { signal })).map(conflict => [conflict.path, conflict])
  );
  const conflicts = names.map(name => known.get(name) ?? refuse('not-found', name, 'is in no conflict'));
  if (take === 'now') {
    await takeNow(place, conflicts);
  } else {
    await requireUnedited(place, conflicts, input.overwrite === true);
    await takeSide(
      place,
      conflicts.map(({ path, ...sides }) => ({ path, entry: sides[take] }))
    );
  }
  const ledger = new Ledger(context.boundary, task);
  conflicts.forEach(({ path }) => ledger.done({ action: 'resolve', path: join(workTree.folder, path), type: 'file' }));
}

async function takeNow(place: IPlace, conflicts: readonly IConflictStages[]): Promise<void> {
  for (const { path } of conflicts) {
    if (await isMarked(join(place.workTree.folder, path))) {
      refuse('bad-request', path, 'has Git’s marks in it still');
    }
  }
  await git(place, ['add', '--all', '--pathspec-from-file=-', '--pathspec-file-nul'], {
    input: zeroEnded(conflicts.map(({ path }) => path))
  });
}

/** By plumbing, which takes any name; a version that is none means that the file goes. */
async function takeSide(place: IPlace, files: readonly { path: string; entry: IGitEntry | null }[]): Promise<void> {
  const { folder } = place.workTree;
  const nothing = '0'.repeat(files.find(({ entry }) => entry !== null)?.entry?.oid.length ?? 40);
  const lines = files.flatMap(({ path, entry }) => [
    `0 ${nothing} 0\t${path}\0`,
    ...(entry === null ? [] : [`${entry.mode} ${entry.oid} 0\t${path}\0`])
  ]);
  await git(place, ['update-index', '-z', '--index-info'], { input: encodePath(lines.join('')) });
  const written = files.filter(({ entry }) => entry !== null && entry.mode !== GITLINK).map(({ path }) => path);
  await git(place, ['checkout-index', '--force', '--index', '--quiet', '-z', '--stdin'], { input: zeroEnded(written) });
  for (const { path } of files.filter(({ entry }) => entry === null)) {
    await rm(fsPath(join(folder, path)), { force: true });
  }
  await fillPointers(place);
}

/** What somebody wrote into a file since is in no commit. */
async function requireUnedited(place: IPlace, conflicts: readonly IConflictStages[], overwrite: boolean): Promise<void> {
  const { folder, gitDir, commonDir } = place.workTree;
  const left = await leftAt({ folder: { gitDir, commonDir } });
  for (const { path } of overwrite ? [] : conflicts) {
    if (await isEdited(join(folder, path), left)) {
      fail('unsaved-changes', `${displayName(path)} was edited since.`, {
        hint: 'Take it as it is now, or say that this may go.',
        parameters: { files: 1, path: displayName(path) }
      });
    }
  }
}

function refuse(kind: 'not-found' | 'bad-request', name: string, why: string): never {
  return fail(kind, `${displayName(name)} ${why}.`, { parameters: { path: displayName(name) } });
}
