import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { type AbsolutePath, PathBoundary } from '../../src/server/paths';
import { removeTree } from '../../src/server/operations/jobs/heldFolder';
import { prepareTarget } from '../../src/server/operations/jobs/target';
import { type IGroup, startGroup } from '../../src/server/process/run';
import { Gate } from '../../src/server/trust/gate';
import { guarded } from '../../src/server/trust/guarded';
import { TrustKeeper } from '../../src/server/trust/trust';
import { JobBench } from '../support/jobBench';
import { failureOf, RecordingTask } from '../support/recordingTask';
import { snapshot } from '../support/snapshot';
import { until } from '../support/until';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

/** Swaps two names in one step, ten thousand times a second, as somebody would who may write to a shared folder. */
const SWAP = `
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
print('swapping', flush=True)
while True:
    libc.renameat2(-100, os.fsencode(sys.argv[1]), -100, os.fsencode(sys.argv[2]), 2)
`;

/** A folder for whose name and that of a link to elsewhere all the time another program swaps. */
describe('a folder that is swapped for a link', () => {
  let workspace: Workspace;
  let outside: string;
  let swapping: IGroup | undefined;

  beforeEach(async () => {
    workspace = await makeWorkspace();
    outside = join(workspace.base, 'outside');
    await fill(outside);
  });

  afterEach(async () => {
    swapping?.kill();
    await swapping?.ended;
    await workspace.dispose();
  });

  async function fill(folder: string): Promise<void> {
    await mkdir(join(folder, 'deep'), { recursive: true });
    await Promise.all(
      Array.from({ length: 60 }, (_, at) => writeFile(join(folder, at % 2 === 0 ? `f${at}` : `deep/f${at}`), 'precious'))
    );
  }

  async function swap(one: string, other: string): Promise<void> {
    swapping?.kill();
    swapping = startGroup('python', ['-c', SWAP, one, other], { cwd: workspace.base, env: workspace.env });
    let said = '';
    swapping.process.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until('the swaps', () => Promise.resolve(said.includes('swapping')));
  }

  it('below one that is deleted takes nothing outside along', async () => {
    const before = await snapshot(outside);
    for (let round = 0; round < 15; round += 1) {
      const tree = workspace.path(`tree${round}`);
      await fill(join(tree, 'folder'));
      await symlink(outside, join(tree, 'link'));
      await swap(join(tree, 'folder'), join(tree, 'link'));
      // What is swapped again and again may be missed in its place: then it is still there, and that is all.
      await removeTree(tree, workspace.root).catch(() => undefined);
    }
    expect(await snapshot(outside)).toEqual(before);
    expect((await stat(outside)).mode & 0o777).toBe(0o755);
  });

  it('around one that is cleared after a clone failed takes nothing outside along', async () => {
    await mkdir(join(outside, 'clone/.git'), { recursive: true });
    await writeFile(join(outside, 'clone/.git/config'), 'precious');
    const before = await snapshot(outside);
    let cleared = 0;
    for (let round = 0; round < 15; round += 1) {
      const around = workspace.path(`around${round}`);
      await mkdir(around);
      const target = await prepareTarget(join(around, 'clone') as AbsolutePath, workspace.root as AbsolutePath);
      await fill(join(around, 'clone/.git'));
      await symlink(outside, `${around}.link`);
      await swap(around, `${around}.link`);
      await target.remove(new Error('It broke.')).catch(() => undefined);
      swapping?.kill();
      await swapping?.ended;
      const real = (await stat(around)).ino === (await stat(outside)).ino ? `${around}.link` : around;
      cleared += existsSync(join(real, 'clone')) ? 0 : 1;
    }
    expect(await snapshot(outside)).toEqual(before);
    expect(cleared).toBeGreaterThan(0);
  });

  it('while a job waited for its turn is refused when that comes', async () => {
    const bench = new JobBench(workspace);
    const boundary = new PathBoundary(workspace.root);
    const gate = new Gate({ boundary, trust: new TrustKeeper(workspace.env), env: workspace.env });
    const jobs = guarded(bench.handlers, gate);
    const dataset = await workspace.dataset({ path: 'ds', files: { 'a.txt': 'one' } });
    const elsewhere = await workspace.dataset({ path: '../elsewhere', files: { 'a.txt': 'one' } });
    await writeFile(join(elsewhere, 'a.txt'), 'two');
    const before = await workspace.git(['rev-parse', 'HEAD'], elsewhere);
    await gate.admit('save', { dataset: contentsPath('ds'), message: 'x' });
    await rename(dataset, `${dataset}.moved`);
    await symlink(elsewhere, dataset);
    const failure = await failureOf(jobs.save({ dataset: contentsPath('ds'), message: 'x' }, new RecordingTask()));
    await bench.dispose();
    expect(failure.kind).toBe('outside-root');
    expect(await workspace.git(['rev-parse', 'HEAD'], elsewhere)).toBe(before);
    expect(await readFile(join(elsewhere, 'a.txt'), 'utf8')).toBe('two');
    expect(await readdir(`${dataset}.moved`)).toContain('a.txt');
  });
});
