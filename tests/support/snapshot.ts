import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Every file below a folder with its mode and a hash of its content: equal snapshots mean that nothing was changed. */
export async function snapshot(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const { mode } = await lstat(path);
    const content = entry.isSymbolicLink() ? await readlink(path) : entry.isFile() ? await readFile(path) : '';
    found[path.slice(folder.length + 1)] = `${mode.toString(8)} ${createHash('sha256').update(content).digest('hex')}`;
  }
  return found;
}
