import { isUtf8 as isUtf8Bytes } from 'node:buffer';
import { join, relative } from 'node:path';
import { fail, FailureError } from '../../protocol/failure';
import { failureOf } from '../datalad/failures';
import { isLost } from '../datalad/lostNames';
import { parseCommit } from '../git/commitObject';
import { GITLINK, parseIndex } from '../git/entry';
import { parseRawDiff } from '../git/rawDiff';
import { GitReader } from '../git/reader';
import { readHeadFile } from '../git/refFile';
import { findRepositoryFolder } from '../git/repositoryFolder';
import { splitZero } from '../git/split';
import { changedPaths } from '../git/treeDiff';
import { mapLimited } from '../mapLimited';
import { isRelated } from '../nesting';
import { isDirty } from './dirtySubdataset';
import { exists } from '../exists';

const NEWLINE = 10;
/** Milliseconds for a mere hint. */
const HINT_TIME = 10_000;

/**
 * A dataset as a job that writes in it has to know it: its commits, branch and index. Everything here only reads, and a failing git is a
 * failure. What is read for the panel, and remembered, stands in `repository.ts`.
 */
export class WorkTree {
  private constructor(
    /** Absolute path of its working tree. */
    readonly folder: string,
    readonly git: GitReader,
    readonly gitDir: string,
    /** Holds the annex; that of linked work trees lies elsewhere than `gitDir`. */
    readonly commonDir: string,
    private readonly options: { env: Record<string, string>; signal: AbortSignal }
  ) {}

  private get signal(): AbortSignal {
    return this.options.signal;
  }

  /** Fails with `not-a-dataset` where there is no repository. */
  static async open(folder: string, options: { env: Record<string, string>; signal: AbortSignal }): Promise<WorkTree> {
    const found = await findRepositoryFolder(folder);
    if (found === null) {
      return fail('not-a-dataset', 'There is no dataset at this place.', {
        hint: 'It may have been moved or deleted.',
        parameters: { path: folder }
      });
    }
    return new WorkTree(folder, new GitReader(folder, options.env, found.commonDir), found.gitDir, found.commonDir, options);
  }

  /** The commit HEAD stands at; null before the first one. */
  async head(): Promise<string | null> {
    const known = await readHeadFile(this);
    if (known !== null) {
      return known.commit;
    }
    const commit = await this.git.readOr([1], ['rev-parse', '--verify', '--quiet', 'HEAD'], { signal: this.signal });
    return commit === null ? null : commit.toString().trim();
  }

  /** Whether git-annex rewrites the commits of this branch, so that they cannot be followed. */
  async isAdjusted(): Promise<boolean> {
    const known = await readHeadFile(this);
    const ref =
      known === null ? await this.git.readOr([1], ['symbolic-ref', '--quiet', 'HEAD'], { signal: this.signal }) : known.ref;
    return ref?.toString().startsWith('refs/heads/adjusted/') ?? false;
  }

  /** What git is in the middle of, if it is; a commit of single paths is then not possible. */
  unfinished(): 'merge' | 'rebase' | 'cherry-pick' | 'revert' | null {
    const has = (file: string): boolean => exists(join(this.gitDir, file));
    if (has('rebase-merge') || has('rebase-apply')) {
      return 'rebase';
    }
    return has('MERGE_HEAD') ? 'merge' : has('CHERRY_PICK_HEAD') ? 'cherry-pick' : has('REVERT_HEAD') ? 'revert' : null;
  }

  /** Whether files are in conflict, which a stash leaves, too: DataLad would save them with git's marks in them. */
  async hasConflicts(): Promise<boolean> {
    return (await this.read(['ls-files', '-u', '-z'])).length > 0;
  }

