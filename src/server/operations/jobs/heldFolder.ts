import { constants } from 'node:fs';
import { chmod, type FileHandle, open, readdir, readlink, realpath, rmdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail } from '../../../protocol/failure';
import { decodePath, fsPath } from '../../bytes';

const LINUX = process.platform === 'linux';
/** Linux's O_PATH, which Node does not name: it also holds a folder that may not be read. */
const FLAGS = constants.O_DIRECTORY | constants.O_NOFOLLOW | (LINUX ? 0o10000000 : 0);

/**
 * A folder that is held open while things are deleted in it: whatever another program puts in the place of it or of one around it
 * meanwhile, such as a link to elsewhere, is not touched. Without Linux's `/proc` it is reached by its path, as by any program.
 */
export class HeldFolder {
  private constructor(
    private readonly handle: FileHandle,
    /** What is in it is reached through this path. */
    private readonly path: string
  ) {}

  /** Rejects as `open` does, also for a link, and fails with `outside-root` where it does not lie in the real path `root`. */
  static async open(path: string, root: string): Promise<HeldFolder> {
    const held = await HeldFolder.hold(path);
    const place = await held.place().catch(() => '');
    if (place !== root && !place.startsWith(root === '/' ? '/' : `${root}/`)) {
      await held.close();
      fail('outside-root', 'A link was put in the place of a folder that was to be deleted.');
    }
    return held;
  }

  private static async hold(path: string): Promise<HeldFolder> {
    const handle = await open(fsPath(path), FLAGS);
    return new HeldFolder(handle, LINUX ? `/proc/self/fd/${handle.fd}` : path);
  }

  async names(): Promise<string[]> {
    return (await readdir(fsPath(this.path), { encoding: 'buffer' })).map(decodePath);
  }

  /** Deletes everything in it, although git-annex has write-protected the folders of content. Follows no link. */
  async clear(): Promise<void> {
    await chmod(this.path, 0o700);
    for (const name of await this.names()) {
      await this.remove(name);
    }
  }

  /** Deletes a file, a link, or a folder with everything in it. */
  async remove(name: string): Promise<void> {
    const path = join(this.path, name);
    const inner = await HeldFolder.hold(path).catch((error: NodeJS.ErrnoException) => noFolder(error));
    if (inner === null) {
      await unlink(fsPath(path)).catch(gone);
      return;
    }
    await inner.clear().finally(() => inner.close());
    await this.removeEmpty(name);
  }

  /** Deletes a folder in it; rejects when that is not empty. */
  async removeEmpty(name: string): Promise<void> {
    await rmdir(fsPath(join(this.path, name))).catch(gone);
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private async place(): Promise<string> {
    const read = LINUX ? readlink : realpath;
    return decodePath(await read(fsPath(this.path), { encoding: 'buffer' }));
  }
}

/** Does something in the folder around a path, under the path's last name; nothing where there is no such folder. */
export async function inFolderAround(
  path: string,
  root: string,
  work: (folder: HeldFolder, name: string) => Promise<void>
): Promise<void> {
  const folder = await HeldFolder.open(dirname(path), root).catch((error: NodeJS.ErrnoException) => noFolder(error));
  if (folder !== null) {
    await work(folder, basename(path)).finally(() => folder.close());
  }
}

/** Deletes a file, a link or a folder below the real path `root`; nothing happens where nothing is. */
export async function removeTree(path: string, root: string): Promise<void> {
  await inFolderAround(path, root, (folder, name) => folder.remove(name));
}

function noFolder(error: NodeJS.ErrnoException): null {
  if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(error.code ?? '')) {
    return null;
  }
  throw error;
}

function gone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') {
    throw error;
  }
}
