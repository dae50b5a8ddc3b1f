import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Owner, startOf } from './owner';

/** Which server a process was started for, in the environment of everything we start. */
export const SERVER_VARIABLE = 'LAB_DATALAD_SERVER';

/** Workers whose server is gone interrupt their command, and kill it after ten seconds. */
const PATIENCE = 12_000;
const INTERVAL = 100;
/** What is ended after that; an ssh that others share, say, is not. */
const PROGRAMS = /^(?:git|git-annex|datalad|python[\d.]*)$/u;

/** The value of {@link SERVER_VARIABLE}. */
export function serverName({ pid, start }: Owner): string {
  return `${pid}-${start}`;
}

/**
 * Resolves when nothing works any more that servers which are gone had started; what has not ended by itself by then is told to. A job
 * that begins before would find the locks of its own predecessor.
 */
export async function orphansEnded(owners: readonly Owner[], patience = PATIENCE): Promise<void> {
  const names = new Set(owners.map(serverName));
  const seen = new Map<number, IOrphan>();
  // Not the time of day, which may be set while this waits.
  const end = performance.now() + patience;
  for (;;) {
    const now = names.size === 0 ? [] : await processesOf(names);
    now.forEach(orphan => seen.set(orphan.pid, orphan));
    // A process that ends loses its environment first, and its locks only then.
    const orphans = [...seen.values()].filter(({ pid, start }) => startOf(pid) === start && start !== '');
    if (orphans.length === 0) {
      return;
    }
    if (performance.now() > end) {
      orphans.forEach(terminate);
      return;
    }
    await pause(INTERVAL);
  }
}

interface IOrphan {
  pid: number;
  start: string;
  program: string;
}

async function processesOf(servers: ReadonlySet<string>): Promise<IOrphan[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter(name => /^\d+$/u.test(name));
  const found = await Promise.all(
    pids.map(async pid => {
      // Of other users' processes it cannot be read; a zombie has none.
      const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
      const server = new RegExp(`(?:^|\0)${SERVER_VARIABLE}=([^\0]*)`, 'u').exec(environment)?.[1];
      if (server === undefined || !servers.has(server)) {
        return [];
      }
      const command = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
      return [{ pid: Number(pid), start: startOf(Number(pid)), program: basename(command.split('\0', 1)[0] ?? '') }];
    })
  );
  return found.flat();
}

function terminate({ pid, program }: IOrphan): void {
  if (!PROGRAMS.test(program)) {
    return;
  }
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It has ended meanwhile.
  }
}