  /** Whether DataLad would lose a name, tracked or not: one that holds a line break or is no UTF-8. */
  async losesNames(): Promise<boolean> {
    const listed = await this.read(['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
    return isLost(this.folder) || !isUtf8Bytes(listed) || listed.includes(NEWLINE);
  }

  /** Whether a subdataset was taken out of the index, but not yet of a commit, as by `git mv`: DataLad fails to take it out once more. */
  async unregistersStaged(): Promise<boolean> {
    if (!exists(join(this.folder, '.gitmodules'))) {
      return false;
    }
    const args = ['diff', '--cached', '--raw', '--no-renames', '--no-ext-diff', '--diff-filter=D', '--abbrev=64', '-z'];
    return parseRawDiff(await this.read(args)).some(({ oldMode }) => oldMode === GITLINK);
  }

  /** Names staged for the next commit. */
  async staged(): Promise<string[]> {
    return splitZero(await this.read(['diff', '--cached', '--name-only', '--no-renames', '--no-ext-diff', '-z']));
  }

  /** Whether a name may be, and is, that of a tag. */
  async tag(name: string): Promise<'free' | 'taken' | 'invalid'> {
    const options = { signal: this.signal };
    if (name.startsWith('-') || (await this.git.readOr([1], ['check-ref-format', `refs/tags/${name}`], options)) === null) {
      return 'invalid';
    }
    const taken = await this.git.readOr([1], ['show-ref', '--verify', '--quiet', `refs/tags/${name}`], options);
    return taken === null ? 'free' : 'taken';
  }

  /** Commits made since another one, newest first; all when there was none before. */
  async commitsSince(before: string | null): Promise<string[]> {
    const last = await this.onlyCommitSince(before);
    if (last !== null) {
      return [last];
    }
    const listed = await this.read(['rev-list', before === null ? 'HEAD' : `${before}..HEAD`, '--']);
    return listed.toString().split('\n').filter(Boolean);
  }

  /** Names a commit changed against its first parent. */
  async changedBy(commit: string): Promise<string[]> {
    const parent = parseCommit(await this.git.loose.read(commit))?.parents[0];
    const known = parent === undefined ? null : await changedPaths(this.git, parent, commit);
    if (known !== null) {
      return known;
    }
    const args = ['diff-tree', '-r', '--root', '-m', '--first-parent', '--name-only', '--no-commit-id', '--no-renames', '-z'];
    return splitZero(await this.read([...args, commit]));
  }

  async messageOf(commit: string): Promise<string> {
    const known = parseCommit(await this.git.loose.read(commit));
    return known?.message ?? (await this.read(['show', '--no-patch', '--format=%B', commit])).toString();
  }

  /** Absolute paths of the installed subdatasets, one level deep. */
  async subdatasets(): Promise<string[]> {
    const links = parseIndex(await this.read(['ls-files', '-s', '-z'])).filter(({ mode }) => mode === GITLINK);
    return links.map(({ path }) => join(this.folder, path)).filter(path => exists(join(path, '.git')));
  }

  /** Names of subdatasets with changes inside, at or below the paths; an empty list where that takes too long to tell. */
  async dirtySubdatasets(paths: readonly string[]): Promise<string[]> {
    if (!exists(join(this.folder, '.gitmodules'))) {
      return [];
    }
    const signal = AbortSignal.any([this.signal, AbortSignal.timeout(HINT_TIME)]);
    const installed = await this.subdatasets();
    const concerned = installed.filter(sub => paths.length === 0 || paths.some(path => isRelated(sub, path)));
    // Not by `git status`: it would start another one in each of them, with the filters of one that may not be trusted.
    const dirty = await mapLimited(concerned, 4, sub => isDirty(sub, { ...this.options, signal })).catch(() => []);
    return concerned.filter((_, at) => dirty[at] === true).map(sub => relative(this.folder, sub));
  }

  /** The commit HEAD stands at, where it alone was made since another one, and git need not be asked. */
  private async onlyCommitSince(before: string | null): Promise<string | null> {
    const head = await readHeadFile(this);
    const commit = head === null ? null : parseCommit(await this.git.loose.read(head.commit));
    const isNext = commit?.parents.join() === (before ?? '') && head?.commit !== before;
    return isNext ? (head?.commit ?? null) : null;
  }

  private async read(args: readonly string[]): Promise<Buffer> {
    try {
      return await this.git.read(args, { signal: this.signal });
    } catch (error) {
      // What the reader has no word for, the table of the jobs may know.
      if (error instanceof FailureError && error.failure.kind === 'unknown' && error.failure.detail !== undefined) {
        throw new FailureError(failureOf(error.failure.detail));
      }
      throw error;
    }
  }
}
