import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../../../protocol/failure';
import type { RowFlaw } from '../../../protocol/urlTable';
import { fsPath } from '../../bytes';
import type { WorkTree } from '../../dataset/workTree';
import { exists } from '../../exists';
import { splitZero } from '../../git/split';
import { mapLimited } from '../../mapLimited';
import { isOwn } from '../jobs/downloads/requirePlace';
import { argumentPlaces, isAmong } from '../jobs/indexEntries';
import type { IExpanded } from './expand';

const AT_ONCE = 16;
/** Bytes of a name that file systems take. */
const LONGEST = 255;
/** DataLad reads what git-annex answers line by line, and takes more for the end of a line than git-annex does. */
const BREAKS = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/** Rows whose files cannot come to lie where they should, with their flaws; `taken` is what is there already. */
export async function withPlaces(rows: readonly IExpanded[], workTree: WorkTree, signal: AbortSignal): Promise<IExpanded[]> {
  const named = rows.map(row => (row.flaw === null ? { ...row, flaw: nameFlaw(row.file) } : row));
  const sound = named.filter(({ flaw }) => flaw === null);
  const folders = new Set(sound.flatMap(({ file }) => foldersOf(file)));
  const disk = await lookAtDisk(sound, folders, { root: workTree.folder, signal });
  const index = await lookAtIndex(sound, folders, { workTree, signal });
  const files = new Set<string>();
  const placed = named.map((row): IExpanded => {
    const { file, flaw } = row;
    if (flaw !== null) {
      return row;
    }
    const blocked = folders.has(file) || foldersOf(file).some(folder => disk.blocked.has(folder) || index.blocked.has(folder));
    const twice = files.has(file);
    files.add(file);
    const taken = disk.taken.has(file) || index.taken.has(file);
    return { ...row, flaw: twice ? 'twice' : blocked ? 'in-the-way' : taken ? 'taken' : null };
  });
  const free = placed.filter(({ flaw }) => flaw === null).map(({ file }) => file);
  const ignored = await ignoredAmong(free, workTree, signal);
  return placed.map(row => (row.flaw === null && ignored.has(row.file) ? { ...row, flaw: 'ignored' } : row));
}

async function ignoredAmong(files: readonly string[], { git }: WorkTree, signal: AbortSignal): Promise<ReadonlySet<string>> {
  if (files.length === 0) {
    return new Set();
  }
  // It cannot take paths literally; behind `./` nothing in them is magic.
  const input = files.map(file => `./${file}\0`).join('');
  const output = await git.readOr([1], ['--no-literal-pathspecs', 'check-ignore', '-z', '--stdin'], { signal, input });
  return new Set(splitZero(output ?? Buffer.alloc(0)).map(name => name.slice('./'.length)));
}

/** What is wrong with the name of a file, wherever it lies. */
function nameFlaw(file: string): RowFlaw | null {
  const names = file.split('/');
  if (file === '' || file.endsWith('/')) {
    return 'no-name';
  }
  if (file.startsWith('/') || names.some(name => name === '.' || name === '..')) {
    return 'outside';
  }
  if (names.includes('')) {
    return 'subdataset';
  }
  if (BREAKS.test(file) || names.some(name => Buffer.byteLength(name) > LONGEST)) {
    return 'bad-name';
  }
  return isOwn(file) ? 'own' : null;
}

interface ILooked {
  /** Files at whose place something is. */
  readonly taken: ReadonlySet<string>;
  /** Folders that are none. */
  readonly blocked: ReadonlySet<string>;
}

/** Folders are followed from the top: nothing below a link is looked at. */
async function lookAtDisk(
  rows: readonly IExpanded[],
  folders: ReadonlySet<string>,
  { root, signal }: { root: string; signal: AbortSignal }
): Promise<ILooked> {
  const statsOf = (name: string): Promise<Awaited<ReturnType<typeof lstat>> | null> => {
    if (signal.aborted) {
      fail('cancelled', 'This was cancelled.');
    }
    return lstat(fsPath(join(root, name))).catch(() => null);
  };
  const there = new Set(['.']);
  const blocked = new Set<string>();
  const look = async (folder: string): Promise<void> => {
    const stats = await statsOf(folder);
    if (stats?.isDirectory() === true && !exists(join(root, folder, '.git'))) {
      there.add(folder);
    } else if (stats !== null) {
      blocked.add(folder);
    }
  };
  for (let level = inFolders(folders, there); level.length > 0; level = inFolders(folders, new Set(level))) {
    await mapLimited(
      level.filter(folder => there.has(dirname(folder))),
      AT_ONCE,
      look
    );
  }
  const inside = rows.filter(({ file }) => there.has(dirname(file)));
  const stats = await mapLimited(inside, AT_ONCE, ({ file }) => statsOf(file));
  return { blocked, taken: new Set(inside.filter((_, at) => stats[at] !== null).map(({ file }) => file)) };
}

/** What git has at the places, though the folder may not: a file that was deleted, a subdataset that is not installed. */
async function lookAtIndex(
  rows: readonly IExpanded[],
  folders: ReadonlySet<string>,
  { workTree, signal }: { workTree: WorkTree; signal: AbortSignal }
): Promise<ILooked> {
  const files = new Set(rows.map(({ file }) => file));
  const names = [...files, ...folders];
  const places = argumentPlaces(names);
  const listed = names.length === 0 ? [] : splitZero(await workTree.git.read(['ls-files', '-z', '--', ...places], { signal }));
  // That may be all there is in a large dataset.
  const near = listed.filter(path => folders.has(path) || isAmong(path, files));
  return { taken: new Set(near.flatMap(path => [path, ...foldersOf(path)])), blocked: new Set(near) };
}

/** Those of some folders that lie right in others. */
function inFolders(folders: ReadonlySet<string>, around: ReadonlySet<string>): string[] {
  return [...folders].filter(folder => around.has(dirname(folder)));
}

function foldersOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}
