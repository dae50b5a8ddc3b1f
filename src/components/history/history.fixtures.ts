import type { Commit, CommitDetails } from '../../protocol/history';
import { contentsPath } from '../../protocol/paths';
import type { CommitId } from '../../protocol/revision';
import type { IHistoryState } from '../../tokens';

/** A fixed moment, so that pictures do not change. */
export const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
export const DATASET = contentsPath('my-analysis');

/** The id of a commit by its number. */
export function commitId(number: number): CommitId {
  return number.toString(16).padStart(40, '0') as CommitId;
}

export function commit(number: number, more: Partial<Commit> = {}): Commit {
  return {
    id: commitId(number),
    parents: number > 0 ? [commitId(number - 1)] : [],
    subject: `Commit ${number}`,
    author: { name: 'Ada Lovelace', email: 'ada@example.org' },
    time: NOW - (100 - number) * HOUR,
    names: [],
    ...more
  };
}

const COMMITS: Commit[] = [
  commit(9, {
    subject: 'Merge the new mask',
    parents: [commitId(8), commitId(6)],
    names: [
      { kind: 'branch', name: 'main', head: true },
      { kind: 'remote', name: 'hub/main' }
    ],
    time: NOW - 2 * 60_000
  }),
  commit(8, { subject: '[DATALAD RUNCMD] Reformat code with black', run: true, time: NOW - 2 * HOUR }),
  commit(6, {
    subject: 'Use another mask',
    parents: [commitId(5)],
    author: { name: 'Grace Hopper', email: 'grace@example.org' }
  }),
  commit(7, { subject: 'Describe what the figures show, and how they were made from the raw scans', parents: [commitId(5)] }),
  commit(5, { subject: '[DATALAD] Added subdataset', names: [{ kind: 'tag', name: 'v1.0' }] }),
  commit(4, { subject: '<b>bold</b> \u001b[31mred\u001b[0m \u202egnp.exe', time: NOW - 400 * 24 * HOUR }),
  commit(3, { subject: '', time: null, parents: [] })
].map(made => (made.id === commitId(8) ? { ...made, parents: [commitId(7)] } : made));

export function historyState(more: Partial<IHistoryState> = {}): IHistoryState {
  return {
    dataset: DATASET,
    path: null,
    search: {},
    branch: 'main',
    commits: COMMITS,
    subdatasets: new Set([commitId(5)]),
    phase: 'ready',
    more: false,
    failure: null,
    selected: null,
    details: null,
    ...more
  };
}

export function detailsOf(made: Commit, more: Partial<CommitDetails> = {}): CommitDetails {
  return {
    commit: made,
    message: `${made.subject}\n\nA body with <i>tags</i>,\n\tand \u001b[1mescapes\u001b[0m \u202ereversed.\n`,
    committer: made.author,
    committed: made.time,
    parent: made.parents[0] ?? null,
    count: 4,
    files: [
      {
        path: contentsPath('my-analysis/figures/mask.png'),
        status: 'modified',
        before: { kind: 'annex', bytes: 1_048_576 },
        after: { kind: 'annex', bytes: 2_097_152 }
      },
      {
        path: contentsPath('my-analysis/code/mask.py'),
        oldPath: contentsPath('my-analysis/mask.py'),
        status: 'renamed',
        before: { kind: 'git', bytes: 3_412 },
        after: { kind: 'git', bytes: 3_412 }
      },
      {
        path: contentsPath('my-analysis/notes/a-rather-long-name_of-a-file_desc-preproc.txt'),
        status: 'deleted',
        before: { kind: 'git', bytes: 90 },
        after: null
      },
      { path: contentsPath('my-analysis/input'), status: 'added', before: null, after: { kind: 'dataset', commit: commitId(1) } }
    ],
    ...more
  };
}

const [MERGE] = COMMITS as [Commit, ...Commit[]];

/** Each state the section is designed for, by name. */
export const historyFixtures: Record<string, IHistoryState> = {
  list: historyState(),
  searched: historyState({ search: { message: 'mask', author: 'grace' }, commits: COMMITS.slice(2, 3) }),
  'nothing fits': historyState({ search: { message: 'unheard of' }, commits: [] }),
  'of a file': historyState({ path: contentsPath('my-analysis/code/mask.py'), commits: COMMITS.slice(1, 4) }),
  unborn: historyState({ commits: [] }),
  shallow: historyState({ commits: [...COMMITS.slice(0, 6), commit(3, { shallow: true, parents: [] })] }),
  damaged: historyState({
    failure: { kind: 'damaged-repository', message: 'A part is missing.', parameters: { part: 'objects' } }
  }),
  loading: historyState({ commits: [], phase: 'loading' }),
  long: historyState({
    commits: Array.from({ length: 400 }, (_, at) =>
      commit(400 - at, { parents: at % 5 === 0 ? [commitId(399 - at), commitId(396 - at)] : [commitId(399 - at)] })
    ),
    more: true
  }),
  commit: historyState({ selected: MERGE.id, details: detailsOf(MERGE) }),
  reading: historyState({ selected: MERGE.id })
};
