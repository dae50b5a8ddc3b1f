import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { fsPath } from '../../bytes';
import { parseEntries } from '../../git/config';
import type { AbsolutePath } from '../../paths';
import type { Repository } from '../repository';
import { readSubdatasets } from '../subdatasets';

/** The folders of the subdatasets registered directly in a dataset, with their names in `.gitmodules`, which may differ from their paths. */
export async function readNamedSubdatasets(repository: Repository): Promise<{ name: string; folder: AbsolutePath }[]> {
  const args = ['config', '--no-includes', '-z', '--file', '.gitmodules', '--get-regexp', '^submodule\\..*\\.path$'];
  const output = await repository.git.readOr([1, 3, 128, 255], args);
  const names = new Map(
    parseEntries(output ?? new Uint8Array()).map(([key, path]) => [path, key.slice('submodule.'.length, -'.path'.length)])
  );
  const found = await Promise.all(
    (await readSubdatasets(repository, paths => paths)).map(async path => {
      const folder = join(repository.root, path) as AbsolutePath;
      // A link in its place leads to some other dataset.
      const real = await lstat(fsPath(folder)).then(
        stats => stats.isDirectory(),
        () => false
      );
      return real ? [{ name: names.get(path) ?? path, folder }] : [];
    })
  );
  return found.flat().sort((one, other) => (one.name < other.name ? -1 : 1));
}
