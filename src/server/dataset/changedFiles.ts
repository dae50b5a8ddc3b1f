import { lstat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ChangedFile } from '../../protocol/dataset';
import { fsPath } from '../bytes';
import { type IChange, readChanges } from './changes';
import type { IChild } from './folderState';
import { mapLimited } from '../mapLimited';
import type { Repository } from './repository';
import { readFacts } from './rowBuilder';

/** More changes are not listed: nobody ticks ten thousand boxes. */
const MAX_CHANGES = 10_000;

type IChangedFile = Omit<ChangedFile, 'path' | 'name'> & { path: string };

const DIRTY_SUBDATASET = { kind: 'dataset', change: 'modified', staged: false, inside: true } as const;

/** The unsaved changes of a dataset with paths relative to it, untracked folders as one. */
export async function listChanges(
  repository: Repository,
  signal: AbortSignal
): Promise<{ files: IChangedFile[]; truncated: boolean }> {
  const changes = [...(await readChanges(repository, '', signal)).values()];
  const listed = changes.slice(0, MAX_CHANGES).sort((one, other) => (one.path < other.path ? -1 : 1));
  await repository.keys.load(
    listed.flatMap(change => change.entry ?? []),
    signal
  );
  const files = await mapLimited(listed, 16, change => describe(repository, change));
  return { files, truncated: changes.length > MAX_CHANGES };
}

/** The changes and the subdatasets that have unsaved changes of their own, whether another commit of them is checked out or not. */
export function withDirtySubdatasets(files: readonly IChangedFile[], dirty: readonly string[]): IChangedFile[] {
  const inside = new Set(dirty);
  const listed = files.map(file => (inside.delete(file.path) ? { ...file, inside: true as const } : file));
  const others = [...inside].map(path => ({ path, ...DIRTY_SUBDATASET }));
  return [...listed, ...others].sort((one, other) => (one.path < other.path ? -1 : 1));
}

async function describe(repository: Repository, change: IChange): Promise<IChangedFile> {
  const { path, staged } = change;
  const child: IChild = { name: basename(path), change: change.change, entry: change.entry, removed: change.removed === true };
  const stats = await lstat(fsPath(join(repository.root, path))).catch(() => undefined);
  const folder = dirname(path) === '.' ? '' : dirname(path);
  const { facts } = await readFacts(repository, folder, { ...child, disk: stats });
  return {
    path,
    kind: facts.kind,
    change: facts.change ?? change.change,
    staged,
    ...(facts.bytes === undefined ? {} : { bytes: facts.bytes }),
    ...(stats === undefined ? {} : { modified: stats.mtimeMs })
  };
}
