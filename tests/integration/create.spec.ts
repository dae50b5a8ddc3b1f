import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useJobs } from '../support/place';

jest.setTimeout(60_000);

describe('create', () => {
  const place = useJobs();

  it('makes a dataset with its procedures, and subdatasets in it', async () => {
    const path = 'my analysis';
    await place.jobs.run('create', { path, procedures: ['text2git'], description: 'mine' });
    await place.workspace.write({ 'my analysis/notes.txt': 'text' });
    await place.jobs.run('save', { dataset: path, message: 'Notes' });
    expect(await place.workspace.git(['show', 'HEAD:notes.txt'], place.workspace.path(path))).toBe('text');
    const task = await place.jobs.run('create', { path: 'my analysis/sub', asSubdataset: path });
    expect(task.summary).toContain('create ok my analysis/sub');
    expect(await place.workspace.git(['status', '--porcelain'], place.workspace.path(path))).toBe('');
    expect(await readFile(place.workspace.path(path, '.gitmodules'), 'utf8')).toContain('sub');
  });

  it('refuses a folder with files unless told to, and then changes none of them', async () => {
    await place.workspace.write({ 'full/data.txt': 'data' });
    const path = 'full';
    expect((await place.jobs.failure('create', { path })).kind).toBe('not-empty');
    expect(await readdir(place.workspace.path('full'))).toEqual(['data.txt']);
    await place.jobs.run('create', { path, force: true });
    expect(await place.workspace.git(['status', '--porcelain'], place.workspace.path('full'))).toBe('?? data.txt\n');
    expect(await readFile(place.workspace.path('full/data.txt'), 'utf8')).toBe('data');
  });

  it('makes a git repository a dataset and keeps its history and its files as they are', async () => {
    const { workspace } = place;
    const path = workspace.path('repository');
    await workspace.git(['init', '-q', 'repository']);
    await workspace.write({ 'repository/code.py': 'print()\n', 'repository/draft.txt': 'draft' });
    await workspace.git(['add', 'code.py'], path);
    await workspace.git(['commit', '-q', '-m', 'By hand'], path);
    await place.jobs.run('create', { path: 'repository', force: true });
    const subjects = (await workspace.git(['log', '--format=%s'], path)).trim().split('\n');
    expect(subjects.at(-1)).toBe('By hand');
    expect(subjects.length).toBeGreaterThan(1);
    expect(await workspace.git(['status', '--porcelain'], path)).toBe('?? draft.txt\n');
    expect(await readFile(join(path, 'draft.txt'), 'utf8')).toBe('draft');
    expect(await workspace.git(['config', '--file', '.datalad/config', 'datalad.dataset.id'], path)).toMatch(
      /^[0-9a-f-]{36}\n$/u
    );
  });

  it('leaves nothing behind when a procedure does not exist', async () => {
    const before = await readdir(place.workspace.root);
    const create = (procedure: string): Promise<unknown> =>
      place.jobs.failure('create', { path: 'no/such', procedures: [procedure] });
    expect(await create('nosuch')).toMatchObject({ kind: 'unknown', message: expect.stringContaining('nosuch') });
    expect(await create('../x')).toMatchObject({ kind: 'bad-request' });
    expect(await readdir(place.workspace.root)).toEqual(before);
  });

  it('makes the example twice, with files to get, without a network', async () => {
    const task = await place.jobs.run('createExample', { path: '' });
    expect(task.summary).toEqual(['install ok datalad-example']);
    const path = place.workspace.path('datalad-example');
    expect((await place.workspace.annex(['find'], path)).trim()).toBe('data/station-1.csv');
    expect((await place.workspace.annex(['find', '--not', '--in=here'], path)).trim().split('\n')).toEqual([
      'data/station-2.csv',
      'data/station-3.csv',
      'pictures/map.png'
    ]);
    expect(await readFile(`${path}/README.md`, 'utf8')).toContain('A small example dataset');
    expect(await readdir(`${path}/recordings`)).toEqual([]);

    const dataset = 'datalad-example';
    const all = await place.jobs.run('get', { dataset, paths: [dataset], recursive: true });
    expect(all.summary).toEqual(
      expect.arrayContaining(['install ok datalad-example/recordings', 'get ok datalad-example/recordings/low.wav'])
    );
    expect((await readFile(`${path}/pictures/map.png`)).subarray(1, 4).toString()).toBe('PNG');
    await place.workspace.annex(['fsck', '-q'], path);

    const began = Date.now();
    await place.jobs.run('createExample', { path: '' });
    expect(Date.now() - began).toBeLessThan(15_000);
    expect(await readdir(place.workspace.root)).toContain('datalad-example-2');
  });

  it('sets who commits are made by, and nothing git would misread', async () => {
    const name = 'Ada "A." Lovelace; #1';
    await place.jobs.run('setIdentity', { name, email: 'ada@example.org', dataset: 'full' });
    expect(await place.workspace.git(['config', '--local', 'user.name'], place.workspace.path('full'))).toBe(`${name}\n`);
    expect((await place.workspace.git(['config', '--global', 'user.name'])).trim()).toBe('Test Person');
    await place.jobs.run('setIdentity', { name, email: 'ada@example.org', dataset: null });
    expect(await place.workspace.git(['config', '--global', 'user.email'])).toBe('ada@example.org\n');
    for (const bad of ['a\nb', '<x>', '  ']) {
      const refused = await place.jobs.failure('setIdentity', { name: bad, email: 'x@y', dataset: null });
      expect(refused.kind).toBe('bad-request');
    }
  });
});
