import { lstat, readFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { fsPath } from '../bytes';
import { readConfigText } from './configFile';
import { type IBelow, installedBelow } from './installed';
import { type ILocalRepository, openLocal } from './localSiblings';
import { localPathOf } from './urls';

/**
 * The repositories of this machine that subdatasets of a dataset may be installed from: content then comes from them in the same job,
 * so they are looked at beforehand. They are the subdatasets of its local siblings, and what `.gitmodules` names.
 */
export async function installSources(
  dataset: string,
  siblings: readonly ILocalRepository[],
  options: IBelow
): Promise<ILocalRepository[]> {
  const nested = await Promise.all(siblings.map(({ root }) => installedBelow(root, root, options)));
  const named = await namedPlaces(dataset, siblings, options.env);
  const found = await Promise.all([...new Set([...nested.flat(), ...named])].map(openLocal));
  return found.filter(repository => repository !== null);
}

/** Whether a get of a path may install a subdataset: one that is not installed is an empty folder, and nothing below it is there. */
export async function mayInstall(path: string): Promise<boolean> {
  const stats = await lstat(fsPath(path)).catch(() => null);
  return stats === null || stats.isDirectory();
}

async function namedPlaces(
  dataset: string,
  siblings: readonly ILocalRepository[],
  env: Readonly<Record<string, string>>
): Promise<string[]> {
  const content = await readFile(fsPath(join(dataset, '.gitmodules'))).catch(() => null);
  const entries = content === null ? [] : ((await readConfigText(content, env)) ?? []);
  const urls = entries.filter(([key]) => /^submodule\..*\.(?:url|datalad-url)$/su.test(key)).map(([, url]) => localPathOf(url));
  // Git takes them relative to the sibling they came from.
  const bases = siblings.length > 0 ? siblings.map(({ root }) => root) : [dataset];
  return urls.filter(url => url !== null).flatMap(url => (isAbsolute(url) ? [url] : bases.map(base => resolve(base, url))));
}
