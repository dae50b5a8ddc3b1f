import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import * as v from 'valibot';

/**
 * A server process, told from every other one: a pid alone is given to somebody else sooner or later. Where Linux's `/proc` is
 * missing, `start`, `boot` and `space` are empty and the pid has to do.
 */
export const Owner = v.object({
  host: v.string(),
  /** Id of the machine's start: after a reboot nothing of before lives. */
  boot: v.string(),
  /** Id of the process namespace: a container counts pids of its own. */
  space: v.string(),
  pid: v.number(),
  /** When the process was started, in ticks since the machine's start. */
  start: v.string()
});
export type Owner = v.InferOutput<typeof Owner>;

/** Longer than the interval in which a server that has jobs renews its entries. */
const HEARTBEAT_AGE = 3 * 60_000;

/** This process. */
export function ourselves(): Owner {
  return {
    host: hostname(),
    boot: read('/proc/sys/kernel/random/boot_id').trim(),
    space: link('/proc/self/ns/pid'),
    pid: process.pid,
    start: startOf(process.pid)
  };
}

/**
 * Whether a server still runs. One on another machine that shares the folder, or in another container, cannot be looked at: it lives as
 * long as it renews what it wrote, at `renewed` the last time.
 */
export function isAlive(owner: Owner, renewed: number, us = ourselves()): boolean {
  if (owner.host === us.host && owner.boot !== us.boot) {
    return false;
  }
  if (owner.host !== us.host || owner.space !== us.space) {
    // Both ways: of what was renewed in the future, the clock was set back since, or that of the other machine is wrong.
    return Math.abs(Date.now() - renewed) < HEARTBEAT_AGE;
  }
  return owner.start === '' ? exists(owner.pid) : startOf(owner.pid) === owner.start;
}

/** When a process was started; empty when there is none, or only the zombie of one. */
export function startOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  // The second field, the name, may hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? '' : (fields[19] ?? '');
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It exists, and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
