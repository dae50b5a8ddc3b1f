import { constants } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../../../protocol/failure';
import { displayName, fsPath } from '../../bytes';
import { readChanges } from '../../dataset/changes';
import { Repository } from '../../dataset/repository';
import type { IGitEntry } from '../../git/entry';
import type { AbsolutePath } from '../../paths';
import { entriesAt } from '../jobs/indexEntries';
import type { ITools } from '../jobs/withoutDatalad/tools';
import { makeFolders, moveAside, moveTo, removeEmptied, statsOf, statsWithin } from './files';
import { promise, setIndex } from './indexState';
import { hashOf, type Kept, type Manifest } from './manifest';
import { Shelf } from './shelf';

/** Files that stand in the place of what is put back; each is as the last commit has it, or the work ends here. */
type Standing = { readonly kept: Kept; readonly ino: number; readonly size: number; readonly mtimeMs: number };

/**
 * Brings a discard back exactly: files, links, permissions, folders and the index. Fails with `changed-since`, before anything is
 * touched, where a file is not as the discard left it. May be begun again after it was stopped at any step: what is back is passed over.
 * `rollback`: the discard itself failed midway.
 */
export async function putBack(tools: ITools, manifest: Manifest, { rollback = false } = {}): Promise<void> {
  const { workTree } = tools;
  const shelf = new Shelf(workTree);
  const standing = await findStanding(tools, manifest, { rollback });
  for (const { kept, ino, size, mtimeMs } of standing) {
    // Moved, then looked at: between a look and a deletion somebody could write.
    const [from, aside] = [join(workTree.folder, kept.path), shelf.file(manifest.id, `replaced-${standing.length}`)];
    if (await moveAside(from, aside)) {
      const stats = await statsOf(aside);
      if (stats?.ino !== ino || stats.size !== size || stats.mtimeMs !== mtimeMs) {
        await moveTo(aside, from);
        refuse([kept.path]);
      }
      await unlink(fsPath(aside));
    }
  }
  const known = new Set(manifest.folders.map(({ path }) => path));
  await removeEmptied(
    workTree.folder,
    foldersAround(manifest.entries).filter(path => !known.has(path))
  );
  await makeFolders(workTree.folder, manifest.folders);
  for (const { path, work } of manifest.entries) {
    if (work !== null && (await statsOf(shelf.file(manifest.id, work.name))) !== null) {
      await moveTo(shelf.file(manifest.id, work.name), join(workTree.folder, path));
    }
  }
  const now = await entriesOf(tools, manifest);
  // Not touched where it is right: a discard that could not write the index can then be taken back all the same.
  const other = manifest.entries.filter(({ path, index }) => !same(now.get(path) ?? null, index));
  await setIndex(
    tools,
    other.map(({ path, index }) => ({ path, entry: index }))
  );
  await promise(
    tools,
    manifest.entries.filter(({ intent }) => intent === true).map(({ path }) => path)
  );
}

/** What has to give way; fails where something is there that the discard did not leave. */
async function findStanding(tools: ITools, manifest: Manifest, { rollback }: { rollback: boolean }): Promise<Standing[]> {
  const { workTree, env, signal } = tools;
  const shelf = new Shelf(workTree);
  const repository = await Repository.open(workTree.folder as AbsolutePath, env);
  const index = await entriesOf(tools, manifest);
  const changes = await readChanges(repository, '', signal);
  const standing: Standing[] = [];
  const changed: string[] = [];
  for (const kept of manifest.entries) {
    const stats = await statsWithin(workTree.folder, kept.path);
    const shelved = kept.work === null ? null : await statsOf(shelf.file(manifest.id, kept.work.name));
    const isBack = kept.work !== null && (shelved === null || (shelved.ino === stats?.ino && shelved.dev === stats.dev));
    const now = index.get(kept.path) ?? null;
    if (!rollback && !kept.intent && !same(now, kept.head) && !same(now, kept.index)) {
      changed.push(kept.path);
    } else if (!isBack && stats !== null && !stats.isDirectory()) {
      const isLeft =
        kept.left === undefined ? !changes.has(kept.path) : await hasHash(join(workTree.folder, kept.path), kept.left);
      if (kept.head === null || !same(now, kept.head) || !isLeft) {
        changed.push(kept.path);
      } else {
        standing.push({ kept, ino: stats.ino, size: stats.size, mtimeMs: stats.mtimeMs });
      }
    }
  }
  if (changed.length > 0) {
    refuse(changed);
  }
  return standing;
}

/** Whether a file is what a discard of parts has left there. */
async function hasHash(path: string, hash: string): Promise<boolean> {
  const file = await open(fsPath(path), constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return hashOf(await file.readFile()) === hash;
  } finally {
    await file.close();
  }
}

async function entriesOf({ workTree, signal }: ITools, { entries }: Manifest): Promise<Map<string, IGitEntry>> {
  const paths = entries.map(({ path }) => path);
  return new Map((await entriesAt(workTree.git, paths, signal)).map(entry => [entry.path, entry]));
}

function same(one: Kept['head'], other: Kept['head']): boolean {
  return one?.oid === other?.oid && one?.mode === other?.mode;
}

function foldersAround(entries: readonly Kept[]): string[] {
  const found = new Set<string>();
  for (const { path } of entries) {
    for (let around = dirname(path); around !== '.'; around = dirname(around)) {
      found.add(around);
    }
  }
  return [...found];
}

function refuse(paths: readonly string[]): never {
  const [first = ''] = paths;
  return fail('changed-since', `Changed since it was discarded: ${displayName(first)}${paths.length > 1 ? ', …' : ''}.`, {
    hint: 'Save, move or discard what is there now; then undo.',
    detail: paths.slice(0, 100).map(displayName).join('\n'),
    parameters: { files: paths.length, path: displayName(first) }
  });
}
