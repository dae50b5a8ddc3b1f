import { cp, lstat, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { workerEnvironment } from '../../src/server/datalad/workerEnvironment';
import { PathBoundary } from '../../src/server/paths';
import { run } from '../../src/server/process/run';
import { Gate } from '../../src/server/trust/gate';
import { guarded } from '../../src/server/trust/guarded';
import { TrustKeeper } from '../../src/server/trust/trust';
import { makeHostile } from '../support/hostileRepository';
import { JobBench } from '../support/jobBench';
import { failureOf, RecordingTask } from '../support/recordingTask';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

const at = contentsPath;

/** What travels with a clone can say where subdatasets come from: here, from hostile copies of them on the same machine. */
describe('a get that installs subdatasets', () => {
  let workspace: Workspace;
  let mark: string;
  let bench: JobBench;
  let jobs: ReturnType<typeof guarded>;
  let source: string;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    mark = join(workspace.base, 'mark');
    bench = new JobBench(workspace);
    bench.pool.prewarm();
    const gate = new Gate({
      boundary: new PathBoundary(workspace.root),
      trust: new TrustKeeper(workspace.env),
      env: workspace.env
    });
    jobs = guarded(bench.handlers, gate);
    source = await workspace.dataset({
      path: '../sources/super',
      annexed: { 'here.bin': 2_000 },
      subdatasets: {
        one: { annexed: { 'o.bin': 4_000 } },
        two: { annexed: { 't.bin': 4_000 } },
        three: { annexed: { 'd.bin': 100 } }
      }
    });
    for (const name of ['one', 'two']) {
      await cp(join(source, name), join(workspace.base, `evil-${name}`), { recursive: true, verbatimSymlinks: true });
      await makeHostile(workspace, join(workspace.base, `evil-${name}`), mark);
    }
    const settings = {
      'datalad.get.subdataset-source-candidate-000evil': join(workspace.base, 'evil-{path}'),
      'datalad.clone.url-substitute.evil': `,^.*/two$,${workspace.base}/evil-two`,
      'datalad.clone.reckless': 'shared-all',
      'datalad.get.proc-pre': 'evil',
      'datalad.procedures.evil.call-format': `sh -c "echo procedure >> ${mark}"`,
      'datalad.locations.dataset-procedures': 'procedures',
      'datalad.locations.extra-procedures': 'procedures',
      'datalad.result-hook.evil.call-json': `run {{"cmd": "echo hook >> ${mark}"}}`,
      'datalad.result-hook.evil.match-json': '{"status": "ok"}',
      'datalad.ssh.executable': join(source, 'procedures/evil'),
      'datalad.extensions.load': 'evil',
      'annex.freezecontent-command': `sh -c "echo freeze >> ${mark}"`,
      'core.fsmonitor': `sh -c "echo fsmonitor >> ${mark}"`
    };
    for (const [key, value] of Object.entries(settings)) {
      await workspace.git(['config', '--file', '.datalad/config', key, value], source);
    }
    await workspace.write({ '../sources/super/procedures/evil.sh': `#!/bin/sh\necho procedure >> ${mark}\n` });
    await workspace.git(['add', '.'], source);
    await workspace.git(['commit', '-q', '-m', 'Settings that travel'], source);
    await writeFile(mark, '');
    await jobs.clone({ source, path: at('super') }, new RecordingTask());
  });

  afterAll(async () => {
    await bench.dispose();
    await workspace.dispose();
  });

  const marks = async (): Promise<string> => await readFile(mark, 'utf8');
  const get = async (dataset: string, path: string, more: object = {}, task = new RecordingTask()): Promise<RecordingTask> => {
    await jobs.get({ dataset: at(dataset), paths: [at(path)], ...more }, task);
    return task;
  };

  it('goes no further than to install them where they come from a dataset that is not trusted', async () => {
    for (const path of ['super/one', 'super/two/t.bin']) {
      const task = new RecordingTask();
      const failure = await failureOf(get('super', path, {}, task));
      expect(failure).toMatchObject({ kind: 'untrusted', parameters: { dataset: 'super' } });
      expect(task.summary).toEqual([`install ok ${path.replace('/t.bin', '')}`]);
    }
    expect((await failureOf(get('super', 'super', { recursive: true }))).kind).toBe('untrusted');
    expect(await marks()).toBe('');
  });

  it('gets their content at once where they do not, as by themselves they would', async () => {
    await jobs.clone({ source, path: at('plain') }, new RecordingTask());
    await workspace.git(
      ['config', '--file', '.datalad/config', '--unset', 'datalad.get.subdataset-source-candidate-000evil'],
      workspace.path('plain')
    );
    expect((await get('plain', 'plain/one')).summary.filter(line => !line.includes('notneeded'))).toEqual([
      'install ok plain/one',
      'get ok plain/one/o.bin'
    ]);
    expect((await get('plain', 'plain/three', { noData: true })).summary).toEqual(['install ok plain/three']);
    expect((await get('plain', 'plain/here.bin')).summary).toEqual(['get ok plain/here.bin']);
    expect(await marks()).toBe('');
    // How a clone is shared, and whose annex it uses, is for the user to say, not for the dataset.
    const { mode } = await lstat(workspace.path('plain/one/.git/config'));
    expect(mode & 0o022).toBe(0);
    expect(await workspace.git(['config', '--default', 'none', 'core.sharedRepository'], workspace.path('plain/one'))).toBe(
      'none\n'
    );
  });

  it('is what would have run their programs: they are alive', async () => {
    await bench.handlers.get({ dataset: at('super'), paths: [at('super/two')] }, new RecordingTask());
    expect(await marks()).toContain('core.fsmonitor');
    await writeFile(mark, '');
  });

  it('a clone enables no special remote that would start a program with arguments of the dataset', async () => {
    const programs = join(workspace.base, 'programs');
    await mkdir(programs);
    for (const name of ['rclone', 'bup', 'ddar', 'git-annex-remote-x', 'git-annex-compute-x', 'git-remote-gcrypt']) {
      await writeFile(join(programs, name), `#!/bin/sh\necho "${name} $*" >> ${mark}\nexit 1\n`, { mode: 0o755 });
    }
    const store = join(workspace.base, 'store');
    await mkdir(store);
    const remotes = [
      'type=rclone rcloneremotename=:sftp,ssh=x: rcloneprefix=x rclonelayout=lower encryption=none',
      'type=bup buprepo=-x encryption=none',
      'type=external externaltype=x encryption=none',
      'type=compute program=git-annex-compute-x encryption=none',
      'type=gcrypt gitrepo=ext::x encryption=none',
      `type=directory directory=${store} encryption=none`
    ];
    const origin = await workspace.dataset({ path: '../sources/many', annexed: { 'm.bin': 1_000 } });
    const log = join(workspace.base, 'log');
    await workspace.git(['worktree', 'add', '-q', log, 'git-annex'], origin);
    const lines = remotes.map((remote, at) => {
      return `0000000${at}-1111-2222-3333-444444444444 autoenable=true name=r${at} ${remote} timestamp=1700000000s\n`;
    });
    await writeFile(join(log, 'remote.log'), lines.join(''));
    await workspace.git(['add', '.'], log);
    await workspace.git(['commit', '-q', '-m', 'Remotes'], log);
    const env = { ...workspace.env, PATH: `${programs}:${workspace.env['PATH']}` };
    const other = new JobBench(workspace, { env: workerEnvironment(env) });
    const task = new RecordingTask();
    await other.handlers.clone({ source: origin, path: at('many') }, task);
    await other.dispose();
    expect(await marks()).toBe('');
    expect(task.text).toContain('were not enabled');
    expect(await workspace.git(['config', '--list'], workspace.path('many'))).not.toContain('remote.r');
    expect(await workspace.annex(['find', '--not', '--in=here'], workspace.path('many'))).toBe('m.bin\n');
    // They are alive: git-annex by itself starts them.
    await workspace.git(['clone', '-q', origin, workspace.path('walked-in')]);
    await run('git', ['annex', 'init'], { cwd: workspace.path('walked-in'), env, timeout: 60_000 });
    expect((await marks()).split('\n').map(line => line.split(' ')[0])).toEqual(
      expect.arrayContaining(['rclone', 'bup', 'git-annex-remote-x'])
    );
    await writeFile(mark, '');
  });

  it('drops nothing by key from an annex that is another one', async () => {
    const name = 'a\nb.bin';
    const dataset = await workspace.dataset({ path: 'shared', annexed: { [name]: 3_000 }, clone: true });
    const annex = join(workspace.sources, 'shared/.git/annex');
    await rename(join(dataset, '.git/annex'), join(dataset, '.git/annex.own'));
    await workspace.run('ln', ['-s', annex, join(dataset, '.git/annex')]);
    const input = { dataset: at('shared'), paths: [at(`shared/${name}`)] };
    expect((await failureOf(bench.handlers.drop(input, new RecordingTask()))).kind).toBe('last-copy');
    expect((await lstat(join(workspace.sources, 'shared', name))).isSymbolicLink()).toBe(true);
    await readFile(join(workspace.sources, 'shared', name));
  });
});
