import { readdir } from 'node:fs/promises';
import type { Dirent, Stats } from 'node:fs';
import { decodePath, fsPath } from '../bytes';

/** What is on disk, by name only or with its figures. */
export type DiskEntry = Pick<Dirent<Buffer> | Dirent | Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>;

/** What stands for bytes that are no UTF-8 in names that were decoded without a second look. */
const UNKNOWN = '\ufffd';

/** What is directly in a folder, by name. Fails as `readdir` does. */
export async function listFolder(path: string): Promise<Map<string, DiskEntry>> {
  const entries = await readdir(fsPath(path), { withFileTypes: true });
  if (!entries.some(({ name }) => name.includes(UNKNOWN))) {
    return new Map(entries.map(entry => [entry.name, entry]));
  }
  // Names as bytes take several times as long, which shows with ten thousand of them.
  const exact = await readdir(fsPath(path), { withFileTypes: true, encoding: 'buffer' });
  return new Map(exact.map(entry => [decodePath(entry.name), entry]));
}
