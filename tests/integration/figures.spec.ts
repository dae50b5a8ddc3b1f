import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerEvent } from '../../src/protocol/job';
import { contentsPath } from '../../src/protocol/paths';
import { bytesFor } from '../support/makeDataset';
import { useReading } from '../support/place';
import { until } from '../support/until';

jest.setTimeout(120_000);

describe('figures of folders and datasets', () => {
  const place = useReading();

  const totals = (dataset: string) => place.reading.datasets.totals({ dataset: contentsPath(dataset), complete: true });

  it('count unique keys as git-annex does, and follow it', async () => {
    const path = await place.workspace.dataset({
      files: { README: 'hello\n', 'text/only.txt': 'x' },
      annexed: {
        'a/one.bin': 1000,
        'a/same.bin': bytesFor('a/one.bin', 1000),
        'a/deep/two.bin': 2000,
        'b/three.bin': 3000,
        'b/four.bin': 4000,
        'u.bin': 500
      },
      unlocked: ['u.bin'],
      dropped: ['a/deep/two.bin', 'b/three.bin', 'b/four.bin', 'u.bin']
    });
    const rows = await place.reading.rows('ds');
    expect(rows['a']).toEqual({
      kind: 'directory',
      here: 'partly',
      bytes: 3000,
      below: { files: 3, filesHere: 2, bytesHere: 1000 }
    });
    expect(rows['b']).toEqual({ kind: 'directory', here: 'no', bytes: 7000, below: { files: 2, filesHere: 0, bytesHere: 0 } });
    expect(rows['text']).toEqual({ kind: 'directory' });

    const [info] = await place.workspace.records('git', ['annex', 'info', '--json', '--bytes'], path);
    const { here, notHere, counting } = await totals('ds');
    expect(counting).toBe(false);
    expect(here.files).toBe(info?.['local annex keys']);
    expect(here.bytes).toBe(Number(info?.['local annex size']));
    // git-annex counts the file that shares its content twice.
    expect(here.bytes + notHere.bytes + 1000).toBe(Number(info?.['size of annexed files in working tree']));
    expect(here.files + notHere.files).toBe(5);

    await place.workspace.annex(['get', '-q', 'b/three.bin'], path);
    expect((await place.reading.rows('ds'))['b']).toMatchObject({ here: 'partly', below: { filesHere: 1, bytesHere: 3000 } });
    await place.workspace.annex(['drop', '-q', '--force', 'a'], path);
    expect((await place.reading.rows('ds'))['a']).toMatchObject({ here: 'no', below: { filesHere: 0 } });
    await writeFile(join(path, 'u.bin'), 'edited');
    expect((await place.reading.rows('ds'))['u.bin']).toMatchObject({ here: 'yes', change: 'modified', bytes: 6 });
    expect((await place.reading.rows(''))['ds']).toMatchObject({
      kind: 'dataset',
      change: 'modified',
      here: 'partly',
      below: { filesHere: 2 }
    });
  });

  it('follow subdatasets, nested three deep', async () => {
    const path = await place.workspace.dataset({
      path: 'super',
      subdatasets: {
        one: { subdatasets: { two: { annexed: { 'x.bin': 10 }, subdatasets: { three: { annexed: { 'y.bin': 20 } } } } } }
      }
    });
    expect((await place.reading.rows('super'))['one']).toEqual({ kind: 'dataset' });
    expect((await place.reading.rows('super/one'))['two']).toMatchObject({ kind: 'dataset', here: 'yes', bytes: 10 });
    expect((await place.reading.rows('super/one/two'))['three']).toMatchObject({ kind: 'dataset', here: 'yes', bytes: 20 });
    await appendFile(join(path, 'one/two/three/new.txt'), 'x');
    expect((await place.reading.rows('super'))['one']).toEqual({ kind: 'dataset', change: 'modified' });
    await place.workspace.git(['add', '.'], join(path, 'one/two/three'));
    await place.workspace.git(['commit', '-q', '-m', 'More'], join(path, 'one/two/three'));
    expect((await place.reading.rows('super/one/two'))['three']).toMatchObject({ change: 'modified' });
  });

  it('tell that they are counting, and when they are done', async () => {
    await place.workspace.dataset({ path: 'fresh', annexed: { 'd/a.bin': 1, 'd/b.bin': 2 } });
    const told = (): ServerEvent[] => place.reading.events.filter(event => event.type === 'changed' && event.what === 'figures');
    const before = told().length;
    expect((await place.reading.rows('fresh', false))['d']).toEqual({ kind: 'directory', counting: true });
    await until('another event', () => told().length > before);
    expect(told()).toContainEqual({ type: 'changed', dataset: 'fresh', what: 'figures' });
    expect((await place.reading.rows('fresh'))['d']).toMatchObject({ here: 'yes', bytes: 3 });
  });
});
