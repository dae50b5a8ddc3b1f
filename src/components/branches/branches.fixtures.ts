import { commitId, HOUR, NOW } from '../../models/history.fixtures';
import type { Branches, ListedBranch } from '../../protocol/branches';
import { contentsPath } from '../../protocol/paths';

function branch(ref: string, number: number, more: Partial<ListedBranch> = {}): ListedBranch {
  return {
    ref,
    name: ref,
    place: 'here',
    commit: commitId(number),
    subject: `Commit ${number}`,
    time: NOW - number * HOUR,
    ...more
  };
}

const EMPTY: Branches = {
  current: 'main',
  head: commitId(1),
  loose: 0,
  branches: [branch('main', 1, { current: true, upstream: { name: 'hub/main', ahead: 2, behind: 1 } })],
  tags: [],
  truncated: false,
  broken: [],
  unfinished: null,
  conflicts: []
};

const MANY: Branches = {
  ...EMPTY,
  branches: [
    ...EMPTY.branches,
    branch('feature/another-mask-for-the-second-session', 2, { subject: '<b>bold</b> \u001b[31mred \u202egnp' }),
    branch('old', 3, { upstream: { name: 'hub/old' } }),
    branch('hub/main', 4, { place: 'sibling' }),
    branch('hub/theirs', 5, { place: 'sibling', subject: '' })
  ],
  tags: [{ name: 'v1.0', commit: commitId(5), object: commitId(9), subject: 'First release', time: NOW - 400 * 24 * HOUR }],
  broken: ['refs/heads/broken']
};

/** Each state the page is designed for, by name. */
export const branchesFixtures: Record<string, Branches | null> = {
  reading: null,
  'one branch': EMPTY,
  many: MANY,
  adjusted: {
    ...MANY,
    current: 'adjusted/main(unlocked)',
    branches: [
      branch('adjusted/main(unlocked)', 1, { name: 'main', adjustment: 'unlocked', current: true }),
      ...MANY.branches.map(({ current: _, ...rest }) => rest)
    ]
  },
  detached: {
    ...MANY,
    current: null,
    head: commitId(8),
    loose: 2,
    branches: MANY.branches.map(({ current: _, ...rest }) => rest)
  },
  unborn: { ...EMPTY, head: null, branches: [] },
  conflicts: {
    ...MANY,
    unfinished: 'merge',
    conflicts: [
      { path: contentsPath('my-analysis/notes.txt'), name: 'notes.txt', mine: 'git', theirs: 'git', marked: true },
      { path: contentsPath('my-analysis/a.bin'), name: 'a.bin', mine: 'annex', theirs: null },
      { path: contentsPath('my-analysis/code/mask.py'), name: 'code/mask.py', mine: 'git', theirs: 'git', edited: true }
    ]
  },
  'to be finished': { ...MANY, unfinished: 'merge' },
  rebase: {
    ...MANY,
    unfinished: 'rebase',
    conflicts: [{ path: contentsPath('my-analysis/sub'), name: 'sub', mine: 'dataset', theirs: 'dataset' }]
  },
  bisect: { ...MANY, unfinished: 'bisect' }
};
