import { access, constants, lstat, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from '../../protocol/dataset';
import { type Failure, FailureError } from '../../protocol/failure';
import { keyBytes } from '../annex/key';
import { keyOfLink } from '../annex/pointer';
import { decodePath, fsPath } from '../bytes';
import { isRegular, SYMLINK } from '../git/entry';
import { findRepositoryFolder } from '../git/repositoryFolder';
import { damaged } from '../git/damage';
import { attempt } from './attempt';
import type { IChild } from './folderState';
import { strongest } from './changes';
import type { Repository } from './repository';
import { isGitlink } from './tree';

/** A row without its name and path: what the file is. */
export type Facts = Omit<Row, 'name' | 'path'>;

/** Facts, and why some of them could not be read where they are `unread`. */
export interface IReadFacts {
  facts: Facts;
  failure: Failure | null;
}

type FactsOrWhy = Facts & { failure?: Failure };

/**
 * Finds out what one name of a folder is, by what is on disk: an untracked link of a locked file is `annex` and `new`, as after a move
 * in a terminal; a tracked path that holds plain content is `git`, whatever the index has; a file that left the index only is `other`
 * and `deleted`; an ignored folder is a `directory` without change. The keys of `child.entry` must be loaded. Figures of folders are
 * not part of it. A file that cannot be read is `unread`; one that is gone fails with `not-found`.
 */
export async function readFacts(repository: Repository, folder: string, child: IChild): Promise<IReadFacts> {
  const { value, failure } = await attempt(readAll(repository, folder, child));
  if (failure?.kind === 'not-found') {
    throw new FailureError(failure);
  }
  if (value === null) {
    return { facts: factsOnDisk(repository, child), failure };
  }
  const { failure: why = null, ...facts } = value;
  return { facts, failure: why };
}

/** What is seen of a name where its file or its entry cannot be read. */
function factsOnDisk(repository: Repository, { disk, entry, change }: IChild): Facts {
  const key = entry === undefined ? null : repository.keys.of(entry);
  const tracked = entry === undefined ? 'other' : key === null ? 'git' : 'annex-unlocked';
  const kind = disk?.isDirectory() === true ? 'directory' : disk?.isSymbolicLink() === true ? 'link' : tracked;
  return clean({ kind, change, unread: true });
}

async function readAll(repository: Repository, folder: string, child: IChild): Promise<FactsOrWhy> {
  const { disk } = child;
  if (disk === undefined) {
    return await deletedFacts(repository, child);
  }
  const path = join(folder, child.name);
  if (disk.isSymbolicLink()) {
    return await linkFacts(repository, path, child);
  }
  if (disk.isDirectory()) {
    return await folderFacts(join(repository.root, path), child);
  }
  return disk.isFile() ? await fileFacts(repository, path, child) : { kind: 'other' };
}

async function linkFacts(repository: Repository, path: string, child: IChild): Promise<FactsOrWhy> {
  const target = decodePath(await readlink(fsPath(join(repository.root, path)), { encoding: 'buffer' }));
  const key = keyOfLink(target);
  return key === null
    ? clean({ kind: 'link', change: child.change })
    : clean({ kind: 'annex', change: child.change, key, ...(await contentFacts(repository, key)) });
}

async function folderFacts(absolute: string, child: IChild): Promise<Facts> {
  const isRoot = (await findRepositoryFolder(absolute)) !== null;
  if (!isRoot) {
    // Git passes over what it may not enter, and calls it clean.
    await access(fsPath(absolute), constants.R_OK | constants.X_OK);
  }
  if (isGitlink(child.entry)) {
    return isRoot
      ? clean({ kind: 'dataset', change: child.change })
      : clean({ kind: 'dataset-absent', here: 'no', change: child.change });
  }
  // A file that became a folder is deleted in git's eyes; under one name that is a change of type.
  const own = child.change === 'deleted' ? 'typechange' : child.change;
  return clean({ kind: isRoot ? 'dataset' : 'directory', change: strongest([own, child.below]) });
}

async function fileFacts(repository: Repository, path: string, child: IChild): Promise<FactsOrWhy> {
  const { size } = await lstat(fsPath(join(repository.root, path)));
  const { change, entry } = child;
  if (entry === undefined || child.removed) {
    return clean({ kind: 'other', change, bytes: size });
  }
  if (entry.mode === SYMLINK && change === undefined) {
    return await placeholderFacts(repository, entry, size);
  }
  const indexed = isRegular(entry.mode) ? repository.keys.of(entry) : null;
  // A pointer on disk says by itself what it stands for, also where the index still has something else.
  const pointer = indexed !== null || change !== undefined ? await repository.contents.pointerOnDisk(path, size) : null;
  if (pointer !== null) {
    return clean({ kind: 'annex-unlocked', change, key: pointer, ...(await contentFacts(repository, pointer)) });
  }
  if (indexed === null && repository.keys.lacks(entry)) {
    return {
      ...clean({ kind: 'git', change, bytes: size, unread: true }),
      failure: damaged('objects', `missing blob object ${entry.oid}`)
    };
  }
  return indexed === null
    ? clean({ kind: 'git', change, bytes: size })
    : clean({ kind: 'annex-unlocked', change, key: indexed, here: 'yes', bytes: size });
}

/** Where the file system knows no links, git writes a file that holds what the link would lead to, and calls it unchanged. */
async function placeholderFacts(repository: Repository, entry: { mode: string; oid: string }, size: number): Promise<FactsOrWhy> {
  const key = repository.keys.of(entry);
  return key === null ? { kind: 'link', bytes: size } : clean({ kind: 'annex', key, ...(await contentFacts(repository, key)) });
}

/** Content that may not be looked for is neither here nor not here. */
async function contentFacts(
  repository: Repository,
  key: string
): Promise<Pick<FactsOrWhy, 'here' | 'bytes' | 'damaged' | 'unread' | 'failure'>> {
  const named = keyBytes(key);
  const { value: content, failure } = await attempt(repository.store.look(key));
  if (failure !== null) {
    return { bytes: named, unread: true, failure };
  }
  const damaged = content !== null && named !== undefined && content.size !== named ? { damaged: true as const } : {};
  return { here: content === null ? 'no' : 'yes', bytes: named ?? content?.size, ...damaged };
}

async function deletedFacts(repository: Repository, child: IChild): Promise<FactsOrWhy> {
  const { entry } = child;
  const change = child.change ?? child.below;
  if (entry === undefined) {
    return clean({ kind: 'directory', change });
  }
  if (isGitlink(entry)) {
    return clean({ kind: 'dataset-absent', here: 'no', change });
  }
  const key = repository.keys.of(entry);
  if (key === null) {
    return clean({ kind: entry.mode === SYMLINK ? 'link' : 'git', change });
  }
  return clean({
    kind: entry.mode === SYMLINK ? 'annex' : 'annex-unlocked',
    change,
    key,
    ...(await contentFacts(repository, key))
  });
}

/** Without the fields that are undefined. */
function clean(facts: FactsOrWhy): FactsOrWhy {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as FactsOrWhy;
}
