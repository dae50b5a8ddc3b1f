import { join } from 'node:path';
import type { CallOutput, ParsedCallInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import type { Commit, CommitName, Cursor } from '../../../protocol/history';
import type { ContentsPath } from '../../../protocol/paths';
import type { RunRecord } from '../../../protocol/run';
import type { CallHandlers } from '../../handlers';
import type { AbsolutePath, PathBoundary } from '../../paths';
import { isWithin } from '../../nesting';
import { readBranches, readLostCommits } from '../branches/readBranches';
import type { Repositories } from '../repositories';
import type { Repository } from '../repository';
import { readRerunPlan } from '../runs/rerunPlan';
import { readRunRecord } from '../runs/runRecord';
import { basisNamed, basisOf, type IBasis } from './basis';
import type { ILogEntry } from './parseLog';
import { readBlame } from './readBlame';
import { readCommitFiles, readEntry } from './readCommit';
import { readEdges, readHistory } from './readHistory';
import { subdatasetCommits } from './subdatasetCommits';
import type { IPython } from '../runs/unpack';

const PAGE = 100;
const LONGEST_MESSAGE = 100_000;

type HistoryHandlers = Pick<
  CallHandlers,
  'history' | 'commit' | 'historyMarks' | 'blame' | 'planRerun' | 'branches' | 'lostCommits'
>;

/** Answers what is asked about the past of datasets. */
export class History implements HistoryHandlers {
  constructor(
    private readonly boundary: PathBoundary,
    private readonly repositories: Repositories,
    private readonly python: IPython
  ) {}

  history = async (input: ParsedCallInput<'history'>, signal: AbortSignal): Promise<CallOutput<'history'>> => {
    const { dataset, from, path, search, cursor, limit = PAGE } = input;
    if (path !== undefined && search?.path !== undefined) {
      fail('bad-request', 'The history of one path cannot be searched for others.');
    }
    const repository = await this.open(dataset);
    const basis = from === undefined ? basisOf(repository) : basisNamed(repository, from);
    const relative = path === undefined ? '' : this.relative(repository, path);
    const place = relative === '' ? {} : { path: relative };
    // A page further down begins at its cursor: what the history is called is found out meanwhile.
    const here = cursor ?? topOf(await basis);
    const [page, { branch }] = await Promise.all([readHistory(repository, { here, limit, signal, search, ...place }), basis]);
    return {
      commits: page.entries.map(entry => this.commitOf(repository, entry, page.edges, branch)),
      next: page.next,
      branch,
      ...(page.failure === undefined ? {} : { failure: page.failure })
    };
  };

  commit = async (input: ParsedCallInput<'commit'>, signal: AbortSignal): Promise<CallOutput<'commit'>> => {
    const repository = await this.open(input.dataset);
    const [{ entry, cut }, edges, basis] = await Promise.all([
      readEntry(repository, input.commit, signal),
      readEdges(repository),
      basisOf(repository)
    ]);
    const parent = input.parent ?? entry.parents[0] ?? null;
    if (parent !== null && !entry.parents.includes(parent)) {
      fail('bad-request', 'This is no parent of the commit.');
    }
    const toContents = (path: string): ContentsPath => this.toContents(repository, path);
    const { message } = entry;
    const ran = cut ? tooLong(entry) : await readRunRecord(repository, { ...this.python, ...input, message, toContents, signal });
    return {
      commit: this.commitOf(repository, entry, edges, basis.branch),
      message: message.slice(0, LONGEST_MESSAGE),
      ...(ran === undefined ? {} : { ran }),
      committer: entry.committer,
      committed: entry.committed,
      parent,
      ...(await readCommitFiles(repository, { commit: input.commit, parent, toContents, signal }))
    };
  };

  historyMarks = async (input: ParsedCallInput<'historyMarks'>, signal: AbortSignal): Promise<CallOutput<'historyMarks'>> => {
    const { git } = await this.open(input.dataset);
    return { subdatasets: await subdatasetCommits(git, input.commits, signal) };
  };

  blame = async (input: ParsedCallInput<'blame'>, signal: AbortSignal): Promise<CallOutput<'blame'>> => {
    const { dataset, path, commit } = input;
    const repository = await this.open(dataset);
    const toContents = (name: string): ContentsPath => this.toContents(repository, name);
    const place = { path: this.relative(repository, path), ...(commit === undefined ? {} : { commit }) };
    return await readBlame(repository, { ...place, toContents, signal });
  };

  planRerun = async (input: ParsedCallInput<'planRerun'>, signal: AbortSignal): Promise<CallOutput<'planRerun'>> => {
    const { dataset, ...range } = input;
    const repository = await this.open(dataset);
    const toContents = (path: string): ContentsPath => this.toContents(repository, path);
    return await readRerunPlan(repository, { ...this.python, ...range, toContents, signal });
  };

  branches = async ({ dataset }: ParsedCallInput<'branches'>, signal: AbortSignal): Promise<CallOutput<'branches'>> => {
    const repository = await this.open(dataset);
    return await readBranches(repository, { toContents: path => this.toContents(repository, path), signal });
  };

  lostCommits = async (input: ParsedCallInput<'lostCommits'>, signal: AbortSignal): Promise<CallOutput<'lostCommits'>> =>
    await readLostCommits((await this.open(input.dataset)).git, { branch: input.branch, signal });

  private async open(dataset: ContentsPath): Promise<Repository> {
    const root = await this.repositories.rootOf(this.boundary.resolve(dataset));
    return root === null ? fail('not-a-dataset', 'There is no dataset here.') : await this.repositories.open(root);
  }

  private relative(repository: Repository, path: ContentsPath): string {
    const absolute = this.boundary.resolve(path);
    return isWithin(absolute, repository.root)
      ? absolute.slice(repository.root.length + 1)
      : fail('outside-root', `${path} is not in this dataset.`, { parameters: { path } });
  }

  private toContents({ root }: Repository, relative: string): ContentsPath {
    return this.boundary.toContents(join(root, relative) as AbsolutePath);
  }

  private commitOf(repository: Repository, entry: ILogEntry, edges: ReadonlySet<string>, branch: string | null): Commit {
    const { committer, committed, message, file, names, ...commit } = entry;
    return {
      ...commit,
      names: names
        .map(({ kind, name }) => ({ kind, name, ...(kind === 'branch' && name === branch ? { head: true as const } : {}) }))
        .sort((one, other) => rank(one) - rank(other)),
      ...(edges.has(commit.id) ? { shallow: true as const } : {}),
      ...(file === undefined ? {} : { path: this.toContents(repository, file) })
    };
  }
}

/** Of a message that was not read to its end. */
function tooLong({ run }: ILogEntry): RunRecord | undefined {
  return run === true ? { state: 'too-large' } : undefined;
}

/** What is checked out first, then what people gave names to. */
function rank({ kind, head }: CommitName): number {
  return head === true ? 0 : { tag: 1, branch: 2, remote: 3 }[kind];
}

function topOf({ commit }: IBasis): Cursor | null {
  return commit === null ? null : { tips: [commit], skip: 0 };
}
