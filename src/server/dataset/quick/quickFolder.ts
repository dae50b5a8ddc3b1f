import { readFile } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import { join } from 'node:path';
import { fsPath } from '../../bytes';
import { SYMLINK } from '../../git/entry';
import { Turns } from '../../turns';
import { attempt } from '../attempt';
import { readNew, readUnstaged } from '../changes';
import { addChange, firstName, type IChild, listedNames } from '../folderState';
import { mapLimited } from '../../mapLimited';
import type { Repository } from '../repository';
import type { Facts } from '../rowBuilder';
import { forgetLooks, keepLook, lastLook } from './lastLook';
import { comparesPlainly, treeOfHead } from './ordinary';
import { type IPlainFile, PlainFolder } from './plainFacts';
import { prefetch } from './prefetch';
import { type IScan, Scanner } from './scan';
import type { IReadIndex } from '../../git/index/currentIndex';

/** Files remembered, in all folders of all datasets. */
const REMEMBERED = 60_000;
/** Files that are read one by one. */
const FEW = 32;
/** Larger ones git reads faster, in bytes. */
const SMALL = 64 * 1024;

const folders = new LRUCache<string, { repository: Repository; folder: PlainFolder }>({
  maxSize: REMEMBERED,
  sizeCalculation: ({ folder }) => folder.size + 1
});

/** Forgets all folders. */
export function forgetFolders(): void {
  folders.clear();
  forgetLooks();
}

/** A folder of a dataset in which most is as it was committed. */
export interface IQuickFolder {
  /** Finished rows. */
  rows: { name: string; facts: Facts }[];
  /** What takes a closer look. */
  children: IChild[];
  truncated: boolean;
}

/** How a folder is read. */
export interface IReadOptions {
  /** Just the row of one name. */
  only?: string;
  signal?: AbortSignal;
  /** Stays the same as long as nothing is heard of folder and dataset; null, or none: nobody would hear. */
  sign?: string | null;
}

/**
 * Reads a folder from the index, with a look at each file, and without git where nothing is staged, untracked or in conflict: a tenth of
 * the time. Null where that does not do; git must then be asked about everything.
 */
export async function readQuickly(repository: Repository, folder: string, options: IReadOptions): Promise<IQuickFolder | null> {
  // Whatever fails here is told by git better.
  const { value: index } = await attempt(indexOf(repository, folder));
  if (index === null) {
    return null;
  }
  const { only, sign = null } = options;
  const ground = { repository, folder, index, sign: only === undefined ? sign : null };
  const known = lastLook(ground);
  if (known !== null) {
    return known;
  }
  const { value: whole } = await attempt(new Scanner(repository.root, index, options.signal).read(folder, options.only));
  if (whole === null) {
    return null;
  }
  const { scan, beyond } = withoutBeyond(folder, whole);
  const rows = await readPlain(repository, folder, scan, options.signal);
  const finished = new Set(rows.map(({ name }) => name));
  const children = await readChildren(repository, folder, { ...scan, finished, beyond }, options);
  const found = { rows, children: [...children.values()], truncated: beyond.size > 0 };
  await keepLook(ground, found);
  return found;
}

/** What of a very wide folder has rows, and the names that have none. */
function withoutBeyond(folder: string, scan: IScan): { scan: IScan; beyond: ReadonlySet<string> } {
  const { listed, beyond } = listedNames(scan.disk);
  const plain = beyond.size === 0 ? scan.plain : scan.plain.filter(({ name }) => !beyond.has(name));
  const suspects = scan.suspects.filter(({ path }) => !beyond.has(firstName(relativeTo(folder, path))));
  return { scan: { ...scan, disk: listed, plain, suspects }, beyond };
}

/** Null unless the index holds in the folder, and below it, what HEAD does. */
async function indexOf(repository: Repository, folder: string): Promise<IReadIndex | null> {
  const [index, plainly, tree] = await Promise.all([
    repository.index.read(),
    comparesPlainly(repository),
    treeOfHead(repository, folder)
  ]);
  return plainly && tree !== null && index?.entries.treeOf(folder) === tree ? index : null;
}

/** What is on disk and no finished row, joined with what changed. */
async function readChildren(
  repository: Repository,
  folder: string,
  { disk, plain, suspects, hasUnknown, finished, beyond }: IScan & Record<'finished' | 'beyond', ReadonlySet<string>>,
  { only, signal }: IReadOptions
): Promise<Map<string, IChild>> {
  const [unstaged, untracked] = await Promise.all([
    readUnstaged(repository, suspects, signal),
    hasUnknown ? readNew(repository, folder, signal) : []
  ]);
  const children = new Map<string, IChild>();
  const child = (name: string): IChild => {
    const known = children.get(name) ?? { name, removed: false };
    children.set(name, known);
    return known;
  };
  for (const [name, entry] of disk) {
    if (!finished.has(name) && name !== '.git' && (only === undefined || name === only)) {
      child(name).disk = entry;
    }
  }
  for (const { name, entry } of plain) {
    if (!finished.has(name)) {
      child(name).entry = entry;
    }
  }
  suspects.forEach(({ path, oldMode, oldOid }) => {
    const name = relativeTo(folder, path);
    if (!name.includes('/') && children.has(name)) {
      child(name).entry = { mode: oldMode, oid: oldOid };
    }
  });
  for (const change of [...unstaged, ...untracked]) {
    const relative = relativeTo(folder, change.path);
    const name = firstName(relative);
    if (!beyond.has(name) && (only === undefined || name === only)) {
      addChange(child, change, relative);
    }
  }
  return children;
}

async function readPlain(
  repository: Repository,
  folder: string,
  { plain, disk }: IScan,
  signal?: AbortSignal
): Promise<IQuickFolder['rows']> {
  const files = plain.filter(({ entry }) => entry.mode !== SYMLINK && !repository.keys.knows(entry));
  await learnSmall(repository, folder, files);
  await repository.keys.load(
    files.map(({ entry }) => entry),
    signal
  );
  const memory = remembered(repository, folder);
  memory.keep(disk);
  const places = await repository.store.open();
  await prefetch(repository.store.annexDir, () => plain.flatMap(file => memory.places(file, places)));
  const turns = new Turns(signal);
  const rows: IQuickFolder['rows'] = [];
  for (const file of plain) {
    const facts = memory.facts(file, places);
    if (facts !== null) {
      rows.push({ name: file.name, facts });
    }
    if (turns.due()) {
      await turns.give();
    }
  }
  folders.set(`${repository.root}/${folder}`, { repository, folder: memory });
  return rows;
}

/** Most of few files are small and are in git: what those are takes a look at them, and no start of git. */
async function learnSmall(repository: Repository, folder: string, files: readonly IPlainFile[]): Promise<void> {
  const small = files.filter(({ bytes }) => bytes <= SMALL);
  if (small.length <= FEW) {
    await mapLimited(small, FEW, async ({ name, entry }) => {
      const { value } = await attempt(readFile(fsPath(join(repository.root, folder, name))));
      if (value !== null) {
        repository.keys.learn(entry, value);
      }
    });
  }
}

function remembered(repository: Repository, folder: string): PlainFolder {
  const known = folders.get(`${repository.root}/${folder}`);
  return known?.repository === repository ? known.folder : new PlainFolder(repository, join(repository.root, folder));
}

function relativeTo(folder: string, path: string): string {
  return folder === '' ? path : path.slice(folder.length + 1);
}
