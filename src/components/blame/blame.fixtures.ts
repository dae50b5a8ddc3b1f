import type { IBlameState } from '../../models/blameModel';
import { commit, commitId, DATASET, HOUR, NOW } from '../../models/history.fixtures';
import type { Blame, BlamedCommit } from '../../protocol/blame';
import { contentsPath } from '../../protocol/paths';

const PATH = contentsPath(`${DATASET}/code/mask.py`);
const OLD = contentsPath(`${DATASET}/mask.py`);

function blamed(number: number, more: Partial<BlamedCommit> = {}): BlamedCommit {
  const { id, subject, author, time } = commit(number);
  return { id, subject, author, time, path: PATH, ...more };
}

export const BLAME: Blame = {
  text: 'import numpy\n\ndef mask(image):\r\n\treturn image > 0 # \u202e<b>bold</b>\n# later',
  commits: [
    blamed(3, { subject: 'Begin', path: OLD }),
    blamed(6, {
      subject: 'Use another mask',
      author: { name: 'Grace Hopper', email: 'grace@example.org' },
      time: NOW - 2 * HOUR,
      before: { path: OLD, commit: commitId(5) }
    })
  ],
  runs: [
    { count: 2, commit: 0 },
    { count: 1, commit: 1 },
    { count: 1, commit: 0 },
    { count: 1, commit: null }
  ],
  saved: { path: PATH, commit: commitId(9) }
};

export function blameState(more: Partial<IBlameState> = {}): IBlameState {
  return { version: { path: PATH, commit: null }, canGoBack: false, blame: BLAME, failure: null, ...more };
}

export const blameFixtures: Readonly<Record<string, IBlameState>> = {
  now: blameState(),
  earlier: blameState({ version: { path: OLD, commit: commitId(5) }, canGoBack: true }),
  reading: blameState({ blame: null }),
  empty: blameState({ blame: { text: '', commits: [], runs: [] } }),
  damaged: blameState({ blame: { ...BLAME, damaged: true } }),
  annexed: blameState({ blame: null, failure: { kind: 'no-lines', message: 'none', parameters: { why: 'annex' } } }),
  'never saved': blameState({ blame: null, failure: { kind: 'no-lines', message: 'none', parameters: { why: 'unsaved' } } }),
  long: blameState({
    blame: {
      ...BLAME,
      text: Array.from({ length: 20_000 }, (_, at) => `line ${at}`).join('\n'),
      runs: Array.from({ length: 20_000 }, (_, at) => ({ count: 1, commit: at % 2 }))
    }
  })
};
