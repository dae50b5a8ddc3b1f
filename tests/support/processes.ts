import { readdirSync, readFileSync } from 'node:fs';

/** A process as Linux tells it. */
export interface IProcess {
  pid: number;
  parent: number;
  command: string[];
}

/** All processes of the machine but zombies. */
export function processes(): IProcess[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
        return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

/** Every process below one, at any depth. */
export function descendants(pid: number, all = processes()): IProcess[] {
  return all.filter(({ parent }) => parent === pid).flatMap(child => [child, ...descendants(child.pid, all)]);
}

export function isAlive(pid: number): boolean {
  return processes().some(entry => entry.pid === pid);
}

/** Processes that work in a place, since their command line or environment names it, and whose command line matches. */
export function processesAt(place: string, pattern = /./): IProcess[] {
  return processes().filter(
    ({ pid, command }) => pattern.test(command.join(' ')) && [...command, ...environ(pid)].some(text => text.includes(place))
  );
}

/** The environment a process was started with. */
export function environmentOf(pid: number): Record<string, string> {
  const entries = environ(pid);
  return Object.fromEntries(entries.map(entry => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
}

/** How many files and folders a process watches through inotify. */
export function watchesOf(pid: number): number {
  const folder = `/proc/${pid}/fdinfo`;
  const lines = readdirSync(folder).flatMap(name => {
    try {
      return readFileSync(`${folder}/${name}`, 'utf8').split('\n');
    } catch {
      // Closed while we looked.
      return [];
    }
  });
  return lines.filter(line => line.startsWith('inotify')).length;
}

/** `NAME=value` each; empty of a process that has ended. */
function environ(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
  } catch {
    return [];
  }
}
