import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerEvent } from '../../src/protocol/job';
import type { AbsolutePath } from '../../src/server/paths';
import { contentsPath } from '../../src/protocol/paths';
import { useReading } from '../support/place';
import { until } from '../support/until';

jest.setTimeout(120_000);

describe('freshness', () => {
  const place = useReading();
  let path: string;
  beforeAll(async () => {
    path = await place.workspace.dataset({
      files: { 'folder/file': 'x' },
      annexed: { 'a.bin': 10, 'b.bin': 20, 'c.bin': 30 },
      dropped: ['a.bin', 'b.bin', 'c.bin']
    });
    place.reading.datasets.setListening(true);
  });

  const isState = (event: ServerEvent): boolean => event.type === 'changed' && event.what === 'state' && event.dataset === 'ds';
  const isFolder = (folder: string) => (event: ServerEvent) =>
    event.type === 'changed' && event.what === 'folder' && event.folder === folder;
  const soon = async (seen: Promise<unknown>): Promise<number> => {
    const started = Date.now();
    await seen;
    return Date.now() - started;
  };

  it('tells of edits in the folder shown, and of folders that come and go', async () => {
    await place.reading.rows('ds/folder');
    const from = place.reading.events.length;
    await writeFile(join(path, 'folder/new'), 'x');
    expect(await soon(place.reading.event(isFolder('ds/folder'), from))).toBeLessThan(1000);
    expect(await place.reading.rows('ds/folder')).toMatchObject({ new: { change: 'new' } });
    await rm(join(path, 'folder/new'));

    await place.reading.rows('');
    const later = place.reading.events.length;
    await mkdir(place.workspace.path('another'));
    expect(await place.reading.event(isFolder(''), later)).toEqual({
      type: 'changed',
      dataset: null,
      what: 'folder',
      folder: ''
    });
  });

  it('tells of content that comes and goes in a terminal, from the first get on', async () => {
    await place.reading.rows('ds');
    const from = place.reading.events.length;
    await place.workspace.annex(['get', '-q', 'a.bin'], path);
    expect(await soon(place.reading.event(isState, from))).toBeLessThan(1000);
    await until('a change of state', () => place.reading.events.slice(from).filter(isState).length > 0);
    expect(await place.reading.rows('ds')).toMatchObject({ 'a.bin': { here: 'yes' }, 'b.bin': { here: 'no' } });
    const later = place.reading.events.length;
    await place.workspace.annex(['drop', '-q', 'a.bin'], path);
    await place.reading.event(isState, later);
    expect(await place.reading.rows('ds')).toMatchObject({ 'a.bin': { here: 'no' } });
  });

  it('tells of commits others made, but not of those of a job', async () => {
    await place.reading.rows('ds');
    await writeFile(join(path, 'text'), 'x');
    await place.workspace.git(['add', 'text'], path);
    await place.workspace.git(['commit', '-q', '-m', 'In a terminal'], path);
    const [seen] = await until('a commit', () => place.reading.commits.length > 0 && place.reading.commits);
    expect(seen).toMatchObject({ dataset: path, subjects: ['In a terminal'], files: 1 });

    const from = place.reading.events.length;
    place.reading.datasets.setBusy(path as AbsolutePath, true);
    await place.workspace.git(['commit', '-q', '--allow-empty', '-m', 'Of a job'], path);
    place.reading.datasets.setBusy(path as AbsolutePath, false);
    await place.reading.event(isState, from);
    await place.workspace.git(['commit', '-q', '--allow-empty', '-m', 'Terminal again'], path);
    await until('another commit', () => place.reading.commits.length > 1);
    expect(place.reading.commits.map(({ subjects }) => subjects)).toEqual([['In a terminal'], ['Terminal again']]);
  });

  it('goes on when a dataset is deleted and made again under the same name', async () => {
    await place.reading.rows('ds');
    await rm(path, { recursive: true });
    await place.workspace.dataset({ path: 'ds', files: { 'folder/file': 'x' }, annexed: { 'd.bin': 40 } });
    expect(await place.reading.rows('ds')).toMatchObject({
      'd.bin': { kind: 'annex', here: 'yes' },
      folder: { kind: 'directory' }
    });
    const from = place.reading.events.length;
    await place.workspace.annex(['drop', '-q', '--force', 'd.bin'], path);
    await place.reading.event(isState, from);
    expect(await place.reading.rows('ds')).toMatchObject({ 'd.bin': { here: 'no' } });
    const later = place.reading.events.length;
    await writeFile(join(path, 'new'), 'x');
    await place.reading.event(isFolder('ds'), later);
  });

  it('is not set off by its own reads, and is silent without listeners', async () => {
    await place.reading.rows('ds');
    await place.reading.rows('');
    await place.reading.datasets.dataset({ path: contentsPath('ds') }, place.reading.signal);
    const from = place.reading.events.length;
    await place.reading.rows('ds');
    await place.reading.datasets.dataset({ path: contentsPath('ds') }, place.reading.signal);
    // Whatever the reads set off is told before what is done after them.
    await mkdir(place.workspace.path('marker'));
    await place.reading.rows('');
    await rm(place.workspace.path('marker'), { recursive: true });
    await place.reading.event(isFolder(''), from);
    expect(place.reading.events.slice(from).filter(event => event.type === 'changed' && event.dataset !== null)).toEqual([]);
    place.reading.datasets.setListening(false);
    const silent = place.reading.events.length;
    await writeFile(join(path, 'unheard'), 'x');
    await place.workspace.git(['add', 'unheard'], path);
    expect(place.reading.events.slice(silent)).toEqual([]);
  });
});
