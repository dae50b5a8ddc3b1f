import { lstat, readlink, stat } from 'node:fs/promises';
import { keyBytes } from '../../annex/key';
import { keyOfLink, keyOfPointer, POINTER_MAX } from '../../annex/pointer';
import { decodePath, fsPath } from '../../bytes';
import { readRegular } from '../../regularFile';

export interface IContent {
  /** Of annexed files. */
  readonly here?: boolean;
  /** Of the content; absent where it is not here, and its key does not say. */
  readonly bytes?: number;
  /** A pointer stands for the content that is not here. */
  readonly pointer?: true;
}

/** What the file at a path is; null where there is none. An unlocked file with content is not told from any other. */
export async function contentAt(path: string): Promise<IContent | null> {
  const stats = await lstat(fsPath(path)).catch(() => null);
  if (stats === null) {
    return null;
  }
  const isLink = stats.isSymbolicLink();
  const key = isLink
    ? keyOfLink(decodePath(await readlink(fsPath(path), { encoding: 'buffer' })))
    : await pointerKey(path, stats.size);
  if (key === null) {
    return { bytes: stats.size };
  }
  const bytes = keyBytes(key);
  const here = isLink && (await isThere(path));
  return { here, ...(bytes === undefined ? {} : { bytes }), ...(isLink ? {} : { pointer: true }) };
}

function isThere(path: string): Promise<boolean> {
  return stat(fsPath(path)).then(
    () => true,
    () => false
  );
}

/** The key of an unlocked file whose content is not here. */
async function pointerKey(path: string, size: number): Promise<string | null> {
  const text = size <= POINTER_MAX ? await readRegular(path, POINTER_MAX) : null;
  return text === null ? null : keyOfPointer(text);
}
