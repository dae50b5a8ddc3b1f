import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { exchange } from '../support/http';
import { JupyterServer } from '../support/jupyterServer';
import { NotebookKernel } from '../support/notebookKernel';
import { until } from '../support/until';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(180_000);

const PROJECT = resolve(__dirname, '../..');
const ENDED = 4_000_000;

interface IDoor {
  readonly socket: string;
  readonly token: string;
  readonly root: string;
  readonly pid: number;
}

describe('DataLad from the code of a notebook', () => {
  let workspace: Workspace;
  let jupyter: JupyterServer;
  let kernel: NotebookKernel;
  let runtime: string;
  let ds: string;
  let env: Record<string, string>;
  let door: string;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    runtime = join(workspace.base, 'jupyter-runtime');
    env = { PYTHONPATH: PROJECT, JUPYTER_RUNTIME_DIR: runtime };
    await mkdir(runtime, { mode: 0o700 });
    const left = { format: 1, socket: join(workspace.base, 'gone'), token: 'x', root: '/', pid: ENDED, host: hostname() };
    await writeFile(join(runtime, `jupyterlab-datalad-${ENDED}.json`), JSON.stringify(left), { mode: 0o600 });
    [ds] = await Promise.all([
      workspace.dataset({ annexed: { 'data.csv': 'a,b\n' }, dropped: true, files: { 'notes.txt': 'one' } }),
      workspace.dataset({ path: 'evil', annexed: { 'data.csv': 'a,b\n' }, dropped: true }),
      JupyterServer.start(workspace).then(started => (jupyter = started))
    ]);
    await workspace.git(['config', 'core.fsmonitor', `touch ${workspace.path('mark')}`], workspace.path('evil'));
    door = join(runtime, `jupyterlab-datalad-${jupyter.pid}.json`);
    kernel = await NotebookKernel.start(workspace, ds, env);
  });

  afterAll(async () => {
    await kernel.stop();
    await jupyter.stop();
    await workspace.dispose();
  });

  it('finds the server by a file that is for the user alone, with a token that opens nothing else', async () => {
    const told = JSON.parse(await readFile(door, 'utf8')) as IDoor;
    expect(told).toMatchObject({ root: workspace.root, pid: jupyter.pid });
    const modes = await Promise.all([door, told.socket, resolve(told.socket, '..')].map(async path => (await stat(path)).mode));
    expect(modes.map(mode => mode & 0o777)).toEqual([0o600, 0o600, 0o700]);
    expect((await readdir(runtime)).filter(name => name.includes(String(ENDED)))).toEqual([]);
    const knock = (headers: Record<string, string>): Promise<number> =>
      exchange({ socketPath: told.socket }, { path: '/datalad/jobs', headers }).then(({ status }) => status);
    expect(await knock({})).toBe(403);
    expect(await knock({ Authorization: `Bearer ${jupyter.token}` })).toBe(403);
    expect(jupyter.node).toBeUndefined();
    const elsewhere = { Cookie: '', 'X-XSRFToken': '', Authorization: `Bearer ${told.token}` };
    expect((await jupyter.request({ path: 'jobs', headers: elsewhere })).status).toBe(403);
  });

  it('costs next to nothing to import', async () => {
    const loaded = await workspace.run('python', [
      '-c',
      `import sys; sys.path.insert(0, ${JSON.stringify(PROJECT)}); old = set(sys.modules); import jupyterlab_datalad; print(*sorted(set(sys.modules) - old))`
    ]);
    expect(loaded.trim()).toBe('__future__ jupyterlab_datalad jupyterlab_datalad._version');
    const own = await workspace.run('python', [
      '-c',
      `import sys; sys.path.insert(0, ${JSON.stringify(PROJECT)}); from jupyterlab_datalad import get; print(*sorted(sys.modules))`
    ]);
    expect(own).not.toMatch(/jupyter_server|tornado|IPython|(?:^| )datalad/u);
  });

  it('starts the server, gets a file that stands in a variable, and shows as any job', async () => {
    await kernel.run("%load_ext jupyterlab_datalad\nname = 'data.csv'");
    const got = await kernel.run('%datalad get {name}');
    expect(got.error).toBeNull();
    expect(got.result?.['text/plain']).toBe('get: 1 ok\n  get (ok): data.csv');
    expect(got.result?.['text/html']).toContain('>data.csv</td>');
    const [job] = await jupyter.jobs();
    expect(job).toMatchObject({ operation: 'get', origin: 'panel', dataset: 'ds', state: 'ok' });
    expect(await readFile(join(ds, 'data.csv'), 'utf8')).toBe('a,b\n');
    expect((await kernel.run("open('notes.txt', 'a').write('!')\n%datalad status")).result?.['text/plain']).toBe(
      'modified: notes.txt'
    );
    expect((await kernel.run("r = %datalad save -m 'From a cell' notes.txt\nprint(r)")).text).toContain('add (ok): notes.txt');
    expect(await workspace.git(['log', '-1', '--format=%s'], ds)).toBe('From a cell\n');
  });

  it('runs a cell as a recorded command, and prints what it prints while it runs', async () => {
    await rm(join(ds, 'go'), { force: true });
    await writeFile(join(ds, '.git/info/exclude'), 'go\n');
    kernel.begin(
      '%%datalad_run -m Upper -i data.csv -o out.txt\necho begun\nwhile [ ! -e go ]; do sleep 0.05; done\ntr a-z A-Z < {inputs} > {outputs}'
    );
    await until('its output', () => kernel.output.text.includes('begun\n'));
    await writeFile(join(ds, 'go'), '');
    const ran = await kernel.end();
    expect(ran.error).toBeNull();
    expect(ran.text.match(/begun/gu)).toHaveLength(1);
    expect(await readFile(join(ds, 'out.txt'), 'utf8')).toBe('A,B\n');
    const message = await workspace.git(['log', '-1', '--format=%B'], ds);
    expect(message).toContain('[DATALAD RUNCMD] Upper');
    expect(JSON.parse(/\{[\s\S]*\}/u.exec(message)?.[0] ?? '')).toMatchObject({
      cmd: 'echo begun\nwhile [ ! -e go ]; do sleep 0.05; done\ntr a-z A-Z < {inputs} > {outputs}',
      inputs: ['data.csv'],
      outputs: ['out.txt']
    });
    const script = await kernel.run(
      "%%datalad_run -o '<i>.txt' --script python\nprint('<b>', {'a': 1})\nopen('<i>.txt', 'w').write('END')"
    );
    expect(script.text).toContain("<b> {'a': 1}");
    expect(script.result?.['text/html']).toContain('&lt;i&gt;.txt');
    const called = await kernel.run(
      "import jupyterlab_datalad\njupyterlab_datalad.run(['cp', 'out.txt', 'a b.txt'], inputs='out.txt', outputs=['a b.txt'], message='Copy')"
    );
    expect(called.error).toBeNull();
    const again = await workspace.records('datalad', ['-f', 'json', 'rerun', '--since=HEAD~3'], ds);
    expect(again.filter(({ action, status }) => action === 'run' && status !== 'ok')).toEqual([]);
    expect(await workspace.git(['status', '--porcelain'], ds)).toBe('');
    expect((await workspace.git(['log', '-1', '--format=%s'], ds)).trim()).toBe('[DATALAD RUNCMD] Copy');
  });

  it('says in words what went wrong, and nothing of its inside', async () => {
    const failed = await kernel.run('%datalad run "echo about to fail; exit 3"');
    expect(failed.text).toContain('about to fail');
    expect(failed.error).toEqual(['The command ended with exit code 3, so nothing was saved.', expect.any(String)]);
    expect((await kernel.run('%datalad get nowhere.txt')).error?.join('\n')).toContain('ds/nowhere.txt');
    expect((await kernel.run('%datalad get ../../outside')).error?.[0]).toContain('outside of the folder');
    for (const [line, words] of [
      ['rerun', 'came with the dataset'],
      ['remove data.csv', 'could lose content'],
      ['drop --reckless kill data.csv', 'could lose content'],
      ['push --to origin', 'Type it in a terminal'],
      ['get', 'are required: PATH'],
      ['get "x', 'cannot be read']
    ] as const) {
      expect((await kernel.run(`%datalad ${line}`)).error?.join('\n')).toContain(words);
    }
    expect((await kernel.run('%datalad get -h')).text).toContain('usage: %datalad get');
    expect(
      (await kernel.run('try:\n    jupyterlab_datalad.get("nowhere.txt")\nexcept Exception as e:\n    print(e.kind)')).text
    ).toBe('not-found\n');
  });

  it('asks for nothing that is confirmed in the panel: where it would have to, it is refused', async () => {
    const refused = await kernel.run('%datalad get ../evil/data.csv');
    expect(refused.error?.join('\n')).toMatch(/not trusted.*\n.*DataLad panel/u);
    expect((await readdir(workspace.root)).includes('mark')).toBe(false);
  });

  it('cancels the job when the kernel is interrupted', async () => {
    kernel.begin('%%datalad_run -o never.txt\necho begun; sleep 600');
    await until('its output', () => kernel.output.text.includes('begun\n'));
    kernel.interrupt();
    const ended = await kernel.end();
    expect(ended.error).toEqual(['datalad run was cancelled.']);
    expect((await jupyter.jobs())[0]).toMatchObject({ operation: 'run', state: 'cancelled' });
    expect((await kernel.run('1 + 1')).result?.['text/plain']).toBe('2');
    expect(await workspace.git(['status', '--porcelain'], ds)).toBe('');
  });

  it('tells in one line what it waits for, which goes when it is over', async () => {
    await rm(join(ds, 'go'), { force: true });
    const command = 'while [ ! -e go ]; do sleep 0.05; done';
    const before = await jupyter.start('run', { dataset: 'ds', command });
    kernel.begin('%datalad unlock data.csv');
    await until('the line', () => kernel.output.displays.includes('datalad unlock waits for another command in this dataset…'));
    await writeFile(join(ds, 'go'), '');
    const ended = await kernel.end();
    expect(ended.error).toBeNull();
    expect(ended.displays.at(-1)).toBe('');
    await jupyter.end(before);
    await workspace.annex(['lock', 'data.csv'], ds);
  });

  it('saves nothing within a command that is being recorded, which both would wait for', async () => {
    const code = 'import jupyterlab_datalad as d\ntry:\n    d.save()\nexcept Exception as error:\n    print(error)';
    await writeFile(join(ds, '.git/info/exclude'), 'go\ninner.py\n');
    await writeFile(join(ds, 'inner.py'), code);
    const ran = await kernel.run(
      '%datalad run "python inner.py; python -c \'import jupyterlab_datalad as d; print(d.status())\' > st.txt"'
    );
    expect(ran.text).toContain('cannot be part of a command that is being recorded');
    expect(await readFile(join(ds, 'st.txt'), 'utf8')).toContain('st.txt');
  });

  it('looks for the server where Jupyter says, and believes no file that others could have written', async () => {
    const ask = (given: Record<string, string>): Promise<string> =>
      workspace.run('env', [
        ...Object.entries(given).map(([name, value]) => `${name}=${value}`),
        `PYTHONPATH=${PROJECT}`,
        'python',
        '-c',
        'from jupyterlab_datalad.kernel.address import runtime_folder\nfrom jupyter_core.paths import jupyter_runtime_dir\nassert runtime_folder() == jupyter_runtime_dir(), (runtime_folder(), jupyter_runtime_dir())'
      ]);
    for (const [name, value] of [
      ['LANG', 'C'],
      ['JUPYTER_RUNTIME_DIR', '/r'],
      ['JUPYTER_DATA_DIR', '/d'],
      ['XDG_DATA_HOME', '/x']
    ] as const) {
      await ask({ [name]: value });
    }
    const find = (folder: string): Promise<string> =>
      workspace.run(
        'env',
        [
          `PYTHONPATH=${PROJECT}`,
          `JUPYTER_RUNTIME_DIR=${folder}`,
          'python',
          '-c',
          'import jupyterlab_datalad as d\ntry:\n    print(d.status())\nexcept d.kernel.failures.DataladError as error:\n    print(error)'
        ],
        ds
      );
    const planted = join(workspace.base, 'planted');
    await mkdir(planted);
    const text = await readFile(door, 'utf8');
    const place = join(planted, 'jupyterlab-datalad-1.json');
    await writeFile(place, text, { mode: 0o644 });
    expect(await find(planted)).toContain('No JupyterLab');
    await rm(place);
    await symlink(door, place);
    expect(await find(planted)).toContain('No JupyterLab');
    await rm(place);
    await writeFile(place, JSON.stringify({ ...(JSON.parse(text) as object), socket: place }), { mode: 0o600 });
    expect(await find(planted)).toContain('No JupyterLab');
    await rm(place);
    await writeFile(place, text, { mode: 0o600 });
    expect(await find(planted)).not.toContain('No JupyterLab');
  });

  it('leaves no file behind, and none in a repository', async () => {
    const home = join(workspace.base, 'repository');
    await mkdir(join(home, 'run'), { recursive: true });
    await workspace.git(['init', '-q'], home);
    const opened = await workspace.run('env', [
      `PYTHONPATH=${PROJECT}`,
      'python',
      '-c',
      `import logging; from types import SimpleNamespace; from jupyterlab_datalad.door import open_door
open_door(SimpleNamespace(runtime_dir=${JSON.stringify(join(home, 'run'))}, log=logging.getLogger()), {})`
    ]);
    expect([opened, await readdir(join(home, 'run'))]).toEqual(['', []]);
    await jupyter.stop();
    expect((await readdir(runtime)).filter(name => name.startsWith('jupyterlab-datalad-'))).toEqual([]);
    expect((await kernel.run('%datalad status')).error?.[0]).toContain('No JupyterLab');
  });
});
