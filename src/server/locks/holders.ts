import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { isWithin } from '../nesting';

/** A living program that may need a lock. */
export interface IHolder {
  pid: number;
  /** Program and subcommand, such as `git commit`; further arguments may hold secrets. */
  program: string;
}

const PROGRAM = /^(?:git(?:-.+)?|datalad)$/u;
/** The subcommand of a program, or the module of `python -m`. */
const WORD = /^[a-z][a-z-]*$/u;

/**
 * Programs that hold one of the files open, and all of git, git-annex and DataLad that work in one of the folders: git closes a lock
 * while an editor or a hook runs, and needs it all the same. Null where processes cannot be listed.
 *
 * Of other users' processes Linux shows neither files nor folders.
 */
export async function findHolders(files: readonly string[], folders: readonly string[]): Promise<IHolder[] | null> {
  const names = await readdir('/proc').catch(() => null);
  const pids = names?.filter(name => /^\d+$/u.test(name) && Number(name) !== process.pid) ?? [];
  if (pids.length === 0) {
    return null;
  }
  const found = await Promise.all(pids.map(pid => inspect(pid, files, folders)));
  return found.filter(holder => holder !== null);
}

async function inspect(pid: string, files: readonly string[], folders: readonly string[]): Promise<IHolder | null> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const words = text.split('\0').slice(0, -1);
  const holder = { pid: Number(pid), program: describe(words) };
  if (await holdsOpen(pid, files)) {
    return holder;
  }
  // Our own reads take no locks.
  if (!words.slice(0, 4).some(word => PROGRAM.test(basename(word))) || words.includes('--no-optional-locks')) {
    return null;
  }
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  return [cwd, ...words.flatMap(pathsIn)].some(path => folders.some(folder => isWithin(path, folder))) ? holder : null;
}

async function holdsOpen(pid: string, files: readonly string[]): Promise<boolean> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(descriptors.map(name => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')));
  return targets.some(target => files.includes(target));
}

/** A word, and what is assigned in it: `--git-dir=/data/study/.git`. */
function pathsIn(word: string): string[] {
  return [word, word.slice(word.indexOf('=') + 1)];
}

function describe(words: readonly string[]): string {
  const at = words.findIndex(word => PROGRAM.test(basename(word)));
  const program = basename(words[Math.max(0, at)] ?? '');
  const subcommand = words.slice(Math.max(0, at) + 1).find(word => WORD.test(word));
  return [program, ...(at < 0 || subcommand === undefined ? [] : [subcommand])].join(' ');
}
