import { join } from 'node:path';
import { objectIds, readBlobs } from '../git/objects';
import type { GitReader } from '../git/reader';
import { readRefs } from '../git/refs';
import { readRegular } from '../regularFile';

const LOG = 'config.log';
const LINE = /^(\d+(?:\.\d+)?)s (\S+) ?(.*)$/;

/** The branches in which git-annex keeps its notes: those of siblings are merged by the next command that writes. */
export const ANNEX_BRANCHES = ['refs/heads/git-annex', 'refs/remotes/*/git-annex'];

/**
 * What `git annex config` has set for all clones, by all branches and the journal; the newest word counts, and an empty one takes a
 * setting back.
 */
export async function readGlobalConfig(git: GitReader, annexDir: string, signal?: AbortSignal): Promise<Map<string, string>> {
  const branches = [...(await readRefs(git, ANNEX_BRANCHES)).keys()];
  const texts = (await git.isPartial()) ? await oneByOne(git, branches, signal) : await together(git, branches, signal);
  const journal = await readRegular(join(annexDir, 'journal', LOG));
  return parseConfigLog([...texts, ...(journal === null ? [] : [journal.toString()])].join('\n'));
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

async function together(git: GitReader, branches: readonly string[], signal?: AbortSignal): Promise<string[]> {
  const ids = await objectIds(
    git,
    branches.map(branch => `${branch}:${LOG}`),
    signal
  );
  const blobs = await readBlobs(git, [...new Set(ids.filter(id => id !== null))], signal);
  return [...blobs.values()].map(String);
}

/** A partial clone may lack some of them. */
async function oneByOne(git: GitReader, branches: readonly string[], signal?: AbortSignal): Promise<string[]> {
  const texts = await Promise.all(
    branches.map(branch => git.readOr([128], ['cat-file', 'blob', `${branch}:${LOG}`], { signal }))
  );
  return texts.flatMap(text => (text === null ? [] : [text.toString()]));
}
