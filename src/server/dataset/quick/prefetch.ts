import { lstat, statfs } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import { fsPath } from '../../bytes';
import { mapLimited } from '../../mapLimited';

/** File systems of this machine, by the type that statfs names: ext, xfs, btrfs, tmpfs, overlay, zfs, f2fs, bcachefs, APFS and HFS+. */
const LOCAL = new Set([0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630, 0x2fc12fc1, 0xf2f52010, 0xca451a4e, 0x1a, 0x11]);
const AT_ONCE = 16;

const known = new LRUCache<string, boolean>({ max: 256, ttl: 60_000 });

/**
 * Has the kernel know files before they are looked at one by one, where that may take long. On a local file system a look takes some
 * microseconds, ten times less than through the thread pool; on any other it might keep the whole server waiting.
 */
export async function prefetch(folder: string, paths: () => readonly string[]): Promise<void> {
  if (!(await isLocal(folder))) {
    await mapLimited(paths(), AT_ONCE, async path => await lstat(fsPath(path)).catch(() => undefined));
  }
}

/** Whether a folder lies on a file system that only this machine changes; the answer may be a minute old. */
export async function isLocal(folder: string): Promise<boolean> {
  const before = known.get(folder);
  if (before !== undefined) {
    return before;
  }
  const local = await statfs(fsPath(folder)).then(
    ({ type }) => LOCAL.has(type),
    () => false
  );
  known.set(folder, local);
  return local;
}
