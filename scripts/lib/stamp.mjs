import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile, readdir, readlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

async function* filesBelow(path) {
  const stats = await lstat(path).catch(() => null);
  if (stats?.isDirectory()) {
    for (const name of (await readdir(path)).sort()) {
      yield* filesBelow(join(path, name));
    }
  } else if (stats) {
    yield { path, content: stats.isSymbolicLink() ? await readlink(path) : await readFile(path) };
  }
}

/** A hash of texts and of the content of files and folders: time stamps change with every checkout and say nothing. */
export async function hashOf({ texts = [], paths = [] }) {
  const hash = createHash('sha256');
  for (const text of texts) {
    hash.update(`${text.length}:${text}`);
  }
  for (const path of paths) {
    for await (const file of filesBelow(path)) {
      hash.update(`${file.path.length}:${file.path}:${file.content.length}:`).update(file.content);
    }
  }
  return hash.digest('hex');
}

/**
 * Does work only when its stamp differs from `hash`. The stamp is written after the work has succeeded,
 * so that work that was interrupted is done again.
 */
export async function unlessStamped(stamp, hash, work) {
  const before = await readFile(stamp, 'utf8').catch(() => '');
  if (before === hash) {
    return false;
  }
  await work();
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, hash);
  return true;
}
