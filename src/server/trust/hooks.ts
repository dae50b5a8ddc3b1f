import { readdir, readFile, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { decodePath, fsPath } from '../bytes';
import { fileStamp } from '../fileStamp';

/** A program that git or git-annex starts by itself at some moment. */
export interface IHook {
  name: string;
  /** Hash of its content; of one that is too large to read, of what the file system tells of it. */
  digest: string;
}

const MARK = '# automatically configured by git-annex';

/** What git-annex writes: first lines and the one command of each hook; its older versions wrote fewer of them. */
const ANNEX_HOOKS: Readonly<Record<string, readonly string[]>> = {
  'pre-commit': ['git annex pre-commit .'],
  'post-receive': ['git annex post-receive', 'if git annex post-receive --help >/dev/null 2>&1; then git annex post-receive; fi'],
  'post-checkout': ['git annex smudge --update'],
  'post-merge': ['git annex smudge --update'],
  'pre-push': ['if git annex pre-push --help >/dev/null 2>&1; then git annex pre-push; fi']
};
/** Git's own sample, which DataLad enables in stores that are served by plain http. */
const UPDATE_SERVER_INFO = /^#!\/bin\/sh\n(?:#[^\n]*\n|\n)*exec git update-server-info\n$/u;
/** Beyond this many bytes a hook is not read. */
const LARGE = 4 * 1024 * 1024;

/**
 * The programs in a folder of hooks that are not git-annex's own. What may not be executed is no hook to git, and neither is what ends
 * with `.sample`; everything else counts by being there, since each version of git knows more names.
 */
export async function readHooks(folder: string): Promise<IHook[]> {
  const names = await readdir(fsPath(folder), { encoding: 'buffer' }).catch((error: NodeJS.ErrnoException) => absent(error));
  const hooks: IHook[] = [];
  for (const name of names.map(decodePath).filter(name => !name.endsWith('.sample'))) {
    const hook = await readHook(folder, name);
    if (hook !== null) {
      hooks.push(hook);
    }
  }
  return hooks;
}

/** What changes whenever something else is said of the files in a folder, but samples. */
export async function stampFiles(folder: string): Promise<string> {
  const names = await readdir(fsPath(folder), { encoding: 'buffer' }).catch((error: NodeJS.ErrnoException) => absent(error));
  const stamps = names
    .map(decodePath)
    .filter(name => !name.endsWith('.sample'))
    .map(async name => `${name} ${await fileStamp(join(folder, name))}`);
  return (await Promise.all(stamps)).sort().join('\n');
}

async function readHook(folder: string, name: string): Promise<IHook | null> {
  const path = join(folder, name);
  const stats = await stat(fsPath(path)).catch(() => null);
  if (stats === null || !stats.isFile() || (stats.mode & 0o111) === 0) {
    return null;
  }
  if (stats.size > LARGE) {
    return { name, digest: digestOf(await fileStamp(path)) };
  }
  const content = await readFile(fsPath(path)).catch(() => null);
  if (content === null) {
    return { name, digest: digestOf(await fileStamp(path)) };
  }
  return isKnownHook(name, content.toString('latin1')) ? null : { name, digest: digestOf(content) };
}

/** Whether a hook is, byte for byte, one that git-annex writes, or git's own `post-update`. */
export function isKnownHook(name: string, content: string): boolean {
  if (name === 'post-update') {
    return UPDATE_SERVER_INFO.test(content);
  }
  return ANNEX_HOOKS[name]?.some(command => content === `#!/bin/sh\n${MARK}\n${command}\n`) ?? false;
}

export function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Where nothing is, nothing runs; what cannot be listed cannot be run by us either. */
function absent(error: NodeJS.ErrnoException): Buffer[] {
  if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(error.code ?? '')) {
    return [];
  }
  throw error;
}
