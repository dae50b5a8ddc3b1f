import type { GitReader } from '../git/reader';
import { readBranchLogs } from './branchLogs';

const LOG = 'config.log';
const LINE = /^(\d+(?:\.\d+)?)s (\S+) ?(.*)$/;

/**
 * What `git annex config` has set for all clones, by all branches and the journal; the newest word counts, and an empty one takes a
 * setting back.
 */
export async function readGlobalConfig(git: GitReader, annexDir: string, signal?: AbortSignal): Promise<Map<string, string>> {
  const logs = await readBranchLogs({ git, annexDir }, [LOG], signal);
  return parseConfigLog(logs.get(LOG) ?? '');
}

/** Reads `config.log`: `1700000001s annex.largefiles anything`, a line per setting and time in no order. */
export function parseConfigLog(text: string): Map<string, string> {
  const newest = new Map<string, { time: number; value: string }>();
  for (const line of text.split('\n')) {
    const [, time, key, value = ''] = LINE.exec(line) ?? [];
    const known = key === undefined ? undefined : newest.get(key);
    if (key !== undefined && (known === undefined || Number(time) >= known.time)) {
      newest.set(key, { time: Number(time), value });
    }
  }
  return new Map([...newest].filter(([, { value }]) => value !== '').map(([key, { value }]) => [key, value]));
}
