import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LostEnd } from '../../src/protocol/checkUp';
import { contentsPath } from '../../src/protocol/paths';
import { useReadingAndJobs } from '../support/place';

jest.setTimeout(90_000);

const dataset = contentsPath('ds');

describe('broken links', () => {
  const place = useReadingAndJobs();
  let path: string;
  let before: string;

  beforeAll(async () => {
    const { workspace } = place;
    path = await workspace.dataset({
      files: { 'notes.txt': 'notes\n', 'folder/one.txt': 'one\n', 'folder/two.txt': 'two\n', 'staying.txt': 'staying\n' },
      annexed: { 'data.dat': 2_000 },
      subdatasets: { sub: { annexed: { 'inner.dat': 1_000 }, absent: true } },
      dropped: true
    });
    await mkdir(join(path, 'links'));
    const links = {
      content: '../data.dat',
      chained: 'content',
      inside: '../sub/inner.dat',
      file: '../notes.txt',
      folder: '../folder',
      unsaved: '../staying.txt',
      outside: '/nowhere/at/all',
      above: '../../other/file',
      never: 'never <b>here</b>',
      ring: 'ring'
    };
    for (const [name, target] of Object.entries(links)) {
      await symlink(target, join(path, 'links', name));
    }
    await workspace.git(['add', 'links'], path);
    await workspace.git(['commit', '-q', '-m', 'Links'], path);
    before = (await workspace.git(['rev-parse', 'HEAD'], path)).trim();
    await workspace.git(['rm', '-q', '-r', 'notes.txt', 'folder'], path);
    await workspace.git(['commit', '-q', '-m', 'Tidied'], path);
    await rm(join(path, 'staying.txt'));
  });

  const ends = async (): Promise<Record<string, LostEnd | undefined>> => {
    const { groups } = await place.reading.datasets.checkUp.checkUp({ dataset, check: 'links' }, place.reading.signal);
    return Object.fromEntries(groups.flatMap(({ items }) => items.map(({ name, end }) => [name.replace('links/', ''), end])));
  };

  it('are told with what they lead to, and how that comes back', async () => {
    const head = (await place.workspace.git(['rev-parse', 'HEAD'], path)).trim();
    expect(await ends()).toEqual({
      content: { how: 'get', name: 'data.dat', path: 'ds/data.dat' },
      chained: { how: 'get', name: 'data.dat', path: 'ds/data.dat' },
      inside: { how: 'get', name: 'sub/inner.dat', path: 'ds/sub/inner.dat' },
      file: { how: 'restore', name: 'notes.txt', path: 'ds/notes.txt', commit: before },
      folder: { how: 'restore', name: 'folder', path: 'ds/folder', commit: before },
      unsaved: { how: 'restore', name: 'staying.txt', path: 'ds/staying.txt', commit: head },
      outside: { how: 'outside', name: '/nowhere/at/all' },
      above: { how: 'outside', name: '../../other/file' },
      never: { how: 'unknown', name: 'links/never <b>here</b>' },
      ring: undefined
    });
  });

  it('lead to something again once that was got or restored', async () => {
    await place.jobs.run('get', { dataset, paths: ['ds/data.dat', 'ds/sub/inner.dat'] });
    for (const end of Object.values(await ends())) {
      if (end?.how === 'restore') {
        await place.jobs.run('restore', { dataset, paths: [end.path], commit: end.commit });
      }
    }
    expect(Object.keys(await ends()).sort()).toEqual(['above', 'never', 'outside', 'ring']);
    const hash = createHash('sha256').update(await readFile(join(path, 'links/chained')));
    expect(await place.workspace.annex(['lookupkey', 'data.dat'], path)).toContain(hash.digest('hex'));
    expect(await readFile(join(path, 'links/folder/two.txt'), 'utf8')).toBe('two\n');
  });

  it('in a subdataset that is here are followed into it', async () => {
    await writeFile(join(path, 'sub/plain.txt'), '');
    await symlink('../sub/plain.txt', join(path, 'links/more'));
    await symlink('../sub/gone.txt', join(path, 'links/gone'));
    await place.workspace.git(['add', 'links'], path);
    expect(await ends()).toMatchObject({ gone: { how: 'unknown', name: 'sub/gone.txt' } });
    expect(Object.keys(await ends())).not.toContain('more');
  });
});
