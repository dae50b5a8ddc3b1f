import { statfs } from 'node:fs/promises';
import type { Lock } from '../../protocol/lock';
import type { ContentsPath } from '../../protocol/paths';
import { displayName, fsPath } from '../bytes';
import type { IRepositoryFolder } from '../git/repositoryFolder';
import { userName } from '../userName';
import { findHolders } from './holders';
import { findLockFiles, type ILockFile } from './lockFiles';

/** A program that works may not have got to what it needs the lock for. */
const FRESH = 10_000;
/** The same where other machines write, too, whose programs cannot be seen. */
const FRESH_NETWORK = 10 * 60_000;

/** Types of network file systems as `statfs` tells them: NFS, SMB, Lustre, GPFS, FUSE, BeeGFS, Ceph, AFS. */
const NETWORK = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x0bd00bd0, 0x47504653, 0x65735546, 0x19830326, 0x00c36400, 0x5346414f
]);

export interface ILockOptions {
  /** Absolute path of the work tree. */
  root: string;
  folder: IRepositoryFolder;
  dataset: ContentsPath;
}

/** A lock with where it lies. */
export interface IFoundLock {
  lock: Lock;
  file: ILockFile;
}

/** The locks of a repository with who holds them. Costs a few looks at the disk where there is none. */
export async function findLocks({ root, folder, dataset }: ILockOptions): Promise<IFoundLock[]> {
  const files = await findLockFiles(folder);
  if (files.length === 0) {
    return [];
  }
  const paths = files.map(({ path }) => path);
  const [seen, network] = await Promise.all([
    findHolders(paths, [root, folder.gitDir, folder.commonDir]),
    isNetwork(folder.commonDir)
  ]);
  return await Promise.all(
    files.map(async file => {
      const holders = canSee(file.uid) ? seen : null;
      const { name, id, age, uid } = file;
      const removable = holders?.length === 0 && age >= (network ? FRESH_NETWORK : FRESH);
      const owner = await userName(uid);
      return { file, lock: { dataset, name: displayName(name), id, age: Math.round(age), owner, holders, network, removable } };
    })
  );
}

/** Whether the programs of a user can be looked into. */
function canSee(uid: number): boolean {
  const own = process.geteuid?.();
  return own === 0 || own === uid;
}

async function isNetwork(folder: string): Promise<boolean> {
  return await statfs(fsPath(folder)).then(
    ({ type }) => NETWORK.has(type),
    () => false
  );
}
