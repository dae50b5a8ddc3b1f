import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Everything a person has in a dataset: each file of the working tree by kind, permissions and a hash of its content (of a link its
 * target), each folder, and the hashes of all annexed content.
 */
export async function everythingIn(dataset: string): Promise<{ work: Record<string, string>; annexed: string[] }> {
  const work: Record<string, string> = {};
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(dataset, folder), { withFileTypes: true })) {
      const name = join(folder, entry.name);
      if (entry.name !== '.git') {
        work[name] = await describe(join(dataset, name));
        await (entry.isDirectory() ? walk(name) : undefined);
      }
    }
  };
  await walk('');
  return { work, annexed: await hashesBelow(join(dataset, '.git', 'annex', 'objects')) };
}

/** Hashes of all files below a folder, whatever their names. */
export async function hashesBelow(folder: string): Promise<string[]> {
  const listed = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = listed.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map(async file => hash(await readFile(file))))).sort();
}

async function describe(path: string): Promise<string> {
  const stats = await lstat(path);
  if (stats.isDirectory()) {
    return `folder ${(stats.mode & 0o777).toString(8)}`;
  }
  return stats.isSymbolicLink()
    ? `link ${await readlink(path)}`
    : `file ${(stats.mode & 0o777).toString(8)} ${hash(await readFile(path))}`;
}

function hash(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
