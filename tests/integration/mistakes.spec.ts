import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { contentsPath } from '../../src/protocol/paths';
import { usePlace } from '../support/place';
import { JobBench } from '../support/jobBench';
import { Reading } from '../support/reading';
import { RecordingTask } from '../support/recordingTask';

jest.setTimeout(60_000);

const dataset = 'ds';

/** What a learner gets wrong, with what DataLad, git-annex or git say to it, and what cures it. */
describe('a mistake and its cure', () => {
  const place = usePlace(workspace => ({ jobs: new JobBench(workspace), reading: new Reading(workspace) }));
  let path: string;
  let sub: string;
  const git = (...args: string[]): Promise<string> => place.workspace.git(args, path);

  beforeAll(async () => {
    place.jobs.pool.prewarm();
    path = await place.workspace.dataset({
      files: { 'notes.txt': 'notes\n' },
      annexed: { 'absent.bin': 2_000, 'open.bin': 3_000 },
      unlocked: ['open.bin'],
      dropped: ['absent.bin'],
      subdatasets: { sub: { files: { 'inner.txt': 'inner\n' } } }
    });
    sub = `${path}/sub`;
  });

  it('drops what was edited: saved first, it goes', async () => {
    await appendFile(`${path}/open.bin`, 'edited');
    const input = { dataset, paths: [`${dataset}/open.bin`] };
    expect(await place.jobs.failure('drop', input)).toMatchObject({
      kind: 'modified-content',
      detail: expect.stringContaining('cannot drop modified content, save first')
    });
    await place.jobs.run('save', { ...input, message: 'Edited' });
    // Now it is the only copy, which is another refusal.
    expect(await place.jobs.failure('drop', input)).toMatchObject({
      kind: 'last-copy',
      detail: expect.stringMatching(/Could not verify the existence of the 1 necessary copy|Could only verify/u)
    });
    expect(await readFile(`${path}/open.bin`, 'utf8')).toMatch(/edited$/u);
  });

  it('drops what was never saved', async () => {
    await writeFile(`${path}/new.txt`, 'new');
    expect(await place.jobs.failure('drop', { dataset, paths: [`${dataset}/new.txt`] })).toMatchObject({
      kind: 'not-annexed',
      detail: expect.stringContaining('cannot drop untracked content, save first')
    });
    expect(await readFile(`${path}/new.txt`, 'utf8')).toBe('new');
  });

  it('saves without -r: the rest is named, and a recursive save takes it', async () => {
    await appendFile(`${sub}/inner.txt`, 'more');
    const task = await place.jobs.run('save', { dataset, message: 'Not all' });
    expect(task.notices).toMatchObject([{ kind: 'nothing-saved', parameters: { subdatasets: 1 } }]);
    // DataLad says nothing at all to this, and ends well.
    expect(await place.jobs.failure('save', { dataset, message: 'Nothing' })).toMatchObject({
      kind: 'nothing-saved',
      parameters: { subdatasets: 1 }
    });
    await place.jobs.run('save', { dataset, message: 'All', recursive: true });
    expect(await git('status', '--porcelain')).toBe('');
    expect(await place.workspace.git(['log', '-1', '--format=%s'], sub)).toBe('All\n');
    expect((await place.jobs.failure('save', { dataset, message: 'Once more' })).parameters).toBeUndefined();
  });

  it('unlocks what is not here: got first, it can', async () => {
    const input = { dataset, paths: [`${dataset}/absent.bin`] };
    const task = new RecordingTask();
    expect(await place.jobs.failure('unlock', input, task)).toMatchObject({
      kind: 'not-here',
      detail: expect.stringContaining('no content present; cannot unlock')
    });
    expect(task.results).toMatchObject([{ failure: { kind: 'not-here' } }]);
    await place.jobs.run('get', input);
    await place.jobs.run('unlock', input);
    expect((await git('status', '--porcelain')).trim()).toBe('T  absent.bin');
    await place.jobs.run('lock', input);
  });

  it('makes a dataset where files are: around them it can be made, and none of them changes', async () => {
    await place.workspace.write({ 'full/data.txt': 'data', 'full/inner/more.txt': 'more' });
    expect(await place.jobs.failure('create', { path: 'full' })).toMatchObject({
      kind: 'not-empty',
      parameters: { files: 2 }
    });
    await place.jobs.run('create', { path: 'full', force: true });
    const full = place.workspace.path('full');
    expect(await readFile(`${full}/data.txt`, 'utf8')).toBe('data');
    expect((await place.workspace.git(['status', '--porcelain', '-uall'], full)).split('\n').filter(Boolean)).toEqual([
      '?? data.txt',
      '?? inner/more.txt'
    ]);
    // A dataset is none to be made: that is not offered.
    const again = await place.jobs.failure('create', { path: 'full' });
    expect(again.kind).toBe('not-empty');
    expect(again.parameters).toBeUndefined();
  });

  it('works where there is no dataset, or nothing at all', async () => {
    await place.workspace.write({ 'plain/file.txt': 'x' });
    expect((await place.jobs.failure('save', { dataset: 'plain', message: 'x' })).kind).toBe('not-a-dataset');
    const get = await place.jobs.failure('get', { dataset, paths: [`${dataset}/no-such-file`] });
    expect(get).toMatchObject({ kind: 'not-found', detail: expect.stringContaining('path does not exist') });
    const clone = await place.jobs.failure('clone', { source: '/no/such/dataset', path: 'clone' });
    expect(clone).toMatchObject({
      kind: 'clone-failed',
      detail: expect.stringContaining('Failed to clone from any candidate source URL.')
    });
  });

  it('saves while a lock lies there, of which DataLad does not say a word', async () => {
    await place.jobs.run('unlock', { dataset, paths: [`${dataset}/open.bin`] });
    await writeFile(`${path}/late.txt`, 'late');
    await writeFile(`${path}/.git/index.lock`, '');
    const input = { dataset, message: 'Late' };
    expect(await place.jobs.failure('save', input)).toMatchObject({
      kind: 'locked',
      detail: expect.stringContaining("pathspec 'late.txt' did not match any file(s) known to git")
    });
    await place.workspace.run('rm', [`${path}/.git/index.lock`]);
    await place.jobs.run('save', input);
  });

  it('saves in the middle of a merge', async () => {
    const before = (await git('rev-parse', 'HEAD')).trim();
    await git('checkout', '-q', '-b', 'theirs');
    await writeFile(`${path}/notes.txt`, 'theirs\n');
    await git('commit', '-q', '-a', '-m', 'Theirs');
    await git('checkout', '-q', '-');
    await writeFile(`${path}/notes.txt`, 'ours\n');
    await git('commit', '-q', '-a', '-m', 'Ours');
    await expect(git('merge', '-q', 'theirs')).rejects.toThrow('CONFLICT');
    expect(await place.jobs.failure('save', { dataset, message: 'x' })).toMatchObject({
      kind: 'merge-in-progress',
      parameters: { what: 'merge' }
    });
    await git('merge', '--abort');
    await git('reset', '-q', '--hard', before);
  });

  it('drops a dataset that holds others: with them it goes', async () => {
    const source = place.workspace.path('full');
    await place.workspace.git(['add', '.'], source);
    await place.workspace.git(['commit', '-q', '-m', 'All'], source);
    await place.workspace.datalad(['clone', '-d', '.', path, 'nested'], source);
    await place.jobs.run('clone', { source, path: 'whole' });
    await place.jobs.run('get', { dataset: 'whole', paths: ['whole/nested'], noData: true });
    const input = { dataset: 'whole', paths: ['whole'], what: 'all' as const };
    expect(await place.jobs.failure('drop', input)).toMatchObject({
      kind: 'subdatasets-present',
      detail: expect.stringContaining('subdataset(s) still present (forgot --recursive?)')
    });
    await place.jobs.run('drop', { ...input, recursive: true });
    await expect(readFile(place.workspace.path('whole', 'data.txt'))).rejects.toThrow('ENOENT');
  });

  it('gets what no place in reach has, which is told by name', async () => {
    await place.workspace.annex(['drop', '-q', 'absent.bin'], path);
    const source = `${place.workspace.sources}/ds`;
    await place.workspace.run('mv', [source, `${source}-away`]);
    const paths = [`${dataset}/absent.bin`];
    expect(await place.jobs.failure('get', { dataset, paths })).toMatchObject({
      kind: 'content-unavailable',
      detail: expect.stringContaining('Unable to access these remotes: origin')
    });
    const { sources } = await place.reading.datasets.planGet(
      { dataset: contentsPath(dataset), paths: paths.map(contentsPath) },
      new AbortController().signal
    );
    expect(sources).toEqual([{ name: 'origin', files: 1 }]);
    await place.workspace.run('mv', [`${source}-away`, source]);
    await place.jobs.run('get', { dataset, paths });
    expect((await place.workspace.annex(['find', '--in', 'here'], path)).split('\n')).toContain('absent.bin');
  });
});
