import { lstat, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePath, fsPath } from '../../bytes';
import { keyOfLink } from '../../annex/pointer';
import { parseIndex, SYMLINK } from '../../git/entry';
import { mapLimited } from '../../mapLimited';
import { isWithin } from '../../nesting';
import type { Repository } from '../repository';
import { placeIn } from './parseRecord';

const WILD = /[*?[]/u;
const AT_ONCE = 8;

/** What a record's patterns lead to, beside files of the dataset; null where nothing is wrong with them. */
export type PatternTrouble = 'outside' | 'links';

/**
 * Whether patterns of a record stay in the dataset. They are expanded by Python's `glob`, which goes through links to folders: a `**` beside
 * a link to `/` would walk over the whole machine. Only links that git knows are looked at; a rerun begins in a clean dataset.
 */
export async function troubleOf(
  repository: Repository,
  { folder, patterns, signal }: { folder: string; patterns: readonly string[]; signal: AbortSignal }
): Promise<PatternTrouble | null> {
  const places = patterns.map(pattern => placeIn(folder, pattern));
  if (places.includes(null)) {
    return 'outside';
  }
  const within = places.filter(place => place !== null);
  for (const base of new Set([folder, ...within.map(baseOf)])) {
    if (!(await staysIn(repository.root, base))) {
      return 'links';
    }
  }
  const walked = within.filter(walksFolders).map(baseOf);
  if (walked.length === 0) {
    return null;
  }
  const links = await linksIn(repository, signal);
  const below = links.filter(link => walked.some(base => base === '' || isWithin(link, base)));
  const leaving = await mapLimited(below, AT_ONCE, async link => !(await staysIn(repository.root, link)));
  return leaving.includes(true) ? 'links' : null;
}

/** The folders of a path or pattern before the first one with a wildcard, and before its last name. */
function baseOf(pattern: string): string {
  const names = pattern.split('/').slice(0, -1);
  const wild = names.findIndex(name => WILD.test(name));
  return (wild < 0 ? names : names.slice(0, wild)).join('/');
}

/** Whether what matches depends on which folders there are. */
function walksFolders(pattern: string): boolean {
  return WILD.test(pattern.split('/').slice(0, -1).join('/')) || pattern.endsWith('**');
}

/** Whether a place that is there is one of the dataset, however it is reached. */
async function staysIn(root: string, place: string): Promise<boolean> {
  try {
    const [top, real] = await Promise.all([realpath(fsPath(root)), realpath(fsPath(join(root, place)))]);
    return isWithin(real, top);
  } catch {
    // Where nothing is there is nothing to be led to.
    return true;
  }
}

/** Links that git knows and that are none of the annex; decoded paths relative to the dataset. */
async function linksIn({ git, root }: Repository, signal: AbortSignal): Promise<string[]> {
  const index = parseIndex(await git.read(['ls-files', '-s', '-z'], { signal }));
  const links = index.filter(({ mode }) => mode === SYMLINK).map(({ path }) => path);
  const plain = await mapLimited(links, AT_ONCE, async path => {
    const place = fsPath(join(root, path));
    const target = (await lstat(place).catch(() => null))?.isSymbolicLink() === true ? await readlink(place, 'buffer') : null;
    return target !== null && keyOfLink(decodePath(target)) === null ? path : null;
  });
  return plain.filter(path => path !== null);
}
