import { mkdir, readFile, rename } from 'node:fs/promises';
import { exists } from '../../src/server/exists';
import { hashesBelow } from '../support/everything';
import { useJobs } from '../support/place';
import { sha256 } from '../support/sha256';

jest.setTimeout(120_000);

/**
 * What the handbook's chapter on file system operations has beside files in one dataset (`moveFiles`), files across datasets
 * (`moveAcross`), deletes and uninstalls (`remove`, `drop`) and getting a file back (`restore`): datasets themselves, and their borders.
 * A dataset that is moved to where it is not registered is moved as Jupyter does, by a rename.
 */
describe('datasets in the file system', () => {
  const place = useJobs();
  let path: string;

  beforeAll(async () => {
    path = await place.workspace.dataset({
      path: 'super',
      annexed: { 'a.bin': 1_000 },
      clone: true,
      subdatasets: {
        'sub/one': { annexed: { 'b.bin': 2_000, 'dir/c.bin': 3_000 } },
        'sub/absent': { annexed: { 'd.bin': 4_000 }, absent: true }
      }
    });
    await place.workspace.dataset({ path: 'other', annexed: { 'e.bin': 5_000 } });
    await place.workspace.annex(['get', '-q', '.'], `${path}/sub/one`);
  });

  const status = (folder: string): Promise<string> => place.workspace.git(['status', '--porcelain'], folder);
  const save = async (dataset: string): Promise<void> => {
    await place.jobs.run('save', { dataset, message: 'Moved', recursive: true });
    expect(await status(place.workspace.path(dataset))).toBe('');
  };
  const subdatasets = async (folder: string): Promise<string[]> =>
    (await place.workspace.records('datalad', ['-f', 'json', 'subdatasets'], folder)).map(
      record => `${String(record['path']).slice(place.workspace.root.length + 1)} ${String(record['state'])}`
    );

  it('lets files into a subdataset and out of it, content and all', async () => {
    const [a, c] = [await sha256(`${path}/a.bin`), await sha256(`${path}/sub/one/dir/c.bin`)];
    await place.jobs.run('copyFile', { dataset: 'super/sub/one', paths: ['super/a.bin'], to: 'super/sub/one/dir' });
    await place.jobs.run('deleteCopied', { dataset: 'super', paths: ['super/a.bin'], copies: ['super/sub/one/dir/a.bin'] });
    await place.jobs.run('copyFile', { dataset: 'super', paths: ['super/sub/one/dir'], to: 'super', name: 'out' });
    await place.jobs.run('deleteCopied', { dataset: 'super/sub/one', paths: ['super/sub/one/dir'], copies: ['super/out'] });
    expect(await sha256(`${path}/out/a.bin`)).toBe(a);
    expect(await sha256(`${path}/out/c.bin`)).toBe(c);
    expect(exists(`${path}/sub/one/dir`)).toBe(false);
    await save('super');
    expect((await place.workspace.annex(['find'], path)).trim().split('\n').sort()).toEqual(['out/a.bin', 'out/c.bin']);
    expect((await place.workspace.annex(['find'], `${path}/sub/one`)).trim()).toBe('b.bin');
    await place.workspace.annex(['fsck', '-q'], path);
  });

  it('moves a subdataset that is registered and not installed: it is got at its new place', async () => {
    await mkdir(`${path}/later`);
    await place.jobs.run('move', { dataset: 'super', paths: ['super/sub/absent'], to: 'super/later' });
    await save('super');
    await place.jobs.run('get', { dataset: 'super', paths: ['super/later/absent'] });
    expect(await hashesBelow(`${path}/later/absent/.git/annex/objects`)).toHaveLength(1);
    expect(await subdatasets(path)).toEqual(['super/later/absent present', 'super/sub/one present']);
  });

  it('lets a subdataset come into another dataset: a save of each notes where it is', async () => {
    const b = await sha256(`${path}/sub/one/b.bin`);
    const head = await place.workspace.git(['rev-parse', 'HEAD'], `${path}/sub/one`);
    await rename(`${path}/sub/one`, place.workspace.path('other/came'));
    await save('super');
    await save('other');
    expect(await subdatasets(path)).toEqual(['super/later/absent present']);
    expect(await subdatasets(place.workspace.path('other'))).toEqual(['other/came present']);
    expect(await place.workspace.git(['rev-parse', 'HEAD'], place.workspace.path('other/came'))).toBe(head);
    expect(await sha256(place.workspace.path('other/came/b.bin'))).toBe(b);
    await place.workspace.annex(['fsck', '-q'], place.workspace.path('other/came'));
  });

  it('is whole where a superdataset was renamed and moved: subdatasets, content and where it came from', async () => {
    const before = await hashesBelow(`${path}/.git/annex/objects`);
    await mkdir(place.workspace.path('projects'));
    await rename(path, place.workspace.path('projects/renamed'));
    const moved = place.workspace.path('projects/renamed');
    expect(await status(moved)).toBe('');
    expect(await subdatasets(moved)).toEqual(['projects/renamed/later/absent present']);
    expect(await hashesBelow(`${moved}/.git/annex/objects`)).toEqual(before);
    await place.jobs.run('drop', { dataset: 'projects/renamed/later/absent', paths: ['projects/renamed/later/absent'] });
    await place.jobs.run('get', { dataset: 'projects/renamed', paths: ['projects/renamed/later/absent'], recursive: true });
    expect((await readFile(`${moved}/later/absent/d.bin`)).length).toBe(4_000);
    await place.workspace.annex(['fsck', '-q'], moved);
  });

  it('uninstalls a subdataset, which stays registered, and gets it again', async () => {
    const dataset = 'projects/renamed';
    const paths = ['projects/renamed/later/absent'];
    await place.jobs.run('drop', { dataset, paths, what: 'all' });
    expect(await subdatasets(place.workspace.path(dataset))).toEqual(['projects/renamed/later/absent absent']);
    await place.jobs.run('get', { dataset, paths });
    expect(await subdatasets(place.workspace.path(dataset))).toEqual(['projects/renamed/later/absent present']);
    expect(await status(place.workspace.path(dataset))).toBe('');
  });
});
