import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

async function packagesOf(file) {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text).packages ?? {});
}

/**
 * Whether node_modules holds what the lock file names. npm writes down what it installed in node_modules/.package-lock.json;
 * optional packages may be missing there, since most are for other platforms.
 */
export async function nodeModulesMatch(folder) {
  const wanted = await packagesOf(join(folder, 'package-lock.json'));
  const present = await packagesOf(join(folder, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) {
    return false;
  }
  const isSame = path => present[path]?.version === wanted[path].version;
  const isExpected = path => path === '' || isSame(path) || (wanted[path].optional && !(path in present));
  return Object.keys(wanted).every(isExpected) && Object.keys(present).every(path => path in wanted);
}
