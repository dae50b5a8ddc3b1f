import { join } from 'node:path';
import type { CommitId } from '../../../protocol/revision';
import type { IBlob } from '../../annex/keys';
import type { Opened } from '../../dataset/runs/content';
import type { Repository } from '../../dataset/repository';
import { GITLINK } from '../../git/entry';
import { objectIds } from '../../git/objects';
import { parseRawDiff } from '../../git/rawDiff';
import type { AbsolutePath } from '../../paths';

/** One side of a file that differs; null where there is none. */
export interface IFileSide extends IBlob {
  /** What it is known by: its annex key, or its blob. */
  readonly name: string;
  readonly key: string | null;
}

/** How a file differs between two commits. */
export interface IFileChange {
  /** The repository that has it: the dataset, or a subdataset below it. */
  readonly repository: Repository;
  /** Relative to the dataset that was asked about. */
  readonly path: string;
  readonly old: IFileSide | null;
  readonly now: IFileSide | null;
}

const ARGUMENTS = ['diff-tree', '-r', '--raw', '-z', '--no-renames', '--no-ext-diff', '--ignore-submodules=none', '--full-index'];

/** The files that differ between two commits by content, also in subdatasets where both have one that is installed. */
export async function changesBetween(
  repository: Repository,
  { from, to, opened, signal }: { from: CommitId; to: CommitId; opened: Opened; signal: AbortSignal }
): Promise<Map<string, IFileChange>> {
  const { git, keys, root } = repository;
  const changes = parseRawDiff(await git.read([...ARGUMENTS, from, to, '--'], { signal, noIndex: true }));
  const sides = changes.flatMap(({ oldMode, oldOid, newMode, newOid }) => [
    { mode: oldMode, oid: oldOid },
    { mode: newMode, oid: newOid }
  ]);
  await keys.load(sides, signal);
  const side = (blob: IBlob): IFileSide => {
    const key = keys.of(blob);
    return { ...blob, key, name: key ?? `git:${blob.oid}` };
  };
  const found = new Map<string, IFileChange>();
  for (const { path, status, oldMode, oldOid, newMode, newOid } of changes) {
    const old = status === 'A' ? null : side({ mode: oldMode, oid: oldOid });
    const now = status === 'D' ? null : side({ mode: newMode, oid: newOid });
    const inner =
      oldMode === GITLINK && newMode === GITLINK
        ? await inside(await opened.at(join(root, path) as AbsolutePath), { from: oldOid, to: newOid, opened, signal })
        : null;
    if (inner !== null) {
      inner.forEach(change => found.set(`${path}/${change.path}`, { ...change, path: `${path}/${change.path}` }));
    } else if (old?.name !== now?.name || (old?.key === null && old.mode !== now?.mode)) {
      found.set(path, { repository, path, old, now });
    }
  }
  return found;
}

/** Null where one of the commits is not there. */
async function inside(
  repository: Repository | null,
  { from, to, ...options }: { from: string; to: string; opened: Opened; signal: AbortSignal }
): Promise<Map<string, IFileChange> | null> {
  if (repository === null || (await objectIds(repository.git, [from, to])).includes(null)) {
    return null;
  }
  return await changesBetween(repository, { from: from as CommitId, to: to as CommitId, ...options });
}
