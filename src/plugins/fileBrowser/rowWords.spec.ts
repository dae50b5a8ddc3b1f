import { nullTranslator } from '@jupyterlab/translation';
import { makeRow } from '../../client/client.fixtures';
import type { Row } from '../../protocol/dataset';
import { rowWords, sizeCell } from './rowWords';

const trans = nullTranslator.load('jupyterlab_datalad');
const below = { files: 12, filesHere: 3, bytesHere: 3_250_000 };

test.each<[string, Partial<Row>, string, string | null]>([
  ['an absent file', {}, 'not here, 4.8 MB', null],
  ['a present file', { here: 'yes' }, 'here, 4.8 MB', null],
  ['a key without a size', { bytes: undefined }, 'not here', null],
  ['an absent pointer', { kind: 'annex-unlocked' }, 'unlocked, not here, 4.8 MB', null],
  ['a modified file', { kind: 'annex-unlocked', here: 'yes', change: 'modified' }, 'unlocked, here, 4.8 MB, modified', null],
  ['a file in Git', { kind: 'git', here: undefined, bytes: 1000 }, 'in Git, 1000 B', null],
  ['a new file', { kind: 'other', here: undefined, bytes: 15, change: 'new' }, '15 B, new', null],
  ['a folder', { kind: 'directory', here: undefined, bytes: undefined }, '', null],
  ['a new folder', { kind: 'directory', here: undefined, bytes: undefined, change: 'new' }, 'new', null],
  [
    'a folder partly here',
    { kind: 'directory', here: 'partly', bytes: 20_971_520, below },
    'partly here, 3.1 MB of 20 MB',
    '3.1 / 20 MB'
  ],
  ['a dataset', { kind: 'dataset', here: 'yes', bytes: 20_971_520 }, 'dataset, here, 20 MB', null],
  [
    'a dataset with little here',
    { kind: 'dataset', here: 'partly', bytes: 1_300_000_000, below: { ...below, bytesHere: 40_000 } },
    'dataset, partly here, 39.1 KB of 1.2 GB',
    '39 KB / 1.2 GB'
  ],
  [
    'a subdataset that is not installed',
    { kind: 'dataset-absent', bytes: undefined },
    'subdataset, not installed',
    'not installed'
  ],
  ['a link', { kind: 'link', here: undefined, bytes: 12 }, 'link', null],
  ['a conflict', { kind: 'git', here: undefined, bytes: 54, change: 'conflict' }, 'in Git, 54 B, in conflict', null]
])('%s is told in words', (_, more, words, cell) => {
  const row = makeRow('x', more);
  expect(rowWords(row, trans)).toBe(words);
  // Thin spaces keep the cell narrow.
  expect(sizeCell(row, trans)?.replace(/\u2009/g, ' ') ?? null).toBe(cell);
});

test('a file on its way says how far it is', () => {
  const row = makeRow('x');
  expect(rowWords(row, trans, { bytes: 2_000_000, totalBytes: 5_000_000 })).toBe('coming, 40 %, 4.8 MB');
  expect(rowWords(row, trans, { bytes: 2_000_000 })).toBe('coming, 1.9 MB so far, 4.8 MB');
});
