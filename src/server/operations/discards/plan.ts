import { type Dirent, lstatSync, type Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../../../protocol/failure';
import type { Change } from '../../../protocol/dataset';
import type { DiscardObstacle } from '../../../protocol/undo';
import { decodePath, fsPath } from '../../bytes';
import { readChanges } from '../../dataset/changes';
import { Repository } from '../../dataset/repository';
import type { WorkTree } from '../../dataset/workTree';
import { exists } from '../../exists';
import { GITLINK, type IGitEntry, parseTree } from '../../git/entry';
import { splitZero } from '../../git/split';
import type { AbsolutePath } from '../../paths';
import { entriesAt, isAmong } from '../jobs/indexEntries';
import { statsWithin } from './files';
import type { Kept, Manifest } from './manifest';

/** What a discard takes back, and what it leaves alone. */
export interface IDiscard {
  readonly entries: (Kept & { readonly change: Change })[];
  readonly folders: Manifest['folders'];
  readonly refused: { readonly path: string; readonly why: DiscardObstacle }[];
}

/** The id of an empty file, in both formats of objects. */
const EMPTY = ['e69de29bb2d1d6434b8b29ae775ad8c2e48c5391', '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813'];
/** Exit code of git when HEAD names no commit yet. */
const UNBORN = 128;

interface IOptions {
  readonly env: Record<string, string>;
  readonly signal: AbortSignal;
  /** All others are left alone, whatever lies below which name. */
  readonly only?: (path: string) => boolean;
}

/**
 * Finds what is changed at or below names relative to a dataset; the empty name stands for all. Only reads, and starts no program that a
 * dataset names. Fails with `merge-in-progress` where something is in conflict: there is no one state to come back to.
 */
export async function planDiscard(
  workTree: WorkTree,
  names: readonly string[],
  { env, signal, only = () => true }: IOptions
): Promise<IDiscard> {
  await refuseUnfinished(workTree);
  const named = new Set(names);
  const isWanted = (path: string): boolean => isAmong(path, named) && only(path);
  const repository = await Repository.open(workTree.folder as AbsolutePath, env);
  const [changes, others] = await Promise.all([
    readChanges(repository, '', signal),
    workTree.git.readWorkTree(['ls-files', '-o', '--exclude-standard', '-z'], { signal }).then(splitZero)
  ]);
  const found = new Map<string, { change: Change }>();
  for (const { path, change } of changes.values()) {
    if (change !== 'new' && isWanted(path)) {
      found.set(path, { change });
    }
  }
  const untracked = others.filter(name => isWanted(name.replace(/\/$/u, '')));
  untracked.filter(name => !name.endsWith('/') && !found.has(name)).forEach(name => found.set(name, { change: 'new' }));
  const refused: IDiscard['refused'] = untracked
    .filter(name => name.endsWith('/'))
    .map(name => ({ path: name.slice(0, -1), why: 'repository' }));
  const paths = [...found.keys()];
  const [index, head] = await Promise.all([byPath(entriesAt(workTree.git, paths, signal)), headEntries(workTree, paths, signal)]);
  const device = lstatSync(fsPath(workTree.commonDir)).dev;
  const entries: (Kept & { change: Change })[] = [];
  const announced = await announcedAmong(workTree, { index, head }, signal);
  for (const [path, { change }] of found) {
    const stats = await statsWithin(workTree.folder, path);
    const kept = {
      path,
      change,
      index: announced.has(path) ? null : (index.get(path) ?? null),
      ...(announced.has(path) ? { intent: true as const } : {}),
      head: head.get(path) ?? null,
      work: stats === null || stats.isDirectory() ? null : { name: String(entries.length), bytes: stats.size }
    };
    const why = obstacle(workTree, kept, stats, device);
    if (why === null) {
      entries.push(kept);
    } else {
      refused.push({ path, why });
    }
  }
  return { entries, folders: await foldersOf(workTree, { entries, names }), refused };
}

async function refuseUnfinished(workTree: WorkTree): Promise<void> {
  const what = workTree.unfinished() ?? ((await workTree.hasConflicts()) ? 'conflict' : null);
  if (what !== null) {
    fail('merge-in-progress', what === 'conflict' ? 'Files are in conflict.' : `A ${what} is not finished.`, {
      hint: 'Finish it with git, or abort it; then discard.',
      parameters: { what }
    });
  }
}

function obstacle(
  { folder }: WorkTree,
  { path, index, head, work }: Kept,
  stats: Stats | null,
  device: number
): DiscardObstacle | null {
  const isLink = index?.mode === GITLINK || head?.mode === GITLINK;
  if (isLink && (exists(join(folder, path, '.git')) || head?.mode !== GITLINK)) {
    return 'subdataset';
  }
  return work !== null && stats?.dev !== device ? 'other-disk' : null;
}

async function byPath(entries: Promise<readonly IGitEntry[]>): Promise<Map<string, { mode: string; oid: string }>> {
  return new Map((await entries).map(({ path, mode, oid }) => [path, { mode, oid }]));
}

/** What the last commit has at paths; nothing before the first one. */
async function headEntries(
  workTree: WorkTree,
  paths: readonly string[],
  signal: AbortSignal
): Promise<Map<string, { mode: string; oid: string }>> {
  if (paths.length === 0 || (await workTree.head()) === null) {
    return new Map();
  }
  const wanted = new Set(paths);
  const tree = parseTree(await workTree.git.read(['ls-tree', '-r', '-z', 'HEAD'], { signal }));
  return await byPath(Promise.resolve(tree.filter(({ path }) => wanted.has(path))));
}

/** Files that the index only announces, as `git add -N` has it: it lists them as empty ones. */
async function announcedAmong(
  { git }: WorkTree,
  { index, head }: Record<'index' | 'head', Map<string, { mode: string; oid: string }>>,
  signal: AbortSignal
): Promise<Set<string>> {
  const empty = [...index].filter(([path, { oid }]) => EMPTY.includes(oid) && !head.has(path)).map(([path]) => path);
  if (empty.length === 0) {
    return new Set();
  }
  const args = ['diff-index', '--cached', '--name-only', '-z', '--no-renames', '--ita-invisible-in-index', 'HEAD'];
  const truly = new Set(splitZero((await git.readOr([UNBORN], args, { signal })) ?? Buffer.alloc(0)));
  return new Set(empty.filter(path => !truly.has(path)));
}

/** The folders that a discard may leave empty: those around its files, and those below a folder that was named and is new as a whole. */
async function foldersOf(
  { folder }: WorkTree,
  { entries, names }: { entries: readonly Kept[]; names: readonly string[] }
): Promise<Manifest['folders']> {
  const found = new Set<string>();
  for (const { path } of entries) {
    for (let around = dirname(path); around !== '.' && !found.has(around); around = dirname(around)) {
      found.add(around);
    }
  }
  for (const name of names.filter(place => place !== '' && found.has(place))) {
    for await (const inner of foldersBelow(folder, name)) {
      found.add(inner);
    }
  }
  const folders: Manifest['folders'] = [];
  for (const path of [...found].sort()) {
    const stats = await statsWithin(folder, path);
    if (stats?.isDirectory() === true) {
      folders.push({ path, mode: stats.mode & 0o7777 });
    }
  }
  return folders;
}

async function* foldersBelow(root: string, name: string): AsyncGenerator<string> {
  const listed: Dirent<Buffer>[] = await readdir(fsPath(join(root, name)), { withFileTypes: true, encoding: 'buffer' }).catch(
    () => []
  );
  for (const entry of listed) {
    const inner = join(name, decodePath(entry.name));
    if (entry.isDirectory() && !exists(join(root, inner, '.git'))) {
      yield inner;
      yield* foldersBelow(root, inner);
    }
  }
}
