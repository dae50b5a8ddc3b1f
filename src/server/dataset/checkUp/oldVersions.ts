import type { Found, FoundCommit, FoundGroup } from '../../../protocol/checkUp';
import { FailureError } from '../../../protocol/failure';
import { keyOfLink, keyOfPointer } from '../../annex/pointer';
import { decodePath, displayName } from '../../bytes';
import { objectSizes, readSoundBlobs } from '../../git/objects';
import type { GitReader } from '../../git/reader';
import { readHead, readRefs } from '../../git/refs';
import { readKeyCopies } from '../copies/keyCopies';
import type { Repository } from '../repository';
import { indexedFiles } from './annexedFiles';
import { groupOf } from './group';
import { keysHere } from './keysHere';
import { parsePast } from './parsePast';

/** Longer blobs are neither links nor pointers. */
const LONGEST = 4_096;
/** Git-annex keeps its notes there; `refs/annex/last-index` is the index as it was when git-annex last looked. */
const NOTES = /^refs\/(?:annex\/|synced\/|(?:heads|remotes)\/(?:.+\/)?git-annex$)/u;
/** What discards keep is no history. */
const OURS = 'refs/jupyterlab-datalad/';
/** Commits named for one key. */
const NAMED = 5;

/** Keys here that no branch, no tag and nothing in the index names, as `git annex unused` finds them. */
export async function unnamedKeys(
  repository: Repository,
  signal: AbortSignal
): Promise<{ keys: Map<string, number>; tips: Set<string> }> {
  const { git, store } = repository;
  const [here, indexed, refs, head] = await Promise.all([
    keysHere(store, signal),
    indexedFiles(repository, signal),
    readRefs(git, []),
    readHead(git)
  ]);
  const tips = [...refs].filter(([ref]) => !NOTES.test(ref)).map(([, oid]) => oid);
  const objects = await objectsAt(git, [...new Set([...tips, ...(head.commit === null ? [] : [head.commit])])], signal);
  const named = new Set((await keysIn(git, [...objects], signal)).values());
  indexed.forEach(({ key }) => (key === null ? undefined : named.add(key)));
  return { keys: new Map([...here].filter(([key]) => !named.has(key))), tips: objects };
}

/** The same by size, with the commits that need them. */
export async function oldVersions(repository: Repository, signal: AbortSignal): Promise<FoundGroup[]> {
  const { keys, tips } = await unnamedKeys(repository, signal);
  if (keys.size === 0) {
    return [];
  }
  const names = [...keys.keys()];
  const copies = await readKeyCopies(repository, names, signal);
  const past = await searchPast(repository.git, tips, signal);
  const found = names.map((key, at): Found => {
    const { paths = [], commits = [] } = past?.get(key) ?? {};
    const [newest = key] = paths;
    return {
      name: displayName(newest),
      key: displayName(key),
      bytes: keys.get(key) ?? 0,
      where: copies.of(at).copies.map(({ name }) => displayName(name)),
      ...(commits.length === 0 ? {} : { commits: commits.slice(0, NAMED) })
    };
  });
  if (past === null) {
    return groupOf('only-in-history', found, { unsearched: true });
  }
  return [
    ...groupOf(
      'only-in-history',
      found.filter(({ commits }) => commits !== undefined)
    ),
    ...groupOf(
      'unused',
      found.filter(({ commits }) => commits === undefined)
    )
  ];
}

/** All objects below some commits and trees themselves, whatever came before them. */
async function objectsAt(git: GitReader, oids: readonly string[], signal: AbortSignal): Promise<Set<string>> {
  if (oids.length === 0) {
    return new Set();
  }
  const args = ['rev-list', '--objects', '--no-walk=unsorted', '--ignore-missing', '--missing=allow-any', '--stdin'];
  const output = await git.read(args, { input: oids.map(oid => `${oid}\n`).join(''), signal });
  // Behind an id stands a name, which may have a line break in it.
  return new Set([...output.toString('latin1').matchAll(/^[0-9a-f]{40,64}(?= |$)/gmu)].map(([oid]) => oid));
}

/** The keys that blobs stand for, as links or as pointers; a blob may be either, and counts as what it can be read as. */
async function keysIn(git: GitReader, oids: readonly string[], signal: AbortSignal): Promise<Map<string, string>> {
  const sizes = await objectSizes(git, oids, signal);
  const short = [...sizes].filter(([, size]) => size <= LONGEST).map(([oid]) => oid);
  const keys = new Map<string, string>();
  for (const [oid, content] of await readSoundBlobs(git, short, signal)) {
    const key = keyOfPointer(content) ?? keyOfLink(decodePath(content));
    if (key !== null) {
      keys.set(oid, key);
    }
  }
  return keys;
}

/** Where content was that is in no tip any more, and what brought it there, the newest first. */
interface IPast {
  readonly paths: Set<string>;
  readonly commits: FoundCommit[];
}

/** The past of all such content by its key; null where the history is too long. */
export async function searchPast(
  git: GitReader,
  tips: ReadonlySet<string>,
  signal: AbortSignal
): Promise<Map<string, IPast> | null> {
  const exclude = ['refs/annex/*', 'refs/heads/git-annex', 'refs/heads/synced/git-annex', 'refs/remotes/*/git-annex', `${OURS}*`];
  const args = [
    ...[
      'log',
      '--raw',
      '-z',
      '--no-abbrev',
      '--no-renames',
      '--no-ext-diff',
      '--diff-merges=first-parent',
      '--format=>%H %ct %s'
    ],
    ...exclude.map(ref => `--exclude=${ref}`),
    ...['--all', '--']
  ];
  const output = await git.read(args, { signal }).catch((error: unknown) => {
    if (error instanceof FailureError && ['timeout', 'unknown'].includes(error.failure.kind)) {
      return null;
    }
    throw error;
  });
  if (output === null) {
    return null;
  }
  const changes = [...parsePast(output)].filter(({ oid }) => !tips.has(oid));
  const keys = await keysIn(git, [...new Set(changes.map(({ oid }) => oid))], signal);
  const past = new Map<string, IPast>();
  for (const { oid, path, commit } of changes) {
    const key = keys.get(oid);
    if (key !== undefined) {
      const known = past.get(key) ?? { paths: new Set<string>(), commits: [] };
      known.paths.add(path);
      known.commits.push(commit);
      past.set(key, known);
    }
  }
  return past;
}
