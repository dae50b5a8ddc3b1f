import { lstat, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { useReadingAndJobs } from '../support/place';

jest.setTimeout(120_000);

const dataset = contentsPath('ds');
const at = (path: string) => contentsPath(`ds/${path}`);

describe('a branch that hides files without content', () => {
  const place = useReadingAndJobs();
  let root: string;
  beforeAll(async () => {
    root = await place.workspace.dataset({
      files: { 'a/text': 'x', 'zz.txt': 'x' },
      annexed: { 'a/1.bin': 100, 'a/2.bin': 200, 'a/a.b/3.bin': 300, 'b/c/4.bin': 400, 'b/c/5.bin': 500, 'z.bin': 600 },
      dropped: ['a/2.bin', 'a/a.b/3.bin', 'b/c/4.bin', 'b/c/5.bin', 'z.bin']
    });
    await place.workspace.annex(['adjust', '-q', '--hide-missing'], root);
  });

  const hidden = async (folder: string) => {
    // Waits for the count.
    const { rows } = await place.reading.datasets.hidden({ folder: contentsPath(folder) });
    return rows.map(({ path, kind, here, bytes, below }) => [
      path,
      kind,
      here,
      bytes,
      ...(below === undefined ? [] : [below.files])
    ]);
  };
  const totals = async () => {
    const { here, notHere } = await place.reading.datasets.totals({ dataset, complete: true });
    return [here.files, here.bytes, notHere.files, notHere.bytes];
  };

  it('lists them a folder at a time, and counts them as not here', async () => {
    expect(await hidden('ds')).toEqual([
      ['ds/a', 'directory', 'no', 500, 2],
      ['ds/b', 'directory', 'no', 900, 2],
      ['ds/z.bin', 'annex', 'no', 600]
    ]);
    expect(await hidden('ds/a')).toEqual([
      ['ds/a/2.bin', 'annex', 'no', 200],
      ['ds/a/a.b', 'directory', 'no', 300, 1]
    ]);
    // Neither of these folders is on disk.
    expect(await hidden('ds/b/c')).toEqual([
      ['ds/b/c/4.bin', 'annex', 'no', 400],
      ['ds/b/c/5.bin', 'annex', 'no', 500]
    ]);
    expect(await totals()).toEqual([1, 100, 5, 2000]);
    expect(await place.reading.rows('ds')).toEqual({
      '.datalad': { kind: 'directory' },
      a: { kind: 'directory', here: 'partly', bytes: 600, below: { files: 3, filesHere: 1, bytesHere: 100 } },
      'zz.txt': { kind: 'git', bytes: 1 }
    });
    const plan = await place.reading.datasets.planGet({ dataset, paths: [at('b')] }, place.reading.signal);
    expect(plan).toMatchObject({ toGet: { files: 2, bytes: 900 }, sources: [{ name: 'origin', files: 2 }], unavailable: 0 });
    const summary = await place.reading.datasets.dataset({ path: dataset }, place.reading.signal);
    expect(summary).toMatchObject({ branch: { name: 'main', adjustment: 'hidemissing' }, changes: [] });
  });

  it('gets a file by its hidden path, and then it is in the folder', async () => {
    const task = await place.jobs.run('get', { dataset, paths: [at('a/2.bin'), at('b')] });
    expect(task.summary.sort()).toEqual(['get ok ds/a/2.bin', 'get ok ds/b/c/4.bin', 'get ok ds/b/c/5.bin']);
    expect((await place.reading.rows('ds/b/c'))['4.bin']).toMatchObject({ kind: 'annex', here: 'yes', bytes: 400 });
    expect(await hidden('ds')).toEqual([
      ['ds/a', 'directory', 'no', 300, 1],
      ['ds/z.bin', 'annex', 'no', 600]
    ]);
    expect(await totals()).toEqual([4, 1200, 2, 900]);
    expect(await place.workspace.git(['status', '--porcelain'], root)).toBe('');
    expect((await place.workspace.git(['symbolic-ref', '--short', 'HEAD'], root)).trim()).toBe('adjusted/main(hidemissing)');
  });

  it('takes what was dropped out of the folder, and says where it is listed', async () => {
    const task = await place.jobs.run('drop', { dataset, paths: [at('b/c/4.bin')] });
    expect(task.summary).toContain('drop ok ds/b/c/4.bin');
    expect(task.notices).toMatchObject([{ kind: 'hidden-files' }]);
    expect(await readdir(join(root, 'b/c'))).toEqual(['5.bin']);
    expect(await hidden('ds/b/c')).toEqual([['ds/b/c/4.bin', 'annex', 'no', 400]]);
    expect(await totals()).toEqual([3, 800, 3, 1300]);
  });

  it('keeps hidden what was not got when something is saved', async () => {
    await writeFile(join(root, 'new'), 'x');
    await rm(join(root, 'a/1.bin'));
    await place.jobs.run('save', { dataset, message: 'One more, one less' });
    expect((await place.workspace.git(['ls-tree', '-r', '--name-only', 'main'], root)).split('\n').filter(Boolean)).toEqual([
      '.datalad/config',
      'a/2.bin',
      'a/a.b/3.bin',
      'a/text',
      'b/c/4.bin',
      'b/c/5.bin',
      'new',
      'z.bin',
      'zz.txt'
    ]);
    // What was deleted is deleted, not hidden.
    expect(await hidden('ds/a')).toEqual([['ds/a/a.b', 'directory', 'no', 300, 1]]);
  });

  it('shows what came by a terminal only when it is asked for, and never puts it over a file of the user', async () => {
    const key = (await place.reading.datasets.hidden({ folder: dataset })).rows.find(({ name }) => name === 'z.bin')?.key;
    await place.workspace.annex(['get', '-q', '--key', key ?? ''], root);
    expect((await hidden('ds')).at(-1)).toEqual(['ds/z.bin', 'annex', 'yes', 600]);
    await writeFile(join(root, 'z.bin'), 'mine');
    const before = await place.workspace.git(['status', '--porcelain'], root);
    const head = await place.workspace.git(['rev-parse', 'HEAD'], root);
    const failure = await place.jobs.failure('get', { dataset, paths: [at('z.bin'), at('b')] });
    expect(failure).toMatchObject({ kind: 'hidden-files', message: expect.stringContaining('z.bin') as string });
    expect(await place.workspace.git(['status', '--porcelain'], root)).toBe(before);
    expect(await place.workspace.git(['rev-parse', 'HEAD'], root)).toBe(head);
    await rm(join(root, 'z.bin'));
    const task = await place.jobs.run('get', { dataset, paths: [at('z.bin')] });
    expect(task.summary).toEqual(['get notneeded ds/z.bin']);
    expect((await lstat(join(root, 'z.bin'))).isSymbolicLink()).toBe(true);
    expect(await hidden('ds')).toEqual([['ds/a', 'directory', 'no', 300, 1]]);
  });

  it('works with unlocked files, too', async () => {
    await place.workspace.annex(['adjust', '-q', '--hide-missing', '--unlock'], root);
    await place.jobs.run('get', { dataset, paths: [at('a/a.b/3.bin')] });
    expect((await place.reading.rows('ds/a/a.b'))['3.bin']).toMatchObject({ kind: 'annex-unlocked', here: 'yes', bytes: 300 });
    await place.jobs.run('drop', { dataset, paths: [at('a/a.b/3.bin'), at('z.bin')] });
    expect(await hidden('ds')).toEqual([
      ['ds/a', 'directory', 'no', 300, 1],
      ['ds/z.bin', 'annex', 'no', 600]
    ]);
    const { branch } = (await place.reading.datasets.dataset({ path: dataset }, place.reading.signal)) ?? {};
    expect(branch).toMatchObject({ name: 'main', adjustment: 'hidemissing-unlocked' });
  });
});
