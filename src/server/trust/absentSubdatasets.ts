import { lstat, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fsPath, isUtf8 } from '../bytes';
import { GITLINK, parseIndex } from '../git/entry';
import { GitReader } from '../git/reader';
import { findRepositoryFolder } from '../git/repositoryFolder';
import { type IBelow, installedBelow, nestedNames } from './installed';

interface IOptions extends IBelow {
  recursive: boolean;
}

/** Whether a get of a path, in the innermost dataset around it, installs subdatasets that are not there yet. */
export async function hasAbsent(root: string, path: string, options: IOptions): Promise<boolean> {
  return (await isInAbsent(root, path, options)) || (options.recursive && (await hasAbsentBelow(root, path, options)));
}

/** A subdataset that is not installed is an empty folder, or none at all. */
async function isInAbsent(root: string, path: string, { env, signal }: IOptions): Promise<boolean> {
  const places: string[] = [];
  for (let place = path; place !== root; place = dirname(place)) {
    const names = await namesIn(place);
    if (names === null || names.length === 0) {
      places.push(relative(root, place));
    }
    if (names !== null) {
      break;
    }
  }
  // No program can be told the others, so that nothing can be installed there.
  const wanted = places.filter(isUtf8);
  const folder = wanted.length === 0 ? null : await findRepositoryFolder(root);
  if (folder === null) {
    return false;
  }
  const git = new GitReader(root, env, folder.commonDir);
  const entries = parseIndex(await git.read(['ls-files', '-s', '-z', '--', ...wanted], { signal }));
  return entries.some(entry => entry.mode === GITLINK && wanted.includes(entry.path));
}

async function hasAbsentBelow(root: string, path: string, options: IOptions): Promise<boolean> {
  for (const dataset of [root, ...(await installedBelow(root, path, options))]) {
    const folder = await findRepositoryFolder(dataset);
    const names = folder === null ? [] : await nestedNames(new GitReader(dataset, options.env, folder.commonDir), options);
    for (const place of names.map(name => join(dataset, name)).filter(each => each === path || each.startsWith(`${path}/`))) {
      if ((await findRepositoryFolder(place)) === null) {
        return true;
      }
    }
  }
  return false;
}

/** Null where there is nothing; what is no folder has names, too, as far as it matters here. */
async function namesIn(place: string): Promise<Buffer[] | null> {
  return await readdir(fsPath(place), { encoding: 'buffer' }).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') {
      throw error;
    }
    const stats = await lstat(fsPath(place)).catch(() => null);
    return stats === null ? null : [Buffer.from(place)];
  });
}
