import { join } from 'node:path';
import type { CallOutput, ParsedCallInput } from '../../../protocol/contract';
import { type Difference, MAX_DIFFERENCES } from '../../../protocol/compare';
import { fail } from '../../../protocol/failure';
import type { ContentsPath } from '../../../protocol/paths';
import type { Side } from '../../../protocol/revision';
import { displayName } from '../../bytes';
import type { CallHandlers } from '../../handlers';
import { mapLimited } from '../../mapLimited';
import type { AbsolutePath, PathBoundary } from '../../paths';
import type { Repositories } from '../repositories';
import type { Repository } from '../repository';
import { contentOf } from './content';
import { diffWorkTree } from './diffWorkTree';
import { FactsReader } from './facts';
import { hunksOf } from './hunks';
import { locate } from './locate';
import { diffTrees, type IRawDifference } from './rawDifferences';
import { type IDescribed, joinAsIn, joinRenamed, reversed } from './sameContent';
import { findSide, resolve } from './sides';

type CompareHandlers = Pick<CallHandlers, 'differences' | 'content' | 'hunks'>;

/** Answers in what the files of a dataset differ between two sides. Nothing here starts DataLad or git-annex, or writes anywhere. */
export class Comparisons implements CompareHandlers {
  constructor(
    private readonly boundary: PathBoundary,
    private readonly repositories: Repositories
  ) {}

  differences = async (
    { dataset, path, from, to }: ParsedCallInput<'differences'>,
    signal: AbortSignal
  ): Promise<CallOutput<'differences'>> => {
    const repository = await this.open(dataset);
    const [first, second] = await Promise.all([findSide(repository, from), findSide(repository, to)]);
    const below = path === undefined ? '' : this.relative(repository, path);
    const sides = { from: first.side, to: second.side };
    let files = await described(repository, sides, { path: below, signal });
    const [only, ...others] = files;
    const other = only?.status === 'added' ? first.side : only?.status === 'deleted' ? second.side : 'nothing';
    if (other !== 'nothing' && only?.path === below && others.length === 0) {
      // It may have another name on the other side.
      files = await described(repository, sides, { path: '', signal });
    }
    const within = (name = ''): boolean => isBelow(name, below);
    files = files
      .filter(change => within(change.path) || within(change.oldPath))
      .sort((one, other) => (one.path < other.path ? -1 : 1));
    return {
      dataset: this.boundary.toContents(repository.root),
      from: first,
      to: second,
      files: files.slice(0, MAX_DIFFERENCES).map(file => this.toWire(repository, file)),
      total: files.length,
      truncated: files.length > MAX_DIFFERENCES
    };
  };

  content = async (
    { dataset, path, side, most, asText }: ParsedCallInput<'content'>,
    signal: AbortSignal
  ): Promise<CallOutput<'content'>> => {
    const repository = await this.open(dataset);
    const name = this.relative(repository, path);
    const located = await locate(repository, await resolve(repository, side), { path: name, signal });
    return { path, ...(await contentOf(repository, located, { name, most, asText, signal })) };
  };

  hunks = async (
    { dataset, path, oldPath, from, to, ignoreSpace = false }: ParsedCallInput<'hunks'>,
    signal: AbortSignal
  ): Promise<CallOutput<'hunks'>> => {
    const repository = await this.open(dataset);
    const find = async (side: typeof from, name: ContentsPath): ReturnType<typeof locate> =>
      await locate(repository, await resolve(repository, side), { path: this.relative(repository, name), signal });
    const [before, after] = await Promise.all([find(from, oldPath ?? path), find(to, path)]);
    return await hunksOf(repository, { before, after }, { ignoreSpace, signal });
  };

  private async open(dataset: ContentsPath): Promise<Repository> {
    const root = await this.repositories.rootOf(this.boundary.resolve(dataset));
    return root === null ? fail('not-a-dataset', 'There is no dataset here.') : await this.repositories.open(root);
  }

  /** A path inside a dataset; what git keeps for itself is no part of it. Nothing need be there: it may be in a commit only. */
  private relative({ root }: Repository, path: ContentsPath): string {
    const absolute = this.boundary.resolve(path);
    const relative = absolute.slice(root.length + 1);
    if (absolute !== root && !absolute.startsWith(`${root}/`)) {
      fail('bad-request', 'This path is not in the dataset.');
    }
    if (relative.split('/').some(name => name.toLowerCase() === '.git')) {
      fail('bad-request', 'What git keeps for itself cannot be compared.');
    }
    return relative;
  }

  private toWire({ root }: Repository, { path, oldPath, status, facts }: IDescribed): Difference {
    const wire = (relative: string): ContentsPath => this.boundary.toContents(join(root, relative) as AbsolutePath);
    return {
      path: wire(path),
      name: displayName(path),
      status,
      ...(oldPath === undefined ? {} : { oldPath: wire(oldPath), oldName: displayName(oldPath) }),
      ...facts
    };
  }
}

function isBelow(name: string, folder: string): boolean {
  return folder === '' || name === folder || name.startsWith(`${folder}/`);
}

/** The differences of two sides, of which only the second may be the work tree. */
async function compare(
  repository: Repository,
  { from, to }: { from: Side; to: Side },
  options: { path: string; signal: AbortSignal }
): Promise<IRawDifference[]> {
  if (from === to || from === 'worktree') {
    return [];
  }
  return to === 'worktree'
    ? await diffWorkTree(repository, from, options)
    : await diffTrees(repository, { from, to }, options.signal);
}

async function described(
  repository: Repository,
  sides: { from: Side; to: Side },
  options: { path: string; signal: AbortSignal }
): Promise<IDescribed[]> {
  const { signal } = options;
  if (sides.from === 'worktree' && sides.to !== 'worktree') {
    return (await described(repository, { from: sides.to, to: sides.from }, options)).map(reversed);
  }
  const all = await compare(repository, sides, options);
  // Beside nothing no file was moved: what is elsewhere need not be described.
  const changes = sides.from === 'nothing' ? all.filter(({ path }) => isBelow(path, options.path)) : all;
  const reader = new FactsReader(repository);
  await reader.load(
    changes.flatMap(({ before, after }) => [before, after]),
    signal
  );
  const files = await mapLimited(changes, 16, async change => ({ ...change, facts: await reader.both(change) }));
  const joined = await joinRenamed(repository, files, signal);
  return sides.to === 'worktree' ? await joinEdited(repository, sides.from, { files: joined, signal }) : joined;
}

/**
 * Of what is gone and what has come since a commit, the files that git takes for renamed up to the last save, though they were edited, too:
 * it looks for no renames where the folder is compared.
 */
async function joinEdited(
  repository: Repository,
  from: Side,
  { files, signal }: { files: IDescribed[]; signal: AbortSignal }
): Promise<IDescribed[]> {
  const has = (wanted: IDescribed['status']): boolean => files.some(({ status }) => status === wanted);
  if (from === 'worktree' || from === 'nothing' || !has('deleted') || !has('added')) {
    return files;
  }
  const last = await resolve(repository, 'HEAD');
  return last === 'worktree' || last === 'nothing' || last === from
    ? files
    : joinAsIn(files, await diffTrees(repository, { from, to: last }, signal));
}
