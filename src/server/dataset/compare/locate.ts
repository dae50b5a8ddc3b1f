import { lstat, readlink, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Body, SideFacts } from '../../../protocol/compare';
import type { Side } from '../../../protocol/revision';
import { keyOfLink } from '../../annex/pointer';
import { decodePath, displayName, fsPath } from '../../bytes';
import { damaged } from '../../git/damage';
import { GITLINK, SYMLINK } from '../../git/entry';
import { parseRawDiff } from '../../git/rawDiff';
import { readHeadFile } from '../../git/refFile';
import { findRepositoryFolder } from '../../git/repositoryFolder';
import { objectSizes, readBlobs } from '../../git/objects';
import { readUnstaged } from '../changes';
import type { Repository } from '../repository';
import { entryAt, indexEntryAt, pathspec } from './entryAt';
import { FactsReader, ofKey } from './facts';
import { treeish } from './sides';
import type { Source } from './source';

/** One file on one side: what it is, and where its bytes are, or what to show in their place. */
export interface ILocated {
  facts: SideFacts | null;
  at: Source | Exclude<Body, { type: 'text' | 'image' }>;
  /** Of annexed content. */
  here?: boolean;
}

const ABSENT: ILocated = { facts: null, at: { type: 'absent' } };

/** Finds a file of a dataset on one side; `path` is relative to the dataset. */
export async function locate(
  repository: Repository,
  side: Side,
  { path, signal }: { path: string; signal?: AbortSignal }
): Promise<ILocated> {
  if (side === 'nothing') {
    return ABSENT;
  }
  return side === 'worktree' ? await inWorkTree(repository, path, signal) : await inCommit(repository, side, { path, signal });
}

async function inCommit(
  repository: Repository,
  side: Exclude<Side, 'worktree'>,
  { path, signal }: { path: string; signal?: AbortSignal }
): Promise<ILocated> {
  const entry = await entryAt(repository, await treeish(repository, side), { path, signal });
  if (entry === null || entry.mode === '040000') {
    return ABSENT;
  }
  if (entry.mode === GITLINK) {
    return { facts: { kind: 'dataset' }, at: { type: 'dataset', commit: entry.oid } };
  }
  const reader = new FactsReader(repository);
  await reader.load([entry], signal);
  const facts = reader.of(entry);
  if (facts.key !== undefined) {
    return await ofContent(repository, facts, facts.key);
  }
  if (entry.mode === SYMLINK) {
    const target = (await readBlobs(repository.git, [entry.oid], signal)).get(entry.oid);
    return target === undefined ? lacks(facts, entry.oid) : ofLink(target);
  }
  const bytes = (await objectSizes(repository.git, [entry.oid], signal)).get(entry.oid);
  return bytes === undefined ? lacks(facts, entry.oid) : { facts, at: { type: 'blob', oid: entry.oid, bytes } };
}

function lacks(facts: SideFacts, oid: string): ILocated {
  return { facts, at: { type: 'unreadable', failure: damaged('objects', `missing blob object ${oid}`) } };
}

function ofLink(target: Uint8Array): ILocated {
  return { facts: { kind: 'link' }, at: { type: 'link', target: displayName(decodePath(target)) } };
}

/** Annexed content, of this or of an earlier version: of exactly this key, if it is here. */
async function ofContent(repository: Repository, facts: SideFacts, key: string): Promise<ILocated> {
  const content = await repository.store.look(key);
  if (content === null || !(await liesIn(content.path, join(repository.store.annexDir, 'objects')))) {
    return { facts, at: { type: 'not-here' }, here: false };
  }
  return { facts: { ...facts, bytes: content.size }, at: { type: 'file', path: content.path, bytes: content.size }, here: true };
}

/** Whether a path leads below a folder without a link on the way. */
async function liesIn(path: string, folder: string): Promise<boolean> {
  const [real, top] = await Promise.all([realPath(path), realPath(folder)]);
  return real !== null && top !== null && real === join(top, path.slice(folder.length));
}

async function realPath(path: string): Promise<string | null> {
  return await realpath(fsPath(path), { encoding: 'buffer' }).then(decodePath, () => null);
}

async function inWorkTree(repository: Repository, path: string, signal?: AbortSignal): Promise<ILocated> {
  const file = join(repository.root, path);
  // A folder on the way that is a link to elsewhere holds no files of this dataset.
  const stats = (await liesIn(dirname(file), repository.root)) ? await lstat(fsPath(file)).catch(() => null) : null;
  if (stats === null) {
    return ABSENT;
  }
  if (stats.isSymbolicLink()) {
    const target = await readlink(fsPath(file), { encoding: 'buffer' });
    const key = keyOfLink(decodePath(target));
    return key === null ? ofLink(target) : await ofContent(repository, ofKey('annex', key), key);
  }
  if (stats.isDirectory()) {
    return await ofFolder(file);
  }
  if (!stats.isFile()) {
    return { facts: { kind: 'other' }, at: { type: 'binary' } };
  }
  const pointer = await repository.contents.pointerOnDisk(path, stats.size);
  if (pointer !== null) {
    return await ofContent(repository, ofKey('annex-unlocked', pointer), pointer);
  }
  const at = { type: 'file', path: file, bytes: stats.size } as const;
  const entry = await indexEntryAt(repository, { path, signal });
  const key = entry === null || entry.mode === SYMLINK ? null : await repository.keys.read(entry, signal);
  if (entry === null || key === null) {
    return { facts: { kind: entry === null ? 'other' : 'git', bytes: stats.size }, at };
  }
  const edited = await isEdited(repository, path, signal);
  return { facts: { kind: 'annex-unlocked', bytes: stats.size, ...(edited ? {} : { key }) }, at, here: true };
}

/** Whether an unlocked file holds other content than its key stands for; what git knows to be the same is not read. */
export async function isEdited(repository: Repository, path: string, signal?: AbortSignal): Promise<boolean> {
  const args = ['diff-files', '--raw', '-z', '--no-renames', '--no-abbrev', '--no-ext-diff', '--', ...pathspec(path)];
  const listed = parseRawDiff(await repository.git.readWorkTree(args, { signal })).filter(raw => raw.path === path);
  return (await readUnstaged(repository, listed, signal)).length > 0;
}

/** A subdataset by the commit that is checked out; a folder is no file, and counts as not there. */
async function ofFolder(path: string): Promise<ILocated> {
  const folder = await findRepositoryFolder(path);
  if (folder === null) {
    return ABSENT;
  }
  const head = await readHeadFile(folder);
  return { facts: { kind: 'dataset' }, at: { type: 'dataset', commit: head?.commit ?? null } };
}
