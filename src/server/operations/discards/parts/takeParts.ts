import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../../../protocol/failure';
import { fsPath } from '../../../bytes';
import { git, type ITools } from '../../jobs/withoutDatalad/tools';
import { moveAside, moveTo, requireWritable, statsWithin } from '../files';
import { holdObjects, setIndex } from '../indexState';
import { forget } from '../keep';
import { hashOf, type Kept, type Manifest } from '../manifest';
import { putBack } from '../putBack';
import { Shelf } from '../shelf';
import { takeBack } from './lineParts';
import type { IParts } from './readParts';

/** Under this name what is left of a file waits on the shelf for its place. */
const LEFT = 'left';

/**
 * Takes parts of one changed file back, and keeps what it was in the way of every discard (`keep.ts`): the manifest; what is to be left,
 * written beside it; the file moved onto the shelf; the index, where the change was staged; what is left moved into its place. Each is
 * one step, so that a file is never half of one.
 */
export async function takePartsBack(
  tools: ITools,
  found: IParts,
  { id, chosen }: { id: string; chosen: ReadonlySet<number> }
): Promise<void> {
  const { workTree } = tools;
  const shelf = new Shelf(workTree);
  const [entry] = found.discard.entries;
  const stats = entry === undefined ? null : await statsWithin(workTree.folder, entry.path);
  if (entry?.work === null || entry === undefined || stats === null) {
    return fail('changed-since', 'The file is not there any more.');
  }
  const { path, work } = entry;
  await requireWritable(workTree.folder, [path]);
  const text = takeBack(found.parts, found, chosen);
  const manifest: Manifest = {
    version: 1,
    id,
    created: Date.now(),
    workTree: shelf.workTree,
    entries: [{ ...kept(entry), head: await indexAfter(tools, found, text), left: hashOf(text) }],
    folders: found.discard.folders
  };
  await shelf.begin(manifest);
  try {
    await holdObjects(tools, { ref: shelf.ref(id), entries: manifest.entries, links: [] });
    const left = shelf.file(id, LEFT);
    await writeSynced(left, text, stats.mode & 0o777);
    tools.signal.throwIfAborted();
    await moveAside(join(workTree.folder, path), shelf.file(id, work.name));
    // Moved, then looked at: somebody may have written in between.
    if (!(await readFile(fsPath(shelf.file(id, work.name)))).equals(Buffer.concat([...found.after]))) {
      fail('changed-since', 'The file was changed meanwhile.', { hint: 'Look at its changes again.' });
    }
    await shelf.sync(id);
    await setIndex(tools, found.staged ? manifest.entries.map(({ head }) => ({ path, entry: head })) : []);
    await moveTo(left, join(workTree.folder, path));
  } catch (error) {
    // A cancel, too, ends with everything where it was.
    const anew = { ...tools, signal: new AbortController().signal };
    await putBack(anew, manifest, { rollback: true });
    await forget(anew, id);
    throw error;
  }
}

function kept({ change: _change, ...rest }: IParts['discard']['entries'][number]): Kept {
  return rest;
}

/** What the index has afterwards: as before where nothing was staged, else what is left of the file. */
async function indexAfter(tools: ITools, { discard, staged, stored }: IParts, text: Buffer): Promise<Kept['head']> {
  const index = discard.entries[0]?.index ?? null;
  if (!staged || index === null) {
    return index;
  }
  const { stdout } = await git(tools, ['hash-object', '-w', '--stdin', '--no-filters'], { input: stored(text) });
  return { mode: index.mode, oid: stdout.toString().trim() };
}

async function writeSynced(path: string, content: Buffer, mode: number): Promise<void> {
  const file = await open(fsPath(path), 'wx', mode);
  try {
    await file.writeFile(content);
    // Whatever the umask took away.
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}
