import { appendFile, copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { useJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';

jest.setTimeout(60_000);

const dataset = 'ds';

describe('drop', () => {
  const place = useJobs();
  let path: string;

  beforeAll(async () => {
    path = await place.workspace.dataset({
      files: { 'notes.txt': 'in Git', 'dir/read.me': 'in Git' },
      annexed: {
        'one.bin': 1_000,
        'dir/two.bin': 2_000,
        'dir/three.bin': 3_000,
        'dir/edited.bin': 4_000,
        'only.bin': 'x',
        'kept.bin': 'y'
      },
      unlocked: ['dir/edited.bin'],
      clone: true
    });
    await place.workspace.annex(['get', '-q', '.'], path);
    await place.workspace.annex(['drop', '-q', '--force', 'only.bin', 'kept.bin'], `${place.workspace.sources}/ds`);
  });

  const here = async (): Promise<string[]> => (await place.workspace.annex(['find'], path)).trim().split('\n').sort();

  it('drops content that is elsewhere, and says so for each file', async () => {
    const task = await place.jobs.run('drop', { dataset, paths: ['ds/one.bin', 'ds/notes.txt'] });
    expect(task.summary.sort()).toEqual(['drop notneeded ds/notes.txt', 'drop ok ds/one.bin']);
    expect(await here()).not.toContain('one.bin');
    const again = await place.jobs.run('drop', { dataset, paths: ['ds/one.bin'] });
    expect(again.summary).toEqual(['drop notneeded ds/one.bin']);
  });

  it('keeps a modified file of a folder and drops the others; what is not saved does not matter', async () => {
    await appendFile(`${path}/dir/edited.bin`, 'more');
    await place.workspace.write({ 'ds/dir/draft.txt': 'not saved', 'ds/dir/read.me': 'changed, in Git' });
    const task = new RecordingTask();
    const failure = await place.jobs.failure('drop', { dataset, paths: ['ds/dir'] }, task);
    expect(failure).toMatchObject({ kind: 'modified-content', parameters: { failed: 1, path: 'ds/dir/edited.bin' } });
    expect(task.summary.sort()).toEqual([
      'drop impossible ds/dir/edited.bin',
      'drop ok ds/dir/three.bin',
      'drop ok ds/dir/two.bin'
    ]);
    await place.workspace.git(['checkout', '-q', '--', 'dir/edited.bin'], path);
    const rest = await place.jobs.run('drop', { dataset, paths: ['ds/dir'] });
    expect(rest.summary).toEqual(['drop ok ds/dir/edited.bin']);
    expect(await here()).toEqual(['kept.bin', 'only.bin']);
    const draft = await place.jobs.failure('drop', { dataset, paths: ['ds/dir/draft.txt'] });
    expect(draft).toMatchObject({ kind: 'not-annexed', parameters: { why: 'unsaved' } });
  });

  it('refuses last copies, and lets them go only where it was refused', async () => {
    const [only, kept] = ['ds/only.bin', 'ds/kept.bin'];
    const task = new RecordingTask();
    const failure = await place.jobs.failure('drop', { dataset, paths: [only] }, task);
    expect(failure).toMatchObject({ kind: 'last-copy', parameters: { failed: 1, path: 'ds/only.bin' } });
    expect(failure.detail).toContain('Could not verify the existence of the 1 necessary copy');
    expect(task.results[0]?.failure?.kind).toBe('last-copy');
    expect(await here()).toEqual(['kept.bin', 'only.bin']);

    place.jobs.reports.set(task.id, task.asReport({ operation: 'drop', dataset }));
    place.jobs.reports.set('got', task.asReport({ operation: 'get', dataset }));
    const overrideFails = async (paths: string[], refused: string): Promise<string> =>
      (await place.jobs.failure('dropLastCopies', { dataset, paths, refused })).kind;
    expect(await overrideFails([only, kept], task.id)).toBe('bad-request');
    expect(await overrideFails([only], 'got')).toBe('bad-request');
    const report = task.asReport({ operation: 'drop', dataset });
    const results = report.results.map(result => ({ ...result, key: 'MD5E-s1--900150983cd24fb0d6963f7d28e17f72.bin' }));
    place.jobs.reports.set('other', { ...report, results });
    expect(await overrideFails([only], 'other')).toBe('bad-request');
    expect(await here()).toEqual(['kept.bin', 'only.bin']);
    await place.jobs.run('dropLastCopies', { dataset, paths: [only], refused: task.id });
    expect(await here()).toEqual(['kept.bin']);
  });

  it('says that there is nothing, no such path, no dataset', async () => {
    const kinds = async (name: string, of = dataset): Promise<string> =>
      (await place.jobs.failure('drop', { dataset: of, paths: [name] })).kind;
    expect(await kinds('ds/nothing.bin')).toBe('not-found');
    expect(await kinds('elsewhere')).toBe('outside-root');
    // git-annex takes the right to write from its folders, and with it, but for root, the right to delete.
    await execa('chmod', ['-R', 'u+w', path]);
    await rm(path, { recursive: true });
    expect(await kinds('ds/one.bin')).toBe('not-a-dataset');
  });

  it('of a name with a line break asks for the copies that another path of the same content wants', async () => {
    const { workspace } = place;
    const clone = await workspace.dataset({ path: 'two', annexed: { 'strict.bin': 'same' }, clone: true });
    await workspace.annex(['get', '-q', '.'], clone);
    const file = join(clone, 'new\nline.bin');
    await copyFile(join(clone, 'strict.bin'), file);
    await workspace.annex(['add', '-q', '--', 'new\nline.bin'], clone);
    await workspace.git(['commit', '-q', '-m', 'The same'], clone);
    await writeFile(join(clone, '.gitattributes'), 'new?line.bin annex.numcopies=1\nstrict.bin annex.numcopies=2\n');
    const input = { dataset: 'two', paths: ['two/new\nline.bin'] };
    expect((await place.jobs.failure('drop', input)).kind).toBe('last-copy');
    expect(await readFile(file, 'utf8')).toBe('same');
    await writeFile(join(clone, '.gitattributes'), 'new?line.bin annex.numcopies=1\n');
    // What is wanted of the other path is now what is set for all.
    await workspace.annex(['numcopies', '-q', '2'], clone);
    expect((await place.jobs.failure('drop', input)).kind).toBe('last-copy');
    await workspace.annex(['numcopies', '-q', '1'], clone);
    await place.jobs.run('drop', input);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });
});
