import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Summary } from '../../src/protocol/dataset';
import { contentsPath } from '../../src/protocol/paths';
import { asToolsSay, asWeSee } from '../support/asTools';
import { useReading } from '../support/place';
import { Reading } from '../support/reading';
import { Workspace } from '../support/workspace';

jest.setTimeout(120_000);

describe('where repositories lie', () => {
  const place = useReading();
  let outer: string;
  beforeAll(async () => {
    outer = await place.workspace.dataset({
      path: 'outer',
      files: { text: 'x' },
      annexed: { 'a.bin': 100 },
      subdatasets: {
        sub: { annexed: { 's.bin': 200 }, subdatasets: { deep: { annexed: { 'd.bin': 300 }, files: { f: 'x' } } } },
        own: { annexed: { 'o.bin': 400 } },
        removed: { annexed: { 'r.bin': 500 } }
      }
    });
    await place.workspace.git(['submodule', '--quiet', 'absorbgitdirs', 'sub'], outer);
  });

  const summary = async (path: string): Promise<Summary> => {
    const found = await place.reading.datasets.dataset({ path: contentsPath(path) }, place.reading.signal);
    return found ?? Promise.reject(new Error('no dataset'));
  };
  const names = ({ superdatasets }: Summary): string[] => superdatasets.map(({ path }) => path);

  it('subdatasets three deep, with absorbed and own git folders', async () => {
    for (const [path, file, bytes] of [
      ['outer/sub', 's.bin', 200],
      ['outer/sub/deep', 'd.bin', 300],
      ['outer/own', 'o.bin', 400]
    ] as const) {
      expect((await place.reading.rows(path))[file]).toMatchObject({ kind: 'annex', here: 'yes', bytes });
      expect(await asWeSee(place.reading, path)).toEqual(await asToolsSay(place.workspace, place.workspace.path(path)));
    }
    expect(names(await summary('outer/sub/deep'))).toEqual(['outer', 'outer/sub']);
    await writeFile(join(outer, 'sub/deep/f'), 'changed');
    expect((await place.reading.rows('outer'))['sub']).toMatchObject({ kind: 'dataset', change: 'modified' });
    expect((await place.reading.rows('outer/sub'))['deep']).toMatchObject({ kind: 'dataset', change: 'modified' });
    await place.workspace.git(['checkout', '-q', 'f'], join(outer, 'sub/deep'));
  });

  it('a subdataset whose folder is gone, one without an entry in .gitmodules, and an entry without a subdataset', async () => {
    // Git-annex protects content against deletion.
    await place.workspace.run('chmod', ['-R', 'u+w', join(outer, 'removed')]);
    await rm(join(outer, 'removed'), { recursive: true });
    expect((await place.reading.rows('outer'))['removed']).toEqual({ kind: 'dataset-absent', here: 'no', change: 'deleted' });
    expect((await asWeSee(place.reading, 'outer')).changes).toEqual((await asToolsSay(place.workspace, outer)).changes);
    await mkdir(join(outer, 'removed'));
    expect((await place.reading.rows('outer'))['removed']).toEqual({ kind: 'dataset-absent', here: 'no' });
    await place.workspace.git(['config', '-f', '.gitmodules', '--remove-section', 'submodule.own'], outer);
    await place.workspace.git(['config', '-f', '.gitmodules', 'submodule.ghost.path', 'ghost'], outer);
    await place.workspace.git(['config', '-f', '.gitmodules', 'submodule.ghost.url', './ghost'], outer);
    const rows = await place.reading.rows('outer');
    expect(rows['own']).toMatchObject({ kind: 'dataset', here: 'yes' });
    expect(rows['ghost']).toBeUndefined();
    expect((await summary('outer')).changes.map(({ name, change }) => `${change} ${name}`)).toEqual(['modified .gitmodules']);
    await place.workspace.git(['checkout', '-q', '.gitmodules'], outer);
  });

  it('linked work trees share the annex and have a HEAD and an index of their own', async () => {
    await place.workspace.git(['worktree', 'add', '-q', '-b', 'other', place.workspace.path('tree')], outer);
    await writeFile(place.workspace.path('tree/text'), 'changed');
    expect((await place.reading.rows('tree'))['a.bin']).toMatchObject({ kind: 'annex', here: 'yes', bytes: 100 });
    expect(await asWeSee(place.reading, 'tree')).toEqual({ changes: ['modified text'], here: 1, notHere: 0, branch: 'other' });
    expect((await asWeSee(place.reading, 'outer')).changes).toEqual([]);
    // After git-annex has worked in it, its .git is a link.
    await place.workspace.annex(['find'], place.workspace.path('tree'));
    expect(await asWeSee(place.reading, 'tree')).toEqual(await asToolsSay(place.workspace, place.workspace.path('tree')));
  });

  it('bare repositories are no datasets, whether by themselves or inside one', async () => {
    await place.workspace.git(['clone', '-q', '--bare', outer, place.workspace.path('bare.git')]);
    await place.workspace.git(['clone', '-q', '--bare', outer, join(outer, 'inner.git')]);
    expect((await place.reading.rows(''))['bare.git']).toBeUndefined();
    expect(await place.reading.rows('bare.git')).toEqual({});
    expect((await place.reading.rows('outer'))['inner.git']).toEqual({ kind: 'directory', change: 'new' });
    expect((await summary('outer/inner.git')).dataset.path).toBe('outer');
    await rm(join(outer, 'inner.git'), { recursive: true });
  });

  it('a dataset behind a link to its folder', async () => {
    await symlink('outer/sub', place.workspace.path('alias'));
    const { rows, dataset } = await place.reading.datasets.rows({ folder: contentsPath('alias') }, place.reading.signal);
    expect(dataset?.path).toBe('outer/sub');
    expect(rows.find(({ name }) => name === 's.bin')).toMatchObject({ path: 'alias/s.bin', kind: 'annex', here: 'yes' });
  });

  it('the contents root being a dataset, and lying inside one', async () => {
    // What JupyterLab would show were it started there.
    const started = (folder: string): Reading =>
      new Reading(Object.assign(new Workspace(place.workspace.base), { root: folder }));
    const atRoot = started(join(outer, 'sub'));
    expect((await atRoot.rows(''))['s.bin']).toMatchObject({ kind: 'annex', here: 'yes' });
    const found = await atRoot.datasets.dataset({ path: contentsPath('') }, atRoot.signal);
    expect(found).toMatchObject({ dataset: { path: '', name: 'sub' }, superdatasets: [] });
    atRoot.dispose();
    await mkdir(join(outer, 'plain/folder'), { recursive: true });
    const inside = started(join(outer, 'plain'));
    // The dataset around it is not JupyterLab's to show.
    expect(await inside.datasets.dataset({ path: contentsPath('folder') }, inside.signal)).toBeNull();
    expect(await inside.rows('')).toEqual({});
    inside.dispose();
  });
});
