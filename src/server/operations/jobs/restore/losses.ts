import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KeyReader } from '../../../annex/keys';
import { ObjectStore } from '../../../annex/presence';
import { fsPath } from '../../../bytes';
import type { WorkTree } from '../../../dataset/workTree';
import { type IGitEntry, isRegular, SYMLINK } from '../../../git/entry';
import { parseRawDiff } from '../../../git/rawDiff';
import { isUnchanged } from '../withoutDatalad/unchanged';
import { entriesAt, isAmong } from '../indexEntries';
import { treeAt } from './then';

/** Staged versions that are looked for in the history; of more, each counts as unsaved. */
const SEARCHED = 20;

/** How files stand that are to be written over; names are relative to the top. */
export interface IStanding {
  /** They hold what is in no commit, or are not git's at all. */
  readonly unsaved: string[];
  /** A folder is where the file was, or a file where one of the folders around it was. */
  readonly blocked: string[];
  /** They are what they were then. */
  readonly same: ReadonlySet<string>;
  /** What the index has at the names, to be put back where writing fails. */
  readonly index: ReadonlyMap<string, IGitEntry>;
  readonly conflicts: boolean;
}

interface IRequest {
  /** The files as they were then. */
  readonly then: readonly IGitEntry[];
  readonly names: readonly string[];
  readonly signal: AbortSignal;
}

/** Looks at what would be written over, without git-annex's filter: that hashes content, and is confused by some names. */
export async function standingOf(workTree: WorkTree, { then, names, signal }: IRequest): Promise<IStanding> {
  const { git, folder, commonDir } = workTree;
  const listed = await entriesAt(git, names, signal);
  const index = new Map(listed.filter(({ stage }) => stage === 0).map(entry => [entry.path, entry]));
  const keys = new KeyReader(git);
  const saved = new Map((await treeOfHead(workTree, names, signal)).map(entry => [entry.path, entry]));
  const differing = await differingAt(workTree, names, signal);
  const touched = then.flatMap(({ path }) => [index.get(path), saved.get(path)]).filter(entry => entry !== undefined);
  await keys.load(
    [...touched, ...then].filter(({ mode }) => isRegular(mode) || mode === SYMLINK),
    signal
  );
  const store = new ObjectStore(join(commonDir, 'annex'));
  const isAsInIndex = async (entry: IGitEntry): Promise<boolean> => {
    const key = differing.has(entry.path) ? keys.of(entry) : null;
    const path = join(folder, entry.path);
    return !differing.has(entry.path) || (key !== null && (await isUnchanged({ entry, key, path }, store)));
  };
  const isSaved = lookForSaved(workTree, { keys, saved, signal });

  const standing = { unsaved: [] as string[], blocked: [] as string[], same: new Set<string>() };
  const way = new Way(folder);
  for (const target of then) {
    const { path } = target;
    const entry = index.get(path);
    const found = await way.at(path);
    if (found === 'blocked') {
      standing.blocked.push(path);
    } else if (found === 'file') {
      const clean = entry !== undefined && (await isAsInIndex(entry));
      if (clean && entry.oid === target.oid && entry.mode === target.mode) {
        standing.same.add(path);
      } else if (!clean || !(await isSaved(entry))) {
        standing.unsaved.push(path);
      }
    } else if (entry !== undefined && !(await isSaved(entry))) {
      // Gone from the folder, but staged: the index alone has it.
      standing.unsaved.push(path);
    }
  }
  return { ...standing, index, conflicts: listed.some(({ stage }) => stage !== 0) };
}

async function treeOfHead(workTree: WorkTree, names: readonly string[], signal: AbortSignal): Promise<IGitEntry[]> {
  const head = await workTree.head();
  return head === null ? [] : ((await treeAt(workTree.git, { commit: head, names }, signal)) ?? []);
}

/** Tracked files that are not what the index has, as far as git tells by itself; those that are gone are none of them. */
async function differingAt({ git }: WorkTree, names: readonly string[], signal: AbortSignal): Promise<Set<string>> {
  const wanted = new Set(names);
  // Not `diff-files`: that calls each file changed whose time stamp is another one.
  const args = [
    'diff',
    '--raw',
    '-z',
    '--no-abbrev',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--ignore-submodules=all'
  ];
  const output = await git.readWorkTree(args, { signal });
  return new Set(
    parseRawDiff(output)
      .filter(({ path, status }) => status !== 'D' && isAmong(path, wanted))
      .map(({ path }) => path)
  );
}

/** Whether what the index has of a file is in a commit: in the last one, by its content's key, or in an older one of this file. */
function lookForSaved(
  { git }: WorkTree,
  { keys, saved, signal }: { keys: KeyReader; saved: ReadonlyMap<string, IGitEntry>; signal: AbortSignal }
): (entry: IGitEntry) => Promise<boolean> {
  let searched = 0;
  return async entry => {
    const last = saved.get(entry.path);
    const key = keys.of(entry);
    if (last !== undefined && (last.oid === entry.oid || (key !== null && key === keys.of(last)))) {
      return true;
    }
    if (++searched > SEARCHED) {
      return false;
    }
    // The whole history of the branch, where the version that was restored before came from.
    const args = [
      'log',
      '--max-count=1',
      '--format=%H',
      '--no-patch',
      '--no-renames',
      `--find-object=${entry.oid}`,
      'HEAD',
      '--'
    ];
    return ((await git.readOr([128], args, { signal, noIndex: true }))?.length ?? 0) > 0;
  };
}

/** What is where files are to be written; each folder is looked at once. */
class Way {
  private readonly folders = new Map<string, Promise<boolean>>();

  constructor(private readonly root: string) {}

  async at(path: string): Promise<'free' | 'file' | 'blocked'> {
    if (!(await this.isOpen(dirname(path)))) {
      return 'blocked';
    }
    const stats = await lstat(fsPath(join(this.root, path))).catch(() => null);
    return stats === null ? 'free' : stats.isDirectory() ? 'blocked' : 'file';
  }

  /** Whether a folder is one, or can be made. A link to one is none: git would put a folder in its place. */
  private isOpen(folder: string): Promise<boolean> {
    if (folder === '.') {
      return Promise.resolve(true);
    }
    const known = this.folders.get(folder) ?? this.look(folder);
    this.folders.set(folder, known);
    return known;
  }

  private async look(folder: string): Promise<boolean> {
    const stats = await lstat(fsPath(join(this.root, folder))).catch(() => null);
    return (stats === null || stats.isDirectory()) && (await this.isOpen(dirname(folder)));
  }
}
