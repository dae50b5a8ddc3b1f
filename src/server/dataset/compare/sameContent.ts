import { lstat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SideFacts } from '../../../protocol/compare';
import { fsPath } from '../../bytes';
import type { Repository } from '../repository';
import { attempt } from '../attempt';
import type { IRawDifference } from './rawDifferences';

/** A difference with what its sides are. */
export interface IDescribed extends IRawDifference {
  facts: { before?: SideFacts; after?: SideFacts };
}

/** Files on disk that are read to see whether they are what is gone elsewhere. */
const MOST_READ = 200;

/**
 * Joins what is gone and what has come with the same content to renames, where git does not: a locked file that was moved to another
 * depth has another link, and to what is not in the index yet git pays no heed.
 */
export async function joinRenamed(
  repository: Repository,
  changes: readonly IDescribed[],
  signal?: AbortSignal
): Promise<IDescribed[]> {
  const gone = new Map<string, IDescribed[]>();
  for (const change of changes.filter(isGone)) {
    const identity = identityOf(change, 'before');
    gone.set(identity, [...(gone.get(identity) ?? []), change]);
  }
  const joined = new Map<IDescribed, IDescribed>();
  let left = MOST_READ;
  for (const change of changes.filter(({ status }) => status === 'added')) {
    const known = identityOf(change, 'after');
    const candidates = known === '' ? [...gone.values()].flat() : (gone.get(known) ?? []);
    const free = candidates.filter(old => !joined.has(old));
    const ordered = [...free.filter(old => isNamesake(old, change)), ...free.filter(old => !isNamesake(old, change))];
    for (const old of ordered) {
      if (known !== '' || (left > 0 && (await holds(repository, change, old, { read: () => (left -= 1), signal })))) {
        joined.set(old, change);
        break;
      }
    }
  }
  const news = new Map([...joined].map(([old, change]) => [change, old]));
  return changes.filter(change => !joined.has(change)).map(change => renamed(change, news.get(change)));
}

/** Joins what is gone and what has come where others found a rename between these names, whatever the contents are. */
export function joinAsIn(changes: readonly IDescribed[], renames: readonly IRawDifference[]): IDescribed[] {
  const before = new Map(renames.flatMap(({ path, oldPath }) => (oldPath === undefined ? [] : [[path, oldPath] as const])));
  const gone = new Map(changes.filter(({ status }) => status === 'deleted').map(change => [change.path, change]));
  const news = new Map<IDescribed, IDescribed>();
  for (const change of changes.filter(({ status }) => status === 'added')) {
    const old = gone.get(before.get(change.path) ?? '');
    if (old !== undefined) {
      news.set(change, old);
    }
  }
  const joined = new Set(news.values());
  return changes.filter(change => !joined.has(change)).map(change => renamed(change, news.get(change)));
}

/** Empty blobs are the same everywhere, which means nothing. */
function isGone({ status, before, facts }: IDescribed): boolean {
  return (
    status === 'deleted' && before !== null && before !== 'disk' && facts.before?.bytes !== 0 && facts.before?.kind !== 'dataset'
  );
}

function isNamesake(one: IDescribed, other: IDescribed): boolean {
  return basename(one.path) === basename(other.path);
}

/** What stands for the content of a side; empty where only reading it tells. */
function identityOf(change: IDescribed, side: 'before' | 'after'): string {
  const entry = change[side];
  return change.facts[side]?.key ?? (entry === null || entry === 'disk' ? '' : `${entry.mode.slice(0, 3)} ${entry.oid}`);
}

/** Whether a file on disk has the content of an entry; it is read only where its size is the same. */
async function holds(
  { root, contents }: Repository,
  { path, facts }: IDescribed,
  old: IDescribed,
  { read, signal }: { read: () => void; signal?: AbortSignal }
): Promise<boolean> {
  const size = facts.after?.bytes;
  if (old.before === null || old.before === 'disk' || size === undefined || size !== old.facts.before?.bytes) {
    return false;
  }
  if ((await lstat(fsPath(join(root, path))).catch(() => null))?.isFile() !== true || old.facts.before.kind === 'annex') {
    return false;
  }
  read();
  return (await attempt(contents.differs(path, old.before, signal))).value === false;
}

function renamed(change: IDescribed, old: IDescribed | undefined): IDescribed {
  return old === undefined
    ? change
    : {
        status: 'renamed',
        path: change.path,
        oldPath: old.path,
        before: old.before,
        after: change.after,
        facts: { ...old.facts, ...change.facts }
      };
}

/** The same difference, seen from the other side. */
export function reversed({ status, path, oldPath, before, after, facts }: IDescribed): IDescribed {
  const turned = status === 'added' ? 'deleted' : status === 'deleted' ? 'added' : status;
  return {
    status: turned,
    path: oldPath ?? path,
    ...(oldPath === undefined ? {} : { oldPath: path }),
    before: after,
    after: before,
    facts: {
      ...(facts.after === undefined ? {} : { before: facts.after }),
      ...(facts.before === undefined ? {} : { after: facts.before })
    }
  };
}
