import { chmod, lstat, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Summary } from '../../src/protocol/dataset';
import { contentsPath } from '../../src/protocol/paths';
import { Reading } from '../support/reading';
import { useReading } from '../support/place';

jest.setTimeout(120_000);

describe('summary of a dataset', () => {
  const place = useReading();

  const summary = async (path: string): Promise<Summary> => {
    const found = await place.reading.datasets.dataset({ path: contentsPath(path) }, place.reading.signal);
    return found ?? Promise.reject(new Error('no dataset'));
  };

  it('names dataset, branch, siblings and what is around it', async () => {
    const path = await place.workspace.dataset({
      files: { README: 'x' },
      clone: true,
      subdatasets: { 'a/sub': { files: { 'deep/file': 'x' } }, gone: { absent: true } }
    });
    const [status] = await place.workspace.records('datalad', ['-f', 'json', 'status', '-e', 'no', 'README'], path);
    const id = (await place.workspace.git(['config', '-f', '.datalad/config', 'datalad.dataset.id'], path)).trim();
    await place.workspace.git(['commit', '-q', '--allow-empty', '-m', 'Ahead'], path);
    await place.workspace.git(['remote', 'add', 'secret', 'https://me:hunter2@example.org/x.git?token=abc'], path);
    const commit = (await place.workspace.git(['rev-parse', 'HEAD'], path)).trim();
    const found = await summary('ds');
    expect(status?.['state']).toBe('clean');
    expect(found).toEqual({
      dataset: { path: 'ds', name: 'ds', annex: 'ready' },
      id,
      branch: { name: 'main', commit: commit.slice(0, 10) },
      superdatasets: [],
      changes: [],
      truncated: false,
      siblings: [
        { name: 'origin', url: join(place.workspace.sources, 'ds'), ahead: 1, behind: 0 },
        { name: 'secret', url: 'https://example.org/x.git' }
      ],
      obstacles: []
    });
    expect((await summary('ds/a/sub/deep')).superdatasets).toEqual([{ path: 'ds', name: 'ds', annex: 'ready' }]);
    expect((await summary('ds/gone')).dataset.path).toBe('ds');
    await writeFile(join(path, 'a/sub/deep/file'), 'changed');
    expect((await place.reading.rows('ds'))['a']).toMatchObject({ kind: 'directory', change: 'modified' });
    expect((await summary('ds')).changes).toEqual([
      { path: 'ds/a/sub', name: 'a/sub', kind: 'dataset', change: 'modified', staged: false, inside: true }
    ]);
    await place.workspace.git(['checkout', '-q', '--detach'], path);
    expect((await summary('ds')).branch).toEqual({ name: null, commit: commit.slice(0, 10) });
    expect(await place.reading.datasets.dataset({ path: contentsPath('') }, place.reading.signal)).toBeNull();
  });

  it('looks into subdatasets anew for whoever asks for it, whatever was seen a moment ago', async () => {
    const path = await place.workspace.dataset({ path: 'moment', subdatasets: { sub: { files: { 'deep/file': 'x' } } } });
    expect((await summary('moment')).changes).toEqual([]);
    await writeFile(join(path, 'sub/deep/new'), 'x');
    const found = await place.reading.datasets.dataset({ path: contentsPath('moment'), complete: true }, place.reading.signal);
    expect(found?.changes).toMatchObject([{ name: 'sub', inside: true }]);
  });

  it('lists changes of the whole dataset, in words of an adjusted branch, too', async () => {
    const path = await place.workspace.dataset({
      path: 'adjusted',
      files: { 'd/text': 'one' },
      annexed: { 'd/a.bin': 10, 'd/b.bin': 20 }
    });
    await place.workspace.annex(['adjust', '--unlock'], path);
    expect((await summary('adjusted')).branch).toMatchObject({ name: 'main', adjustment: 'unlocked' });
    expect((await summary('adjusted')).changes).toEqual([]);
    await writeFile(join(path, 'd/text'), 'two');
    await writeFile(join(path, 'd/a.bin'), 'edited');
    await unlink(join(path, 'd/b.bin'));
    await writeFile(join(path, 'new'), 'x');
    await symlink('new', join(path, 'link'));
    await place.workspace.git(['add', 'new'], path);
    await place.workspace.run('mkdir', ['-p', 'fresh/er'], path);
    await writeFile(join(path, 'fresh/er/file'), 'x');
    const { changes } = await summary('adjusted');
    const written = await lstat(join(path, 'd/text'));
    expect(changes.map(({ name, modified }) => (name === 'd/text' ? modified : modified !== undefined))).toEqual([
      true,
      false,
      written.mtimeMs,
      true,
      true,
      true
    ]);
    expect(changes.map(({ modified: _, ...change }) => change)).toEqual([
      { path: 'adjusted/d/a.bin', name: 'd/a.bin', kind: 'annex-unlocked', change: 'modified', bytes: 6, staged: false },
      { path: 'adjusted/d/b.bin', name: 'd/b.bin', kind: 'annex-unlocked', change: 'deleted', bytes: 20, staged: false },
      { path: 'adjusted/d/text', name: 'd/text', kind: 'git', change: 'modified', bytes: 3, staged: false },
      { path: 'adjusted/fresh', name: 'fresh', kind: 'directory', change: 'new', staged: false },
      { path: 'adjusted/link', name: 'link', kind: 'link', change: 'new', staged: false },
      { path: 'adjusted/new', name: 'new', kind: 'git', change: 'added', bytes: 1, staged: true }
    ]);
  });

  it('names what stands in the way', async () => {
    const path = await place.workspace.dataset({ path: 'obstacles', files: { file: 'x' } });
    await place.workspace.git(['config', 'user.email', ''], path);
    await writeFile(join(path, '.git/index.lock'), '');
    const { obstacles } = await summary('obstacles');
    expect(obstacles).toEqual([
      { kind: 'no-identity' },
      { kind: 'locked', lock: expect.objectContaining({ name: 'index.lock', age: expect.any(Number) }) }
    ]);
    await unlink(join(path, '.git/index.lock'));
    await place.workspace.git(['config', '--unset', 'user.email'], path);
    await writeFile(join(path, '.git/BISECT_LOG'), '');
    await chmod(join(path, '.git'), 0o555);
    const expected = [{ kind: 'unfinished', what: 'bisect' }];
    // Root may write everywhere.
    expect((await summary('obstacles')).obstacles).toEqual(
      process.getuid?.() === 0 ? expected : [{ kind: 'read-only' }, ...expected]
    );
    await chmod(join(path, '.git'), 0o755);
  });

  it('says whose it is when git refuses to read it', async () => {
    const path = await place.workspace.dataset({ path: 'theirs', files: { file: 'x' } });
    // Git's own switch for tests; giving files away takes root.
    const other = new Reading(place.workspace, { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' });
    const found = await other.datasets.dataset({ path: contentsPath('theirs') }, place.reading.signal);
    const { uid } = await lstat(path);
    expect(found?.obstacles).toEqual([{ kind: 'other-owner', owner: uid === 0 ? 'root' : (expect.any(String) as string) }]);
    const failure = await other.rows('theirs').then(
      () => null,
      (error: unknown) => error
    );
    expect(failure).toMatchObject({
      failure: { kind: 'other-owner', hint: expect.stringContaining('safe.directory') as string }
    });
    expect((await other.rows(''))['theirs']).toEqual({ kind: 'dataset' });
    other.dispose();
  });
});
