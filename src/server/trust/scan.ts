import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Setting, SettingReason } from '../../protocol/trust';
import { decodePath, displayName, fsPath } from '../bytes';
import type { IRepositoryFolder } from '../git/repositoryFolder';
import { type ConfigEntry, includedFiles, isInclude, readConfigText } from './configFile';
import { PROGRAM_FOLDER } from './externals';
import { isHarmless } from './harmless';
import { digestOf, readHooks } from './hooks';
import { providersFolder, readProviders } from './providers';

/** What a look at the settings of one repository found. */
export interface IScan {
  /** Whatever may run a program; empty for what git, git-annex and DataLad make. Values are whole, secrets included. */
  readonly settings: readonly Setting[];
  /** Changes with the settings found, and with the content of hooks and included files. */
  readonly fingerprint: string;
  /** Addresses of siblings, as they are configured. */
  readonly remotes: readonly string[];
  /** All files of settings that were read, or would be if they were there. */
  readonly files: readonly string[];
}

interface ISource {
  /** The work tree; of a bare repository the repository itself. */
  root: string;
  folder: IRepositoryFolder;
  env: Readonly<Record<string, string>>;
}

/** Larger files of settings are not read: nobody could look through them. */
const LARGE = 1024 * 1024;
const NOTHING: readonly string[] = ['ENOENT', 'ENOTDIR', 'EACCES'];
/** Included files that are followed, those they include among them. */
const MAX_FILES = 20;

/**
 * Looks at everything by which a repository can make git, git-annex or DataLad start a program, and starts none itself, but git for a
 * file of settings that is written in an unusual way. Attributes are not read: they only choose among filters and drivers, which are
 * settings. The user's own configuration is the user's, and not looked at.
 */
export async function scan(source: ISource): Promise<IScan> {
  const { root, folder } = source;
  const found: Setting[] = [];
  const digests: string[] = [];
  const configured = await readSettings(source, found);
  for (const { name, digest } of await readHooks(join(folder.commonDir, 'hooks'))) {
    found.push(setting('hook', placeIn(root, join(folder.commonDir, 'hooks')), displayName(name)));
    digests.push(`${name} ${digest}`);
  }
  for (const { name, digest } of await readProviders(root)) {
    found.push(setting('passwords', placeIn(root, providersFolder(root)), displayName(name)));
    digests.push(`${name} ${digest}`);
  }
  for (const name of await readProgramFolders(root)) {
    found.push(setting('program', displayName(name), displayName(name)));
  }
  found.push(...(await readPlaces(source)));
  return {
    settings: found,
    fingerprint: digestOf(JSON.stringify([found.map(({ reason, where, key, value }) => [reason, where, key, value]), digests])),
    remotes: configured.entries.filter(([key]) => /^remote\..*\.(?:url|pushurl|annexurl)$/su.test(key)).map(([, url]) => url),
    files: configured.files
  };
}

/** The files git reads the settings of a repository from, whether they are there or not; includes come on top. */
export function settingsFiles({ gitDir, commonDir }: IRepositoryFolder): string[] {
  return [...new Set([join(commonDir, 'config'), join(gitDir, 'config.worktree'), join(commonDir, 'config.worktree')])];
}

/** Reads the files of settings of a repository and all they include, and adds to `found` what is not known to be harmless. */
async function readSettings(source: ISource, found: Setting[]): Promise<{ entries: ConfigEntry[]; files: string[] }> {
  const { root, folder, env } = source;
  const files = settingsFiles(folder);
  const entries: ConfigEntry[] = [];
  for (let at = 0; at < files.length; at += 1) {
    const file = files[at] ?? '';
    const where = placeIn(root, file);
    const read = at < MAX_FILES ? await readSettingsFile(file, env) : 'unreadable';
    if (read === 'unreadable') {
      found.push(setting('unreadable', where, displayName(file)));
    } else {
      entries.push(...read);
      found.push(...read.filter(entry => !isAllowed(entry, source)).map(entry => fromEntry(entry, where)));
      files.push(...includedFiles(read, file, env).filter(included => !files.includes(included)));
      files.length = Math.min(files.length, MAX_FILES + 1);
    }
  }
  return { entries, files };
}

async function readSettingsFile(file: string, env: Readonly<Record<string, string>>): Promise<ConfigEntry[] | 'unreadable'> {
  const content = await readSmall(file).catch((error: NodeJS.ErrnoException) =>
    // What is not there says nothing, and what we may not read git, which runs as we do, refuses to go on without.
    NOTHING.includes(error.code ?? '') ? Buffer.alloc(0) : null
  );
  return (content === null ? null : await readConfigText(content, env)) ?? 'unreadable';
}

/** Null for what is too large, or no file. */
async function readSmall(file: string): Promise<Buffer | null> {
  const stats = await stat(fsPath(file));
  return stats.isFile() && stats.size <= LARGE ? await readFile(fsPath(file)) : null;
}

/** A work tree elsewhere would have jobs work on other files; git itself writes where that of a subdataset is. */
function isAllowed([key, value]: ConfigEntry, { root, folder }: ISource): boolean {
  return key === 'core.worktree' ? resolve(folder.gitDir, value) === root : isHarmless([key, value]);
}

function fromEntry([key, value]: ConfigEntry, where: string): Setting {
  return setting(isInclude(key) ? 'include' : 'setting', where, key, value);
}

/** Folders, or links, with names under which git-annex would look for programs inside the dataset. */
async function readProgramFolders(root: string): Promise<string[]> {
  const entries = await readdir(fsPath(root), { withFileTypes: true, encoding: 'buffer' }).catch(() => []);
  return entries
    .filter(entry => !entry.isFile())
    .map(entry => decodePath(entry.name))
    .filter(name => PROGRAM_FOLDER.test(name))
    .sort();
}

/** A repository among the files of the dataset may change with them, and one of another user whenever they like. */
async function readPlaces({ root, folder }: ISource): Promise<Setting[]> {
  const found: Setting[] = [];
  const own = await realOf(join(root, '.git'));
  const top = await realOf(root);
  for (const place of new Set([await realOf(folder.gitDir), await realOf(folder.commonDir)])) {
    const among = place.startsWith(`${top}/`) && place !== join(top, '.git') && !place.startsWith(`${join(top, '.git')}/`);
    if (among) {
      found.push(setting('place', placeIn(root, join(root, '.git')), placeIn(top, place)));
    }
  }
  const uid = await ownerOf(own);
  if (uid !== null && uid !== process.getuid?.() && uid !== 0) {
    found.push(setting('owner', placeIn(root, join(root, '.git')), String(uid)));
  }
  return found;
}

async function realOf(path: string): Promise<string> {
  return await realpath(fsPath(path), { encoding: 'buffer' }).then(decodePath, () => path);
}

async function ownerOf(path: string): Promise<number | null> {
  return await stat(fsPath(path)).then(
    ({ uid }) => uid,
    () => null
  );
}

function setting(reason: SettingReason, where: string, key: string, value = ''): Setting {
  return { reason, where, key, value };
}

/** A path for people: relative to the dataset where it lies in it. */
function placeIn(root: string, path: string): string {
  return displayName(path.startsWith(`${root}/`) ? relative(root, path) : path);
}
