import type { Listing, Row } from '../../../protocol/dataset';
import { type ContentsPath, contentsPath } from '../../../protocol/paths';
import { type Folders, linesOf, type TreeLine, treeKey } from './fileTree';

const at = contentsPath;
const row = (path: string, kind: Row['kind'] = 'git', rest: Partial<Row> = {}): Row => ({
  name: path.split('/').at(-1) ?? '',
  path: at(path),
  kind,
  ...rest
});
const listing = (folder: string, rows: Row[], truncated = false): Listing => ({
  folder: at(folder),
  dataset: null,
  rows,
  truncated
});
const folders: Folders = new Map<ContentsPath, Listing | Error>([
  [
    at('s'),
    listing('s', [
      row('s/f10'),
      row('s/f9'),
      row('s/gone', 'git', { change: 'deleted' }),
      row('s/d', 'directory'),
      row('s/e', 'directory')
    ])
  ],
  [at('s/d'), listing('s/d', [row('s/d/x')], true)],
  [at('s/e'), listing('s/e', [])]
]);
const told = (lines: readonly TreeLine[]) =>
  lines.map(line => `${line.level}:${line.position}/${line.size} ${'row' in line ? line.row.path : String(line.remark)}`);
const view = (open: string[], filter = '') => ({ folders, open: new Set(open.map(at)), filter });

test('folders come first, numbers in their order, and what is deleted not at all', () => {
  expect(told(linesOf(at('s'), view([])))).toEqual(['1:1/4 s/d', '1:2/4 s/e', '1:3/4 s/f9', '1:4/4 s/f10']);
});

test('an unfolded folder tells what it holds, that it holds nothing, or what is the matter', () => {
  const all = told(linesOf(at('s'), view(['s/d', 's/e'])));
  expect(all.slice(0, 5)).toEqual(['1:1/4 s/d', '2:1/2 s/d/x', '2:2/2 more', '1:2/4 s/e', '2:1/1 nothing']);
  const failing = new Map([[at('s'), new Error('Not readable.')]]);
  expect(told(linesOf(at('s'), { folders: failing, open: new Set(), filter: '' }))).toEqual(['1:1/1 Error: Not readable.']);
  expect(told(linesOf(at('other'), view([])))).toEqual(['1:1/1 reading']);
});

test('a part of a name keeps what has it, and the folders around', () => {
  expect(told(linesOf(at('s'), view(['s/d', 's/e'], ' X ')))).toEqual(['1:1/1 s/d', '2:1/2 s/d/x', '2:2/2 more']);
  expect(told(linesOf(at('s'), view([], 'F1')))).toEqual(['1:1/1 s/f10']);
  expect(told(linesOf(at('s'), view([], 'none')))).toEqual(['1:1/1 unmatched']);
  expect(told(linesOf(at('s'), view(['s/d', 's/e'], 'd')))).toEqual(['1:1/1 s/d', '2:1/2 s/d/x', '2:2/2 more']);
});

test('Right unfolds and goes in, Left goes out and folds', () => {
  const [shut, open] = [linesOf(at('s'), view([])), linesOf(at('s'), view(['s/d']))];
  expect(treeKey(shut, 0, 'ArrowRight')).toEqual({ fold: 's/d' });
  expect(treeKey(open, 0, 'ArrowRight')).toEqual({ to: 1 });
  expect(treeKey(open, 1, 'ArrowLeft')).toEqual({ to: 0 });
  expect(treeKey(open, 0, 'ArrowLeft')).toEqual({ fold: 's/d' });
  expect(treeKey(open, 1, 'ArrowRight')).toEqual({});
  expect(treeKey(shut, 0, 'ArrowLeft')).toEqual({});
});

test('ten thousand files are put in order', () => {
  const many = listing(
    's',
    Array.from({ length: 10_000 }, (_, number) => row(`s/f${(number * 7919) % 10_000}`))
  );
  const lines = linesOf(at('s'), { folders: new Map([[at('s'), many]]), open: new Set(), filter: '' });
  expect([lines.length, lines.at(-1)?.id]).toEqual([10_000, 's/f9999']);
});
