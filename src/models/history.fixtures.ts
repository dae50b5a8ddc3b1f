import type { Commit, CommitDetails } from '../protocol/history';
import { contentsPath } from '../protocol/paths';
import type { CommitId } from '../protocol/revision';

/** A fixed moment, so that pictures do not change. */
export const NOW = Date.UTC(2026, 10, 22, 12);
export const HOUR = 3_600_000;
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
