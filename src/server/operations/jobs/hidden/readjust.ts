import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Failure, fail, FailureError } from '../../../../protocol/failure';
import { adjustOptions } from '../../../annex/adjustment';
import { displayName, fsPath } from '../../../bytes';
import { failureOf } from '../../../datalad/failures';
import { workerEnvironment } from '../../../datalad/workerEnvironment';
import { readChanges } from '../../../dataset/changes';
import { readHidingBranch } from '../../../dataset/hidden/hiddenEntries';
import { Repository } from '../../../dataset/repository';
import type { AbsolutePath } from '../../../paths';
import { run } from '../../../process/run';
import { exists } from '../../../exists';
import { zeroEnded } from '../withoutDatalad/tools';
import type { IHiddenPart } from './hiddenPart';

/** A checkout of a hundred thousand files. */
const TIMEOUT = 1_800_000;

/**
 * Makes the adjusted branch again, so that files whose content came are in the folder and files whose content went are not.
 *
 * Git-annex first moves the branch and then checks it out. Where the checkout fails, the next save would delete the new files from the
 * dataset: so whatever could make it fail is looked for beforehand, and when it fails all the same the branch is put back. A folder that
 * may not be written is no failure to git: it says so, and ends well.
 */
export async function readjust(hidden: IHiddenPart, env: Record<string, string>): Promise<void> {
  const { folder } = hidden.part.workTree;
  const options = adjustOptions(hidden.branch) ?? refuse('Git-annex adjusted this branch in a way that is not known here.');
  const repository = await Repository.open(folder as AbsolutePath, env);
  await assertFree(hidden, repository);
  const before = await hidden.part.workTree.head();
  const { code, stderr } = await run('git', ['annex', 'adjust', '--quiet', ...options], {
    cwd: folder,
    env: workerEnvironment(env),
    timeout: TIMEOUT
  });
  const missing = await notCheckedOut(hidden, repository);
  if (code !== 0 || missing.length > 0) {
    await putBack(hidden, { before, missing, env });
    throw new FailureError(explain(stderr));
  }
}

/** Files that are here, but did not come into the folder, relative to it. */
async function notCheckedOut({ all }: IHiddenPart, { root, store, git }: Repository): Promise<string[]> {
  if ((await git.config()).flag('core.sparsecheckout')) {
    return [];
  }
  const missing: string[] = [];
  for (const { path, key } of all) {
    if (!exists(path) && (await store.has(key))) {
      missing.push(path.slice(root.length + 1));
    }
  }
  return missing;
}

interface IFailed {
  before: string | null;
  missing: readonly string[];
  env: Record<string, string>;
}

async function putBack({ part, branch }: IHiddenPart, { before, missing, env }: IFailed): Promise<void> {
  const { folder, git } = part.workTree;
  const now = await readHidingBranch(git);
  // Where git-annex handed commits on to the original branch, the adjusted one must stay on top of them.
  if (before === null || now?.basis !== branch.basis) {
    return;
  }
  await run('git', ['update-ref', '-m', 'adjust failed', 'HEAD', before], { cwd: folder, env, timeout: 60_000 });
  if (missing.length > 0) {
    const input = zeroEnded(missing);
    await run('git', ['update-index', '-z', '--force-remove', '--stdin'], { cwd: folder, env, timeout: 60_000, input });
  }
}

/** Fails where a file of the user's is in the way, or unsaved work would be. */
async function assertFree({ part, all }: IHiddenPart, repository: Repository): Promise<void> {
  const what = part.workTree.unfinished();
  if (what !== null) {
    refuse(`A ${what} is not finished.`);
  }
  for (const { path, key } of all) {
    if ((await repository.store.has(key)) && isInTheWay(path, repository.root)) {
      refuse(`Something else is at ${displayName(path.slice(repository.root.length + 1))}.`);
    }
  }
  const changes = [...(await readChanges(repository)).values()];
  await repository.keys.load(changes.flatMap(({ entry }) => entry ?? []));
  for (const { path, change, entry } of changes) {
    const key = entry === undefined ? null : repository.keys.of(entry);
    if (change === 'conflict' || (key !== null && !(await repository.store.has(key)))) {
      refuse(`${displayName(path)} has changes that are not saved.`);
    }
  }
}

/** Whether there is anything at a path, or a file where a folder around it has to be. */
function isInTheWay(path: string, root: string): boolean {
  if (exists(path)) {
    return true;
  }
  for (let folder = dirname(path); folder !== root && folder !== dirname(folder); folder = dirname(folder)) {
    const stats = lstatSync(fsPath(folder), { throwIfNoEntry: false });
    if (stats !== undefined) {
      return !stats.isDirectory();
    }
  }
  return false;
}

function refuse(why: string): never {
  return fail('hidden-files', `The files in the folder could not be brought up to date. ${why}`, {
    hint: 'Move it, or save it, then get the files again.',
    parameters: { why }
  });
}

function explain(stderr: string): Failure {
  const { message, detail } = failureOf(stderr);
  return {
    kind: 'hidden-files',
    message: `The files in the folder could not be brought up to date. ${message}`,
    parameters: { why: message },
    ...(detail === undefined ? {} : { detail })
  };
}
