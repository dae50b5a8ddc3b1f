import { readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { toolEnvironment } from '../../src/server/process/environment';
import { run } from '../../src/server/process/run';
import { readIdentity } from '../../src/server/operations/calls/identity';
import { Toolbox } from '../../src/server/operations/calls/health';
import { makeHostile } from '../support/hostileRepository';
import { Reading } from '../support/reading';
import { snapshot } from '../support/snapshot';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

/**
 * Three datasets within each other, all of them hostile: the outer one with a `.git` folder, the middle one with a repository among the
 * files of the outer one, which its `.git` file names, the inner one like an ordinary subdataset.
 */
describe('reading hostile datasets', () => {
  let workspace: Workspace;
  let mark: string;
  let reading: Reading;
  let outer: string;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    mark = join(workspace.base, 'mark');
    outer = await workspace.dataset({
      path: 'outer',
      files: { 'notes.txt': 'one', 'racy.txt': 'one', 'a.process': 'one', 'a.work': 'one' },
      annexed: { 'data/a.bin': 5_000, 'u.bin': 6_000 },
      unlocked: ['u.bin'],
      subdatasets: {
        middle: {
          files: { 'm.txt': 'one' },
          annexed: { 'm.bin': 4_000 },
          subdatasets: { inner: { annexed: { 'i.bin': 3_000 } } }
        }
      }
    });
    await rename(join(outer, 'middle/.git'), join(outer, 'data/hidden.git'));
    await writeFile(join(outer, 'middle/.git'), 'gitdir: ../data/hidden.git\n');
    for (const root of ['', 'middle', 'middle/inner']) {
      await makeHostile(workspace, join(outer, root), mark);
    }
    await writeFile(join(outer, 'notes.txt'), 'two');
    await writeFile(join(outer, 'a.process'), 'two');
    await writeFile(join(outer, 'a.work'), 'two');
    await writeFile(join(outer, 'middle/m.txt'), 'two');
    // Written in the moment the index was: git cannot tell by the time whether it changed, and asks the filter.
    await writeFile(join(outer, 'racy.txt'), 'two');
    const { mtime } = await stat(join(outer, '.git/index'));
    await utimes(join(outer, 'racy.txt'), mtime, mtime);
    await writeFile(mark, '');
    reading = new Reading(workspace);
  });

  afterAll(async () => {
    reading.dispose();
    await workspace.dispose();
  });

  /** Every file that differs, each way, as text and as hunks. */
  const compareEverything = async (datasets: readonly string[]): Promise<void> => {
    const { comparisons } = reading.datasets;
    let seen = 0;
    for (const dataset of datasets.map(contentsPath)) {
      for (const [from, to] of [
        ['HEAD', 'worktree'],
        ['worktree', 'HEAD'],
        ['nothing', 'HEAD']
      ] as const) {
        const { files } = await comparisons.differences({ dataset, from, to }, reading.signal);
        seen += files.length;
        for (const { path, before, after } of files) {
          await comparisons.content({ dataset, path, side: from }, reading.signal);
          await comparisons.content({ dataset, path, side: to, asText: true }, reading.signal);
          const kinds = [before?.kind, after?.kind];
          if (kinds.every(kind => kind === undefined || kind === 'git' || kind === 'other')) {
            await comparisons.hunks({ dataset, path, from, to, ignoreSpace: true }, reading.signal);
          }
        }
      }
    }
    expect(seen).toBeGreaterThan(10);
  };

  const marks = async (): Promise<string[]> => [...new Set((await readFile(mark, 'utf8')).split('\n').filter(Boolean))].sort();

  it('opens, lists, counts, plans and watches them, and none of their programs runs', async () => {
    const { datasets, signal } = reading;
    const before = await snapshot(outer);
    datasets.setListening(true);
    for (const folder of ['', 'outer', 'outer/data', 'outer/middle', 'outer/middle/inner']) {
      await datasets.rows({ folder: contentsPath(folder), complete: true }, signal);
    }
    for (const dataset of ['outer', 'outer/middle', 'outer/middle/inner'].map(contentsPath)) {
      expect(await datasets.dataset({ path: dataset }, signal)).toMatchObject({ dataset: { path: dataset, trust: 'untrusted' } });
      expect((await datasets.totals({ dataset, complete: true })).counting).toBe(false);
      await datasets.hidden({ folder: dataset });
      await datasets.destinations({ dataset, paths: [contentsPath(`${dataset}/racy.txt`)] }, signal);
      await readIdentity({ folder: workspace.path(dataset), env: workspace.env });
    }
    const everything = { dataset: contentsPath('outer'), paths: [contentsPath('outer')], recursive: true };
    expect(await datasets.planGet(everything, signal)).toMatchObject({ toGet: { files: 0 } });
    expect(await datasets.planDrop(everything, signal)).toMatchObject({ toDrop: { files: 4 } });
    expect(await reading.row('outer/racy.txt')).toMatchObject({ change: 'modified' });
    await compareEverything(['outer', 'outer/middle', 'outer/middle/inner']);
    for (const name of ['notes.txt', 'racy.txt', 'a.process', 'a.work']) {
      const asked = { dataset: contentsPath('outer'), path: contentsPath(`outer/${name}`) };
      expect((await datasets.history.blame(asked, signal)).runs).toEqual([{ count: 1, commit: null }]);
    }
    expect(await new Toolbox({ env: workspace.env, python: 'python' }).tools()).not.toHaveLength(0);
    expect(await snapshot(outer)).toEqual(before);
    expect(await marks()).toEqual([]);
  });

  it('sees what changes in them', async () => {
    const { datasets, signal } = reading;
    const from = reading.events.length;
    await writeFile(join(outer, 'data/later.txt'), 'new');
    await writeFile(join(outer, '.git/index.note'), '');
    await reading.event(event => event.type === 'changed', from);
    datasets.changed(null);
    const rows = await reading.rows('outer/data');
    expect(rows['later.txt']).toMatchObject({ kind: 'other', change: 'new' });
    await datasets.dataset({ path: contentsPath('outer') }, signal);
    expect(await marks()).toEqual([]);
  });

  it('tells rows of datasets that are not trusted', async () => {
    expect((await reading.rows('')).outer).toMatchObject({ kind: 'dataset', untrusted: true });
    expect((await reading.rows('outer')).middle).toMatchObject({ kind: 'dataset', untrusted: true, change: 'modified' });
  });

  it('all of it was alive', async () => {
    const env = toolEnvironment({ ...workspace.env, EDITOR: 'true' }, undefined);
    const tries = [
      ['status'],
      ['zz'],
      ['diff'],
      ['diff', '--no-ext-diff'],
      ['log', '-p', '-1'],
      ['add', 'notes.txt'],
      ['fetch', 'evil'],
      ['checkout', '-b', 'other'],
      ['submodule', 'update'],
      ['credential', 'fill'],
      ['annex', 'info', 'evil'],
      ['annex', 'unlock', 'data/a.bin'],
      ['annex', 'drop', '--force', 'u.bin']
    ];
    for (const args of tries) {
      await run('git', args, { cwd: outer, env, timeout: 20_000, input: 'protocol=https\nhost=example.org\n\n' });
    }
    for (const sign of ['-S', '--no-gpg-sign']) {
      await run('git', ['commit', '--allow-empty', sign, '-m', 'x'], { cwd: join(outer, 'middle'), env, timeout: 20_000 });
    }
    expect(await marks()).toEqual(
      expect.arrayContaining([
        ...[
          'alias',
          'core.askPass',
          'core.fsmonitor',
          'credential.helper',
          'diff.x.textconv',
          'ext',
          'filter.process',
          'filter.x.clean'
        ],
        ...[
          'gpg.program',
          'hook.commitmessage-annex',
          'hook.freezecontent-annex',
          'hook.post-checkout',
          'hook.post-index-change'
        ],
        ...['hook.pre-commit', 'hook.reference-transaction', 'hook.thawcontent-annex', 'remote.evil.annex-cost-command']
      ])
    );
  });
});
