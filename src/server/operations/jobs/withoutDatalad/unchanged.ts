import { createReadStream } from 'node:fs';
import { lstat, readFile, readlink, stat } from 'node:fs/promises';
import { keyOfLink, keyOfPointer, POINTER_MAX } from '../../../annex/pointer';
import type { ObjectStore } from '../../../annex/presence';
import { decodePath, fsPath } from '../../../bytes';
import type { IAnnexedFile } from './part';

/**
 * Whether a file of the working tree is what the index has: the link or pointer to its key, or the very content of that key. Looks at
 * the bytes: git would ask git-annex's filter, which it hands the name to. A file that is not there is changed.
 */
export async function isUnchanged({ path, key }: IAnnexedFile, store: ObjectStore): Promise<boolean> {
  const stats = await lstat(fsPath(path)).catch(() => null);
  if (stats === null) {
    return false;
  }
  if (stats.isSymbolicLink()) {
    return keyOfLink(decodePath(await readlink(fsPath(path), { encoding: 'buffer' }))) === key;
  }
  if (!stats.isFile()) {
    return false;
  }
  if (stats.size <= POINTER_MAX && keyOfPointer(await readFile(fsPath(path))) === key) {
    return true;
  }
  const content = await store.find(key);
  return content !== null && (await sameContent(path, content, stats.size));
}

/** Whether two files are the same byte for byte; links are followed. `size` is that of the first one. */
export async function sameContent(one: string, other: string, size: number): Promise<boolean> {
  if ((await stat(fsPath(other)).catch(() => null))?.size !== size) {
    return false;
  }
  const theirs = chunksOf(other);
  for await (const chunk of chunksOf(one)) {
    const answer = await theirs.next();
    if (answer.done === true || !chunk.equals(answer.value)) {
      return false;
    }
  }
  return true;
}

/** Both files are read in pieces of one size, so that these can be compared. */
async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(fsPath(path), { highWaterMark: 256 * 1024 })) {
    yield chunk as Buffer;
  }
}

/** Whether there is a file, not a link. */
export async function isPlainFile(path: string): Promise<boolean> {
  return await lstat(fsPath(path)).then(
    stats => stats.isFile(),
    () => false
  );
}
