import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { Matches } from './matches';
import { reachOf } from './reach';

const NAMES = [
  'a.txt',
  'b.csv',
  '.hidden',
  'sub/a.txt',
  'sub/deep/a.txt',
  'sub/deep/[x].txt',
  'sub/.hidden',
  '.dot/a.txt',
  'öl.txt'
];
const PATTERNS = [
  ...['a.txt', '*.txt', './*.txt', '?.csv', '[a-b].*', '*', '.*', '[!a]*', 'öl*', 'none*'],
  ...['sub/*', 'sub//*.txt', '*/a.txt', '*/*/*', 'sub/deep/[[]x].txt', '.dot/*'],
  ...['**', '**/a.txt', 'sub/**', '**/deep/*', '**/**/*.txt', './**/*.txt', '**/.hidden']
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reach-'));
  for (const name of NAMES) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), '');
  }
});
afterAll(() => rm(folder, { recursive: true }));

it.each(PATTERNS)('a pattern stands for what is found by it, and what lies below that: %s', async pattern => {
  const { found, paths } = await new Matches(folder, folder).of(pattern);
  const places = found === 'all' ? paths.map(path => normalize(path).replace(/\/$/u, '')) : [];
  const expected = NAMES.filter(name => places.some(path => name === path || name.startsWith(`${path}/`)));
  expect(NAMES.filter(reachOf(pattern))).toEqual(expected);
});

it('takes no time for a pattern made to take it', () => {
  expect(reachOf(`${'**/'.repeat(100)}x`)('a/'.repeat(500))).toBe(false);
});
