import { lstat, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { decodePath, fsPath } from '../bytes';
import { findRepositoryFolder, type IRepositoryFolder } from '../git/repositoryFolder';
import { localPathOf } from './urls';

/** A repository of this machine, with a work tree or bare. */
export interface ILocalRepository {
  readonly root: string;
  readonly folder: IRepositoryFolder;
}

/**
 * The repositories of this machine that addresses of siblings name. git-annex works inside such a sibling when it gets content from it
 * or makes sure of a copy there, and obeys the settings and hooks it finds.
 */
export async function localSiblings(
  dataset: string,
  remotes: readonly string[],
  env: Readonly<Record<string, string>>
): Promise<ILocalRepository[]> {
  const places = remotes.map(localPathOf).filter(path => path !== null);
  const found = await Promise.all([...new Set(places)].map(async place => await openLocal(absolute(dataset, place, env))));
  return found.filter(repository => repository !== null);
}

/** The repository at a path, as git finds one there; null where there is none. */
export async function openLocal(path: string): Promise<ILocalRepository | null> {
  for (const place of [path, `${path}.git`]) {
    const root = await realpath(fsPath(place), { encoding: 'buffer' }).then(decodePath, () => null);
    const folder = root === null ? null : ((await findRepositoryFolder(root)) ?? (await bareFolder(root)));
    if (root !== null && folder !== null) {
      return { root, folder };
    }
  }
  return null;
}

function absolute(dataset: string, place: string, env: Readonly<Record<string, string>>): string {
  const home = env['HOME'] ?? homedir();
  return place === '~' || place.startsWith('~/') ? resolve(home, `.${place.slice(1)}`) : resolve(dataset, place);
}

async function bareFolder(root: string): Promise<IRepositoryFolder | null> {
  const parts = await Promise.all(
    ['HEAD', 'objects', 'refs'].map(name =>
      lstat(fsPath(join(root, name))).then(
        () => true,
        () => false
      )
    )
  );
  return parts.every(Boolean) ? { gitDir: root, commonDir: root } : null;
}
