import { appendFile, mkdir, rename } from 'node:fs/promises';
import { exists } from '../../src/server/exists';
import { contentsPath } from '../../src/protocol/paths';
import { readHoldings } from '../../src/server/operations/calls/holdings';
import type { Holding } from '../../src/protocol/holding';
import { hashesBelow } from '../support/everything';
import { useJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';

jest.setTimeout(60_000);

describe('remove', () => {
  const place = useJobs();
  let around: string;

  beforeAll(async () => {
    around = await place.workspace.dataset({
      path: 'around',
      files: { 'folder/notes.txt': 'in Git' },
      annexed: { 'folder/big.bin': 100 },
      clone: true,
      subdatasets: {
        'folder/safe': { annexed: { 'a.bin': 1_000 }, dropped: [] },
        'folder/only': { annexed: { 'b.bin': 2_000 }, dropped: [] }
      }
    });
    await place.workspace.dataset({ path: 'projects/alone', annexed: { 'c.bin': 3_000 } });
    await place.workspace.dataset({ path: 'projects/clone', annexed: { 'd.bin': 4_000 }, clone: true });
    await place.workspace.write({ 'projects/plain/file.txt': 'no dataset' });
  });

  const holding = async (path: string): Promise<Holding | undefined> => {
    const options = { boundary: place.jobs.boundary, env: place.workspace.env, signal: new AbortController().signal };
    return (await readHoldings({ paths: [contentsPath(path)] }, options))[0];
  };
  const content = (folder: string): Promise<string[]> => hashesBelow(`${place.workspace.path(folder)}/.git/annex/objects`);

  it('is asked about what a plain delete would lose', async () => {
    expect(await holding('projects')).toEqual({
      path: 'projects',
      isDataset: false,
      absorbed: false,
      datasets: expect.arrayContaining([
        { dataset: 'projects/alone', path: 'projects/alone' },
        { dataset: 'projects/clone', path: 'projects/clone' }
      ]) as unknown,
      unchecked: [],
      annexed: 0,
      absent: 0,
      complete: true
    });
    expect(await holding('around/folder')).toMatchObject({
      isDataset: false,
      datasets: expect.arrayContaining([
        { dataset: 'around', path: 'around/folder/safe' },
        { dataset: 'around', path: 'around/folder/only' }
      ]) as unknown,
      annexed: 1,
      absent: 0
    });
    expect(await holding('around/folder/safe')).toMatchObject({ isDataset: true, annexed: 0 });
    expect(await holding('projects/plain')).toMatchObject({ isDataset: false, datasets: [], unchecked: [] });
    expect(await holding('projects/plain/file.txt')).toMatchObject({ datasets: [], annexed: 0 });
    await place.workspace.git([
      'clone',
      '-q',
      '--bare',
      place.workspace.path('projects/alone'),
      place.workspace.path('store.git')
    ]);
    await place.workspace.annex(['init', '-q'], place.workspace.path('store.git'));
    expect(await holding('store.git')).toMatchObject({ datasets: [], unchecked: ['store.git'] });
  });

  it('refuses a dataset whose content or commits are nowhere else, and lets it go only after that was said', async () => {
    const [dataset, paths] = ['projects/alone', ['projects/alone']];
    const before = await content(dataset);
    expect(before).toHaveLength(1);
    const task = new RecordingTask();
    const failure = await place.jobs.failure('remove', { dataset, paths }, task);
    expect(failure.kind).toBe('last-copy');
    expect(await content(dataset)).toEqual(before);

    const report = task.asReport({ operation: 'remove', dataset });
    const refused = (input: object, kind = failure.kind): void => {
      place.jobs.reports.set(task.id, { ...report, job: { ...report.job, input, failure: { ...failure, kind } } });
    };
    const override = { dataset, paths, refused: task.id };
    refused({ dataset, paths: ['projects/clone'] });
    expect((await place.jobs.failure('removeRefused', override)).kind).toBe('bad-request');
    refused({ dataset, paths }, 'untrusted');
    expect((await place.jobs.failure('removeRefused', override)).kind).toBe('bad-request');
    expect(await content(dataset)).toEqual(before);
    refused({ dataset, paths });
    await place.jobs.run('removeRefused', override);
    expect(exists(place.workspace.path(dataset))).toBe(false);
    expect(exists(place.workspace.path('projects'))).toBe(true);
  });

  it('removes a clone whose content is elsewhere, but not with what is not saved in it', async () => {
    const [dataset, paths] = ['projects/clone', ['projects/clone']];
    await place.workspace.write({ 'projects/clone/draft.txt': 'not saved' });
    expect((await place.jobs.failure('remove', { dataset, paths })).kind).toBe('unsaved-changes');
    await place.workspace.run('rm', [place.workspace.path('projects/clone/draft.txt')]);
    await place.jobs.run('remove', { dataset, paths });
    expect(exists(place.workspace.path(dataset))).toBe(false);
    expect(await hashesBelow(`${place.workspace.sources}/projects/clone/.git/annex/objects`)).toHaveLength(1);
  });

  it('takes subdatasets out of the dataset around, all that can safely go, and refuses the others', async () => {
    const dataset = 'around';
    await appendFile(`${around}/folder/only/new.bin`, 'only here');
    await place.workspace.annex(['add', '-q', '--force-large', 'new.bin'], `${around}/folder/only`);
    await place.workspace.git(['commit', '-q', '-m', 'Only here'], `${around}/folder/only`);
    await place.workspace.git(['commit', '-qam', 'Note it'], around);
    const before = await content('around/folder/only');
    const refused = await place.jobs.failure('remove', { dataset, paths: ['around/folder/only'] });
    expect(refused.kind).toBe('last-copy');
    expect(await content('around/folder/only')).toEqual(before);

    await place.jobs.run('remove', { dataset, paths: ['around/folder/safe'] });
    expect(exists(`${around}/folder/safe`)).toBe(false);
    expect(await place.workspace.git(['status', '--porcelain'], around)).toBe('');
    expect(await place.workspace.git(['config', '-f', '.gitmodules', '-l'], around)).not.toContain('safe');
    expect(await content('around/folder/only')).toEqual(before);
  });

  it('leaves a folder alone in which lies a dataset that nobody registered, ignored or not', async () => {
    const nested = await place.workspace.dataset({ path: 'around/folder/hidden', annexed: { 'e.bin': 5_000 } });
    await place.workspace.write({ 'around/.git/info/exclude': 'hidden\n' });
    await rename(`${around}/folder/only`, place.workspace.path('away'));
    await mkdir(`${around}/folder/only`);
    const failure = await place.jobs.failure('remove', { dataset: 'around', paths: ['around/folder'] });
    expect(failure).toMatchObject({ kind: 'in-the-way', parameters: { path: 'around/folder/hidden' } });
    expect(await hashesBelow(`${nested}/.git/annex/objects`)).toHaveLength(1);
    expect(exists(`${around}/folder/big.bin`)).toBe(true);
  });
});
