import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Summary } from '../../src/protocol/dataset';
import { type ContentsPath, contentsPath } from '../../src/protocol/paths';
import { useReadingAndJobs } from '../support/place';
import { failureOf } from '../support/recordingTask';
import { snapshot } from '../support/snapshot';

jest.setTimeout(120_000);

describe('datasets made by older versions of git-annex', () => {
  const place = useReadingAndJobs();
  let source: string;
  beforeAll(async () => {
    source = await place.workspace.dataset({
      path: '../sources/ds',
      files: { text: 'one\n' },
      annexed: { 'a.bin': 100, 'd/b.bin': 200 }
    });
  });

  /** A clone as an old git-annex left it: no filter, no attributes, no hooks but the first, no databases; `a.bin` is here. */
  const makeOld = async (version: string): Promise<{ path: string; dataset: ContentsPath }> => {
    const name = `v${version}`;
    const path = place.workspace.path(name);
    await place.workspace.git(['clone', '-q', source, path], place.workspace.base);
    await place.workspace.annex(['init', '-q'], path);
    await place.workspace.annex(['get', '-q', 'a.bin'], path);
    await place.workspace.git(['config', 'annex.version', version], path);
    await place.workspace.git(['config', '--remove-section', 'filter.annex'], path);
    for (const traces of ['info/attributes', 'annex/keysdb', 'hooks/post-checkout', 'hooks/post-merge', 'hooks/post-receive']) {
      await rm(join(path, '.git', traces), { recursive: true, force: true });
    }
    return { path, dataset: contentsPath(name) };
  };
  const summary = async (path: ContentsPath): Promise<Summary> => {
    const found = await place.reading.datasets.dataset({ path }, place.reading.signal);
    return found ?? Promise.reject(new Error('no dataset'));
  };
  /** Browses as the panel does, which must not change anything. */
  const browse = async (path: string, dataset: ContentsPath): Promise<void> => {
    const before = await snapshot(path);
    expect(await place.reading.rows(dataset)).toMatchObject({ 'a.bin': { kind: 'annex', here: 'yes', bytes: 100 } });
    expect(await place.reading.rows(`${dataset}/d`)).toMatchObject({ 'b.bin': { kind: 'annex', here: 'no', bytes: 200 } });
    expect(await summary(dataset)).toMatchObject({ dataset: { annex: 'ready' }, changes: [] });
    expect(await place.reading.datasets.totals({ dataset, complete: true })).toMatchObject({
      here: { files: 1 },
      notHere: { files: 1 }
    });
    const input = { dataset, paths: [dataset] };
    expect(await place.reading.datasets.planGet(input, place.reading.signal)).toMatchObject({ toGet: { files: 1, bytes: 200 } });
    expect(await snapshot(path)).toEqual(before);
  };
  const versionOf = async (path: string): Promise<string> =>
    (await place.workspace.git(['config', 'annex.version'], path)).trim();

  it.each(['5', '9'])('version %s is browsed as it is, and upgraded by the first job that needs git-annex', async version => {
    const { path, dataset } = await makeOld(version);
    await browse(path, dataset);
    expect((await summary(dataset)).obstacles).toEqual([]);
    const task = await place.jobs.run('get', { dataset, paths: [contentsPath(`${dataset}/d/b.bin`)] });
    expect(task.summary).toEqual([`get ok ${dataset}/d/b.bin`]);
    expect(Number(await versionOf(path))).toBeGreaterThanOrEqual(8);
    expect((await readFile(join(path, 'd/b.bin'))).length).toBe(200);
    expect(await summary(dataset)).toMatchObject({ changes: [], obstacles: [] });
    await writeFile(join(path, 'new.bin'), Buffer.alloc(1_000, 'new'));
    await place.jobs.run('save', { dataset, message: 'After the upgrade' });
    await place.jobs.run('drop', { dataset, paths: [contentsPath(`${dataset}/d/b.bin`)] });
    expect(await place.reading.rows(dataset)).toMatchObject({
      'a.bin': { kind: 'annex', here: 'yes' },
      'new.bin': { here: 'yes' }
    });
    expect(await summary(dataset)).toMatchObject({ changes: [], obstacles: [] });
    await place.workspace.annex(['fsck', '-q'], path);
  });

  it('is left as it is where its settings say so; what works on it says how to upgrade it', async () => {
    const { path, dataset } = await makeOld('6');
    await place.workspace.git(['config', 'annex.autoupgraderepository', 'false'], path);
    await browse(path, dataset);
    expect((await summary(dataset)).obstacles).toEqual([{ kind: 'older-annex', version: '6' }]);
    const paths = [contentsPath(`${dataset}/d/b.bin`)];
    for (const work of [
      () => place.jobs.run('get', { dataset, paths }),
      () => place.jobs.run('drop', { dataset, paths: [contentsPath(`${dataset}/a.bin`)] }),
      () => place.jobs.run('save', { dataset, message: 'No' })
    ]) {
      expect((await failureOf(work())).kind).toBe('needs-upgrade');
    }
    expect(await versionOf(path)).toBe('6');
    await place.workspace.annex(['upgrade', '-q'], path);
    await writeFile(join(path, 'new.bin'), Buffer.alloc(1_000, 'new'));
    expect((await summary(dataset)).obstacles).toEqual([]);
    await place.jobs.run('get', { dataset, paths });
    await place.jobs.run('save', { dataset, message: 'Now' });
    expect(await summary(dataset)).toMatchObject({ changes: [] });
  });

  it('is refused in plain words in a version that git-annex does not know, or cannot read', async () => {
    const { path, dataset } = await makeOld('99');
    for (const [version, obstacles, kind] of [
      ['99', [{ kind: 'newer-annex', version: '99' }], 'tool-too-old'],
      ['2', [{ kind: 'older-annex', version: '2' }], 'needs-upgrade'],
      ['ten', [], 'damaged-repository']
    ] as const) {
      await place.workspace.git(['config', 'annex.version', version], path);
      await browse(path, dataset);
      expect((await summary(dataset)).obstacles).toEqual(obstacles);
      const paths = [contentsPath(`${dataset}/d/b.bin`)];
      expect((await place.jobs.failure('get', { dataset, paths })).kind).toBe(kind);
      expect(await versionOf(path)).toBe(version);
    }
  });
});
