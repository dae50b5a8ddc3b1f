import { join } from 'node:path';
import type { Change } from '../../protocol/dataset';
import type { Failure } from '../../protocol/failure';
import { TREE } from '../git/entry';
import { attempt } from './attempt';
import { type IChange, readChanges, strongest } from './changes';
import { type DiskEntry, listFolder } from './listFolder';
import type { Repository } from './repository';
import { readTree } from './tree';

/** What is known of one name in a folder before the file itself is looked at. */
export interface IChild {
  name: string;
  /** What is on disk; absent when nothing is. */
  disk?: DiskEntry;
  /** What the index has under this very name: a file, a link or a subdataset; for deleted ones what HEAD or the index had. */
  entry?: { mode: string; oid: string };
  /** Of the name itself. */
  change?: Change;
  /** Not in the index any more. */
  removed: boolean;
  /** The strongest change below it, when it is a folder. */
  below?: Change;
}

/** More names than anyone scrolls through; the listing then says that it is cut. */
export const MAX_CHILDREN = 50_000;

/** The names of a folder that are listed, in their order, and those beyond them, which have no rows. */
export function listedNames<T>(disk: ReadonlyMap<string, T>): { listed: ReadonlyMap<string, T>; beyond: ReadonlySet<string> } {
  if (disk.size <= MAX_CHILDREN) {
    return { listed: disk, beyond: new Set() };
  }
  const names = [...disk.keys()].sort();
  const listed = new Map<string, T>();
  for (const name of names.slice(0, MAX_CHILDREN)) {
    const entry = disk.get(name);
    if (entry !== undefined) {
      listed.set(name, entry);
    }
  }
  return { listed, beyond: new Set(names.slice(MAX_CHILDREN)) };
}

/** The part of a path that is directly in the folder it is relative to. */
export function firstName(relative: string): string {
  const slash = relative.indexOf('/');
  return slash < 0 ? relative : relative.slice(0, slash);
}

/**
 * Joins disk, index and HEAD for one folder; `folder` is relative to the dataset, empty for its root. What is on disk stands where git
 * cannot read the index or the commit: `failure` says why.
 */
export async function readFolderState(
  repository: Repository,
  folder: string,
  { only, signal }: { only?: string; signal?: AbortSignal } = {}
): Promise<{ children: IChild[]; truncated: boolean; failure: Failure | null }> {
  const [disk, tree, changes] = await Promise.all([
    readDisk(join(repository.root, folder)),
    attempt(readTree(repository, folder, signal)),
    attempt(readChanges(repository, folder, signal))
  ]);
  const children = new Map<string, IChild>();
  const child = (name: string): IChild => {
    const known = children.get(name) ?? { name, removed: false };
    children.set(name, known);
    return known;
  };
  const wanted = only === undefined ? disk : new Map([...disk].filter(([name]) => name === only));
  const { listed, beyond } = listedNames(wanted);
  listed.forEach((entry, name) => (child(name).disk = entry));
  for (const [name, { mode, oid }] of tree.value ?? []) {
    // What is neither on disk nor changed is kept out of sight by git itself (sparse checkouts).
    if (mode !== TREE && children.has(name)) {
      child(name).entry = { mode, oid };
    }
  }
  for (const change of changes.value?.values() ?? []) {
    const relative = folder === '' ? change.path : change.path.slice(folder.length + 1);
    // Without what is on disk it would be taken for deleted.
    if (!beyond.has(firstName(relative)) && (only === undefined || firstName(relative) === only)) {
      addChange(child, change, relative);
    }
  }
  children.delete('.git');
  return {
    children: [...children.values()],
    truncated: beyond.size > 0,
    failure: changes.failure ?? tree.failure
  };
}

/** Adds what is known of a change to the child that it is, or lies below; `relative` to the folder. */
export function addChange(child: (name: string) => IChild, change: IChange, relative: string): void {
  const first = firstName(relative);
  if (first !== relative) {
    const around = child(first);
    around.below = strongest([around.below, change.change]);
    return;
  }
  const own = child(relative);
  own.change = change.change;
  own.entry = change.entry;
  own.removed = change.removed === true;
}

/** Nothing on disk is an answer: a folder may be deleted and still be in the index. */
async function readDisk(path: string): Promise<Map<string, DiskEntry>> {
  try {
    return await listFolder(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return new Map();
    }
    throw error;
  }
}
