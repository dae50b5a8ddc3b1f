import { join } from 'node:path';
import { isAmong } from '../jobs/indexEntries';
import type { ITools } from '../jobs/withoutDatalad/tools';
import { moveAside, removeEmptied, requireWritable, statsWithin } from './files';
import { checkOut, holdObjects, releaseObjects, setIndex } from './indexState';
import type { Manifest } from './manifest';
import type { IDiscard } from './plan';
import { putBack } from './putBack';
import { keptUntil, Shelf } from './shelf';

interface IRequest {
  /** What was named, relative to the dataset. */
  readonly names: readonly string[];
  readonly discard: Pick<IDiscard, 'entries' | 'folders'>;
  readonly id: string;
}

/**
 * Takes changes back and keeps what they were. In this order, so that whatever stops it leaves everything in one of two places, and the
 * manifest says where: the manifest; a ref to what the index has; each file moved onto the shelf; the index set to the last commit; its
 * files written where nothing is. Where a step fails, the files go back. Resolves with the paths that could not be written again, since
 * something was put there meanwhile.
 */
export async function keepAndTakeBack(tools: ITools, { names, discard, id }: IRequest): Promise<string[]> {
  const { workTree } = tools;
  const shelf = new Shelf(workTree);
  const entries = discard.entries.map(({ change: _, ...kept }) => kept);
  const manifest: Manifest = {
    version: 1,
    id,
    created: Date.now(),
    workTree: shelf.workTree,
    entries,
    folders: discard.folders
  };
  await requireWritable(
    workTree.folder,
    entries.map(({ path }) => path)
  );
  await shelf.begin(manifest);
  try {
    await holdObjects(tools, { ref: shelf.ref(manifest.id), entries, links: await linksAmong(tools, manifest) });
    for (const { path, work } of entries) {
      if (work !== null) {
        tools.signal.throwIfAborted();
        await moveAside(join(workTree.folder, path), shelf.file(manifest.id, work.name));
      }
    }
    await shelf.sync(manifest.id);
    const wanted = new Set(names);
    await removeEmptied(
      workTree.folder,
      manifest.folders.map(({ path }) => path).filter(path => isAmong(path, wanted))
    );
    await setIndex(
      tools,
      entries.map(({ path, head }) => ({ path, entry: head }))
    );
    return await checkOut(
      tools,
      entries.filter(({ head }) => head !== null)
    );
  } catch (error) {
    // A cancel, too, ends with everything where it was.
    const anew = { ...tools, signal: new AbortController().signal };
    await putBack(anew, manifest, { rollback: true });
    await forget(anew, manifest.id);
    throw error;
  }
}

/** Links in the working tree that name annexed content, perhaps as the only ones. */
async function linksAmong({ workTree }: ITools, { entries }: Manifest): Promise<string[]> {
  const links: string[] = [];
  for (const { path, work } of entries) {
    if (work !== null && (await statsWithin(workTree.folder, path))?.isSymbolicLink() === true) {
      links.push(path);
    }
  }
  return links;
}

/** Removes what is kept of a discard for good. */
export async function forget(tools: ITools, id: string): Promise<void> {
  const shelf = new Shelf(tools.workTree);
  await releaseObjects(tools, shelf.ref(id));
  await shelf.remove(id);
}

/** Removes small discards whose time is over. */
export async function forgetOld(tools: ITools, now = Date.now()): Promise<void> {
  const shelf = new Shelf(tools.workTree);
  for (const manifest of await shelf.list()) {
    const until = keptUntil(manifest.created, await shelf.bytes(manifest));
    if (until !== undefined && until < now) {
      await forget(tools, manifest.id);
    }
  }
}
