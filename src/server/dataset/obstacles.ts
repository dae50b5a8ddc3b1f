import { access, constants, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Obstacle } from '../../protocol/dataset';
import { isSomebody } from '../../protocol/identity';
import type { ContentsPath } from '../../protocol/paths';
import { versionProblem } from '../annex/version';
import { fsPath } from '../bytes';
import { findLocks } from '../locks/locks';
import type { Repository } from './repository';

/** Files and folders in the git folder that exist while something is unfinished. */
const UNFINISHED = [
  ['MERGE_HEAD', 'merge'],
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['BISECT_LOG', 'bisect']
] as const;

/** Why nothing can be written in a dataset, or must not be before something is mended. */
export async function readObstacles(repository: Repository, dataset: ContentsPath): Promise<Obstacle[]> {
  const { gitDir } = repository.folder;
  const obstacles: Obstacle[] = [];
  if (!(await writable(gitDir)) || !(await writable(repository.root))) {
    obstacles.push({ kind: 'read-only' });
  }
  const config = await repository.git.config();
  if (!isSomebody({ name: config.get('user.name') || null, email: config.get('user.email') || null })) {
    obstacles.push({ kind: 'no-identity' });
  }
  obstacles.push(...[versionProblem(config) ?? []].flat());
  const unfinished = await Promise.all(
    UNFINISHED.map(async ([name, what]) => ((await exists(join(gitDir, name))) ? what : null))
  );
  new Set(unfinished).forEach(what => what !== null && obstacles.push({ kind: 'unfinished', what }));
  const locks = await findLocks({ root: repository.root, folder: repository.folder, dataset });
  locks.forEach(({ lock }) => obstacles.push({ kind: 'locked', lock }));
  return obstacles;
}

async function writable(path: string): Promise<boolean> {
  return await access(fsPath(path), constants.W_OK).then(
    () => true,
    () => false
  );
}

async function exists(path: string): Promise<boolean> {
  return await lstat(fsPath(path)).then(
    () => true,
    () => false
  );
}
