import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { bytesFor } from '../support/makeDataset';
import { useReading } from '../support/place';

jest.setTimeout(120_000);

describe('plans', () => {
  const place = useReading();

  const input = (dataset: string, paths: string[], recursive = false) => ({
    dataset: contentsPath(dataset),
    paths: paths.map(contentsPath),
    recursive
  });

  it('of a get name what comes, from where, and what cannot come', async () => {
    const path = await place.workspace.dataset({
      annexed: { 'a/one.bin': 1000, 'a/same.bin': bytesFor('a/one.bin', 1000), 'a/two.bin': 2000, 'lost.bin': 70, 'here.bin': 5 },
      dropped: ['a/one.bin', 'a/same.bin', 'a/two.bin', 'lost.bin'],
      subdatasets: { sub: { annexed: { 's.bin': 100 }, dropped: true }, gone: { absent: true } }
    });
    await place.workspace.annex(['drop', '-q', '--force', 'lost.bin'], join(place.workspace.sources, 'ds'));
    await place.workspace.git(['fetch', '-q', 'origin'], path);
    await place.workspace.git(['config', 'annex.diskreserve', '1 petabyte'], path);
    expect(await place.reading.datasets.planGet(input('ds', ['ds']), place.reading.signal)).toEqual({
      toGet: { files: 3, bytes: 3070, unsized: 0 },
      alreadyHere: { files: 1, bytes: 5, unsized: 0 },
      sources: [{ name: 'origin', files: 2 }],
      unavailable: 1,
      absentSubdatasets: ['gone'].map(name => `ds/${name}`),
      free: 0
    });
    await place.workspace.git(['config', '--unset', 'annex.diskreserve'], path);
    const recursive = await place.reading.datasets.planGet(input('ds', ['ds/a/two.bin', 'ds/sub'], true), place.reading.signal);
    expect(recursive).toMatchObject({
      toGet: { files: 2, bytes: 2100 },
      sources: [{ name: 'origin', files: 2 }],
      unavailable: 0
    });
    expect(recursive.free).toBeGreaterThan(0);
  });

  it('of a drop name what goes with it and what stays', async () => {
    const path = await place.workspace.dataset({
      path: 'drops',
      annexed: { 'a/one.bin': 1000, 'b/same.bin': bytesFor('a/one.bin', 1000), 'a/u.bin': 30, 'a/v.bin': 40 },
      unlocked: ['a/u.bin', 'a/v.bin']
    });
    await appendFile(join(path, 'a/u.bin'), 'more');
    expect(await place.reading.datasets.planDrop(input('drops', ['drops/a']), place.reading.signal)).toEqual({
      toDrop: { files: 2, bytes: 1040, unsized: 0 },
      shared: ['drops/b/same.bin'],
      modified: ['drops/a/u.bin']
    });
  });

  it('leave a plain clone as it is and know where its content is', async () => {
    const path = await place.workspace.dataset({
      path: 'plain',
      annexed: { 'x.bin': 10, 'u.bin': 20 },
      unlocked: ['u.bin'],
      initialised: false
    });
    expect(await place.reading.rows('plain')).toMatchObject({
      'x.bin': { kind: 'annex', here: 'no', bytes: 10 },
      'u.bin': { kind: 'annex-unlocked', here: 'no', bytes: 20 }
    });
    expect(await place.reading.datasets.planGet(input('plain', ['plain']), place.reading.signal)).toMatchObject({
      toGet: { files: 2, bytes: 30 },
      sources: [{ name: 'origin', files: 2 }],
      unavailable: 0
    });
    const summary = await place.reading.datasets.dataset({ path: contentsPath('plain') }, place.reading.signal);
    expect(summary).toMatchObject({ dataset: { annex: 'uninitialised' }, changes: [] });
    expect(await place.workspace.git(['config', '--local', '--get-regexp', 'annex'], path).catch(() => 'none')).toBe('none');
    expect(await place.workspace.git(['branch', '--list', 'git-annex'], path)).toBe('');
  });
});
