import { mkdir, symlink } from 'node:fs/promises';
import { Matches } from '../../src/server/dataset/runs/matches';
import { useJobs } from '../support/place';
import { seeded } from '../support/random';

jest.setTimeout(120_000);

/** Expands the specifications on its standard input as `datalad run` does. */
const ASK = `
import json, sys
from datalad.support.globbedpaths import GlobbedPaths
folder, specifications = json.load(sys.stdin)
print(json.dumps([GlobbedPaths([s], pwd=folder).expand() for s in specifications]))
`;

const NAMES = ['a', 'b', 'ab', 'a.txt', 'b.txt', '.hidden', '[x]', 'A', 'é', 'a b', '-', '!'];
const PIECES = [
  'a',
  'b',
  '.',
  'txt',
  '*',
  '?',
  '**',
  '/',
  '/',
  '[ab]',
  '[!a]',
  '[a-c]',
  '[',
  ']',
  '..',
  './',
  '.h',
  'é',
  ' ',
  '-'
];

describe('files that inputs and outputs stand for', () => {
  const place = useJobs();

  it('are those that DataLad finds', async () => {
    const { workspace } = place;
    const random = seeded(7);
    const any = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    for (const name of NAMES) {
      await workspace.write({
        [`ds/${name}`]: 'x',
        [`ds/sub/${name}`]: 'x',
        [`ds/sub/deep/${name}`]: 'x',
        [`ds/a dir/${name}`]: 'x'
      });
    }
    await mkdir(workspace.path('ds/empty'));
    await symlink('sub', workspace.path('ds/link'));
    await symlink('nowhere', workspace.path('ds/broken'));
    const folder = workspace.path('ds/sub');
    const specifications = [
      '**',
      '*',
      '../**',
      './a',
      './*',
      'deep/',
      '*/',
      '**/',
      '../*/a',
      '../[[]x]',
      '[[]x]',
      'none*/x',
      'deep/*x',
      '../link/*'
    ]
      .concat(Array.from({ length: 400 }, () => Array.from({ length: 1 + Math.floor(random() * 6) }, () => any(PIECES)).join('')))
      // Outside of the dataset nothing is looked at; nobody means the root of the file system.
      .filter(text => text.trim() !== '' && text.trim() !== '.' && !text.startsWith('/') && !/\.\..*\.\./u.test(text));
    await workspace.write({ 'ask.json': JSON.stringify([folder, specifications]), 'ask.py': ASK });
    const theirs = JSON.parse(await workspace.run('sh', ['-c', 'python ask.py < ask.json'])) as string[][];
    const ours = new Matches(workspace.path('ds'), folder);
    const found: (readonly string[])[] = [];
    for (const specification of specifications) {
      found.push((await ours.of(specification)).paths);
    }
    expect(specifications.map((text, at) => [text, found[at]])).toEqual(specifications.map((text, at) => [text, theirs[at]]));
  });

  it('are never looked for outside of the dataset', async () => {
    const { workspace } = place;
    await workspace.write({ 'outside/secret': 'x' });
    await symlink('/', workspace.path('ds/root'));
    await symlink('../outside', workspace.path('ds/out'));
    const ours = new Matches(workspace.path('ds'), workspace.path('ds'));
    expect((await ours.of('out/*')).paths).toEqual(['out/*']);
    expect((await ours.of('../outside/*')).paths).toEqual(['../outside/*']);
    expect((await ours.of('**/secret')).found).not.toBe('all');
    expect((await ours.of('root/etc/passwd')).found).toBe('none');
    expect([ours.truncated, ours.leadsOut]).toEqual([false, true]);
  });
});
