import { accessSync, constants } from 'node:fs';
import { lstat, statfs } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { isArchiveName } from '../../../protocol/archive';
import { fail } from '../../../protocol/failure';
import type { ContentsPath } from '../../../protocol/paths';
import { fsPath } from '../../bytes';
import { exists } from '../../exists';
import { mapLimited } from '../../mapLimited';
import type { AbsolutePath, PathBoundary } from '../../paths';
import { requireDataset, resolvePath } from '../jobs/context';
import { datasetAround } from '../jobs/datasetAround';
import { annexedFiles, readPart, storeOf } from '../jobs/withoutDatalad/part';
import { type IContents, judgeMembers, type IPlacement, placesOf } from './judge';
import { type IListing, readMembers } from './members';

export interface ILook extends Omit<IListing, 'signal'> {
  readonly boundary: PathBoundary;
  readonly signal: AbortSignal;
}

export interface ILooked {
  readonly dataset: AbsolutePath;
  readonly archive: AbsolutePath;
  readonly contents: IContents;
}

/**
 * Names of content that DataLad unpacks as what it is: it goes by the key, in which the ending may be missing, and of a `.v1.tgz` or
 * `.TAR.GZ` it takes out nothing but the tar.
 */
const UNDERSTOOD = /^[^.]*\.(?:tgz|tbz2)$|\.(?:tar|tar\.gz|tar\.bz2|tar\.xz|[zZ][iI][pP])$/u;
/** Files at the root of a dataset that say how it works. */
const OWN = ['.gitmodules', '.gitattributes', '.datalad'];
const AT_ONCE = 16;
const NAMED = 8;

/** Looks through an archive that is saved and here; fails where DataLad could not unpack it, or should not. */
export async function lookThrough(
  input: { dataset: ContentsPath; archive: ContentsPath },
  { boundary, ...options }: ILook
): Promise<ILooked> {
  const dataset = resolvePath(boundary, input.dataset);
  const archive = resolvePath(boundary, input.archive);
  requireDataset(dataset);
  const path = input.archive;
  if (!exists(archive)) {
    fail('not-found', 'There is no archive at this place.', { hint: 'It may have been moved or deleted.', parameters: { path } });
  }
  if (datasetAround(dirname(archive)) !== dataset || !isArchiveName(archive)) {
    fail('bad-request', 'This is no archive of the dataset that can be unpacked.', { parameters: { path } });
  }
  const part = await readPart(dataset, [archive], options);
  const [file] = await annexedFiles(part, options.signal);
  if (part.entries.length === 0) {
    fail('unsaved-changes', 'The archive is not saved yet.', { hint: 'Save it first.', parameters: { path } });
  }
  if (file === undefined) {
    fail('not-annexed', 'The archive is kept in Git. DataLad can only unpack one that is annexed.', {
      hint: 'Add a rule that puts it into the annex, then save it once more.',
      parameters: { path }
    });
  }
  const content = storeOf(part).places(file.key).find(exists);
  if (content === undefined) {
    fail('not-here', 'The content of the archive is not here.', { hint: 'Get it first.', parameters: { files: 1, path } });
  }
  if (!UNDERSTOOD.test(basename(content))) {
    fail('bad-request', 'DataLad cannot tell from the name of the content in the annex how to unpack it.', {
      hint: 'Give the file the ending .tar.gz, or .zip, and save it with a backend that keeps endings, such as MD5E.',
      parameters: { path }
    });
  }
  requireSevenZip(options.env);
  const contents = judgeMembers(await readMembers({ path: content, zip: /\.zip$/iu.test(content) }, options));
  if (contents.names.length === 0) {
    fail('bad-request', 'There are no files in this archive.');
  }
  return { dataset, archive, contents };
}

/**
 * DataLad's other way to unpack, patool, fails for tar archives, and below the git-annex of PyPI for all: what was dropped could not be got
 * from the archive again.
 */
function requireSevenZip(env: Record<string, string>): void {
  const found = (env['PATH'] ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, '7z'), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
  if (!found) {
    fail('tool-missing', 'The program 7z was not found: DataLad could not get the files from the archive again.', {
      hint: 'Install 7-Zip: in Debian 12 the package p7zip-full, later 7zip, with conda p7zip. Then try again.',
      parameters: { tool: '7z' }
    });
  }
}

/** Looks at all places before anything is written; what is there stays unless told otherwise, and a folder always does. */
export async function requirePlaces(
  { dataset, archive, contents }: ILooked,
  { ownFolder, strip, overwrite }: Pick<IPlacement, 'ownFolder' | 'strip'> & { overwrite: boolean }
): Promise<void> {
  const folder = dirname(archive).slice(dataset.length + 1);
  const places = placesOf(contents, { folder, archive: basename(archive), ownFolder, strip });
  const own = places.find(place => OWN.includes(place.split('/', 1)[0] ?? ''));
  if (own !== undefined) {
    fail('unsafe-archive', `The archive would change how the dataset works: ${own}`, {
      hint: 'Unpack it into a folder of its own.',
      parameters: { path: own }
    });
  }
  const there = await foldersThere(dataset, places);
  const inside = places.filter(place => there.has(folderOf(place)));
  const taken = await mapLimited(inside, AT_ONCE, async place => {
    const stats = await statsOf(join(dataset, place));
    return stats !== null && (!overwrite || stats.isDirectory() || join(dataset, place) === archive);
  });
  const names = inside.filter((_, at) => taken[at]);
  if (names.length > 0) {
    inTheWay(names);
  }
  const { bavail, bsize, blocks } = await statfs(fsPath(dataset));
  if (blocks > 0 && contents.bytes > bavail * bsize) {
    fail('no-space', 'What is in the archive does not fit on the disk.', {
      hint: 'Drop content you do not need, or free space elsewhere.'
    });
  }
}

/** The folders of places that are there; fails where something else is in the way, a link or a subdataset included. */
async function foldersThere(dataset: string, places: readonly string[]): Promise<ReadonlySet<string>> {
  const there = new Set(['']);
  const folders = new Set(places.flatMap(foldersOf));
  // Those around come first.
  for (const folder of [...folders].sort((one, other) => one.length - other.length)) {
    const stats = there.has(folderOf(folder)) ? await statsOf(join(dataset, folder)) : null;
    if (stats !== null && (!stats.isDirectory() || exists(join(dataset, folder, '.git')))) {
      inTheWay([folder]);
    }
    if (stats !== null) {
      there.add(folder);
    }
  }
  return there;
}

function foldersOf(place: string): string[] {
  const parts = place.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

function folderOf(place: string): string {
  return place.slice(0, Math.max(0, place.lastIndexOf('/')));
}

async function statsOf(path: string): Promise<Awaited<ReturnType<typeof lstat>> | null> {
  return lstat(fsPath(path)).catch(() => null);
}

function inTheWay(names: readonly string[]): never {
  return fail('in-the-way', 'Something is where files of the archive would come to lie.', {
    hint: 'Unpack it into a folder of its own, or move what is there.',
    detail: names.slice(0, NAMED).join('\n'),
    parameters: { path: names[0] ?? '', files: names.length, why: 'archive' }
  });
}
