import { commit, commitId, DATASET, detailsOf, HOUR, NOW } from '../../models/history.fixtures';
import type { Commit } from '../../protocol/history';
import { contentsPath } from '../../protocol/paths';
import type { RunRecord } from '../../protocol/run';
import type { IHistoryState } from '../../tokens';

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
    branchesShown: false,
    branches: null,
    ...more
  };
}

const [MERGE, RUN] = COMMITS as [Commit, Commit, ...Commit[]];
const COMMAND = "black 'code/' <b>\u202e</b>";
const RECORD = `[DATALAD RUNCMD] Reformat code\n\n=== Do not change lines below ===\n${JSON.stringify({ cmd: COMMAND }, null, 1)}\n^^^ Do not change lines above ^^^\n`;
const RAN: RunRecord = {
  state: 'read',
  facts: {
    command: COMMAND,
    inputs: ['code/a.py', 'code/b\n.py'],
    outputs: ['code'],
    extraInputs: ['.datalad/environments/black/image'],
    folder: 'code',
    exit: 3,
    dsid: '67e1cd23-8f52-43d9-b0b2-1a5b6f7d3c11',
    chain: [],
    other: ['colour\u202e']
  }
};

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
  run: historyState({ selected: RUN.id, details: detailsOf(RUN, { message: RECORD, ran: RAN }) }),
  'run without its record': historyState({
    selected: RUN.id,
    details: detailsOf(RUN, { ran: { state: 'not-here', file: contentsPath('my-analysis/.datalad/runinfo/d6f3c9') } })
  }),
  'commit of a file': historyState({
    path: contentsPath('my-analysis/code/mask.py'),
    commits: COMMITS.slice(1, 4).map(made => ({ ...made, path: contentsPath('my-analysis/mask.py') })),
    selected: commitId(7),
    details: detailsOf(commit(7))
  }),
  reading: historyState({ selected: MERGE.id })
};
