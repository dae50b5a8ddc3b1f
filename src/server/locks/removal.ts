import { randomUUID } from 'node:crypto';
import { link, lstat, rename, unlink } from 'node:fs/promises';
import { fail } from '../../protocol/failure';
import { fsPath } from '../bytes';
import { findHolders } from './holders';
import { findLocks, type IFoundLock, type ILockOptions } from './locks';

/**
 * Removes a lock that a program which crashed has left behind; fails with `locked` when it is another one by now, is held, or is fresh.
 * The file is moved aside first and looked at there: between a look and a removal, another program may have made its own.
 */
export async function removeStaleLock(options: ILockOptions, { name, id }: { name: string; id: string }): Promise<void> {
  const found = (await findLocks(options)).find(({ lock }) => lock.name === name);
  if (found === undefined) {
    return;
  }
  if (found.lock.id !== id) {
    refuse(found, 'It is another lock than the one that was shown: a program has begun to work here.');
  }
  if (!found.lock.removable) {
    refuse(found, 'A program still works here, or did a moment ago.');
  }
  await takeAway(found, options);
}

async function takeAway(found: IFoundLock, { root, folder }: ILockOptions): Promise<void> {
  const { path } = found.file;
  const aside = `${path}.${randomUUID().slice(0, 8)}`;
  await rename(fsPath(path), fsPath(aside)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') {
      fail('permission-denied', 'You may not remove this lock.', { hint: 'Ask its owner.' });
    }
  });
  const moved = await lstat(fsPath(aside), { bigint: true }).catch(() => null);
  if (moved === null) {
    // Whoever held it was faster.
    return;
  }
  const ours = found.lock.id.startsWith(`${moved.ino}-`);
  const holders = await findHolders([path, aside], [root, folder.gitDir, folder.commonDir]);
  if (!ours || holders?.length !== 0) {
    // Not over a third one: that fails, and the program whose lock it was then fails, too, which loses nothing.
    await link(fsPath(aside), fsPath(path)).catch(() => undefined);
    await unlink(fsPath(aside));
    refuse(found, 'A program has begun to work here at this moment.');
  }
  await unlink(fsPath(aside));
}

function refuse({ lock }: IFoundLock, message: string): never {
  const [holder] = lock.holders ?? [];
  return fail('locked', message, {
    hint: 'Wait until it has ended, then try again.',
    parameters: {
      age: lock.age,
      owner: lock.owner,
      ...(holder === undefined ? {} : { pid: holder.pid, program: holder.program })
    }
  });
}
