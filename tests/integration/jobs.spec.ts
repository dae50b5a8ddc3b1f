import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job, ServerEvent } from '../../src/protocol/job';
import { NodeServer } from '../support/nodeServer';
import { descendants, isAlive } from '../support/processes';
import { until } from '../support/until';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

function jobIn(event: ServerEvent): Job | undefined {
  return event.type === 'job' ? event.job : undefined;
}

describe('jobs of a running server', () => {
  let workspace: Workspace;
  let server: NodeServer;
  let dataset: string;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    dataset = await workspace.dataset({ annexed: { 'a.bin': 2_000, 'b.bin': 3_000 }, dropped: true });
    server = await NodeServer.start(workspace);
  });

  afterAll(async () => {
    await server?.stop();
    await workspace.dispose();
  });

  it('saves of two tabs at once make one commit each, and both tabs hear of both', async () => {
    const tabs = [server.events(), server.events()];
    await Promise.all(tabs.map(tab => tab.next(({ type }) => type === 'hello')));
    await workspace.write({ 'ds/one.txt': '1', 'ds/two.txt': '2' });
    const save = (name: string): Promise<string> =>
      server.start('save', { dataset: 'ds', paths: [`ds/${name}.txt`], message: `save ${name}` });
    const ids = await Promise.all([save('one'), save('two')]);
    const ended = await Promise.all(ids.map(id => server.end(id)));
    expect(ended.map(({ state, failure }) => [state, failure])).toEqual([
      ['ok', undefined],
      ['ok', undefined]
    ]);
    // One after the other.
    const [first, second] = ended.sort((one, other) => (one.started ?? 0) - (other.started ?? 0)) as [Job, Job];
    expect(second.started).toBeGreaterThanOrEqual(first.ended ?? Infinity);
    const log = await workspace.git(['log', '-2', '--format=%s', '--name-only'], dataset);
    expect(log).toMatch(/save (one|two)\n\n\1\.txt/);
    expect(log.match(/save (one|two)\n\n\1\.txt/g)).toHaveLength(2);
    for (const tab of tabs) {
      await Promise.all(ids.map(id => tab.next(event => jobIn(event)?.id === id && jobIn(event)?.state === 'ok')));
      tab.close();
    }
  });

  it('gets content, tells its records, and a second get has nothing to do', async () => {
    const get = async (): Promise<Job> => server.end(await server.start('get', { dataset: 'ds', paths: ['ds'] }));
    const job = await get();
    expect(job).toMatchObject({ state: 'ok', command: ['datalad', 'get', '.'], counts: { failed: 0 } });
    const { results } = await server.report(job.id);
    expect(
      results
        .filter(({ type }) => type === 'file')
        .map(({ path }) => path)
        .sort()
    ).toEqual(['ds/a.bin', 'ds/b.bin']);
    expect((await get()).counts.ok).toBe(0);
  });

  it('cancels what waits, and forgets nothing', async () => {
    await workspace.write({ 'ds/three.txt': '3', 'ds/four.txt': '4' });
    const save = (name: string): Promise<string> =>
      server.start('save', { dataset: 'ds', paths: [`ds/${name}.txt`], message: `save ${name}` });
    const first = await save('three');
    const second = await save('four');
    const started = Date.now();
    expect((await server.request({ method: 'DELETE', path: `jobs/${second}` })).status).toBe(200);
    expect((await server.end(second)).state).toBe('cancelled');
    expect(Date.now() - started).toBeLessThan(2_000);
    expect((await server.end(first)).state).toBe('ok');
    expect(await workspace.git(['status', '--porcelain'], dataset)).toBe('?? four.txt\n');
  });

  it('lists what happened in a terminal, once, and not what it did itself', async () => {
    const tab = server.events();
    await tab.next(({ type }) => type === 'hello');
    await server.call('rows', { folder: 'ds' });
    await server.call('dataset', { path: 'ds' });
    await workspace.git(['add', 'four.txt'], dataset);
    await workspace.git(['commit', '-q', '-m', 'by hand'], dataset);
    const witnessed = await tab.next(event => jobIn(event)?.origin === 'terminal');
    expect(jobIn(witnessed)).toMatchObject({ dataset: 'ds', state: 'ok', input: { subjects: ['by hand'], files: 1 } });
    expect((await server.jobs()).filter(({ origin }) => origin === 'terminal')).toHaveLength(1);
    tab.close();
  });

  it('works on after its worker was killed', async () => {
    const workers = descendants(server.pid).filter(({ command }) =>
      command.some(word => word.endsWith('jupyterlab_datalad/worker'))
    );
    expect(workers.length).toBeGreaterThan(0);
    workers.forEach(({ pid }) => process.kill(pid, 'SIGKILL'));
    await until('the end of the workers', () => !workers.some(({ pid }) => isAlive(pid)));
    await workspace.write({ 'ds/five.txt': '5' });
    const job = await server.end(await server.start('save', { dataset: 'ds', message: 'save five' }));
    expect([job.state, job.failure]).toEqual(['ok', undefined]);
  });

  it('says that a folder is gone', async () => {
    await workspace.dataset({ path: 'gone' });
    await server.call('dataset', { path: 'gone' });
    await rm(join(workspace.root, 'gone'), { recursive: true, force: true });
    const answer = await server.post('save', { dataset: 'gone', message: 'x' });
    if (answer.status === 202) {
      const job = await server.end((answer.json() as { id: string }).id);
      expect(job.failure?.kind).toMatch(/^not-(found|a-dataset)$/);
    } else {
      expect(answer.json()).toMatchObject({ kind: expect.stringMatching(/^not-(found|a-dataset)$/) as unknown });
    }
    expect((await server.call('dataset', { path: 'gone' })).status).toBeLessThan(500);
  });

  it('commits for nobody: asks who it is first', async () => {
    await writeFile(join(workspace.home, '.gitconfig'), '[init]\ndefaultBranch = main\n');
    await workspace.write({ 'ds/six.txt': '6' });
    const input = { dataset: 'ds', message: 'save six' };
    const refused = await server.post('save', input);
    expect([refused.status, refused.json()]).toEqual([409, expect.objectContaining({ kind: 'no-identity' })]);
    const identity = (await server.call('identity', { dataset: 'ds' })).json();
    expect(identity).toEqual({ name: null, email: null, suggestedName: expect.any(String) as unknown, dataset: 'ds' });
    await server.end(await server.start('setIdentity', { name: 'Ada L', email: 'ada@example.org', dataset: null }));
    expect((await server.end(await server.start('save', input))).state).toBe('ok');
    expect(await workspace.git(['log', '-1', '--format=%an <%ae>'], dataset)).toBe('Ada L <ada@example.org>\n');
  });

  it('commits for nobody who was made up, whoever asks', async () => {
    // As git-annex writes it.
    await workspace.git(['config', 'user.name', 'root'], dataset);
    await workspace.git(['config', 'user.email', 'root'], dataset);
    await workspace.write({ 'ds/seven.txt': '7' });
    for (const [operation, input] of [
      ['save', { message: 'save seven' }],
      ['run', { command: 'touch eight.txt' }]
    ] as const) {
      const refused = await server.post(operation, { dataset: 'ds', ...input });
      expect([refused.status, refused.json()]).toEqual([409, expect.objectContaining({ kind: 'no-identity' })]);
    }
    await workspace.git(['config', '--remove-section', 'user'], dataset);
    expect((await server.end(await server.start('save', { dataset: 'ds', message: 'save seven' }))).state).toBe('ok');
  });

  it('makes a dataset for who is known where it is made', async () => {
    await writeFile(join(workspace.home, '.gitconfig'), '[init]\ndefaultBranch = main\n');
    const path = workspace.path('own');
    await workspace.git(['init', '-q', 'own']);
    await workspace.git(['config', 'user.name', 'Eve'], path);
    await workspace.git(['config', 'user.email', 'eve@example.org'], path);
    expect((await server.call('identity', { dataset: 'own' })).json()).toMatchObject({ name: 'Eve', dataset: 'own' });
    expect((await server.end(await server.start('create', { path: 'own', force: true }))).state).toBe('ok');
    expect(await workspace.git(['log', '--format=%an <%ae>'], path)).toMatch(/^(?:Eve <eve@example\.org>\n)+$/u);
    // A new one in it has nothing but what the user is known as.
    expect((await server.call('identity', { dataset: 'own/sub' })).json()).toMatchObject({ name: null, dataset: null });
    const refused = await server.post('create', { path: 'own/sub', asSubdataset: 'own' });
    expect(refused.json()).toMatchObject({ kind: 'no-identity' });
    expect(existsSync(join(path, 'sub'))).toBe(false);
  });
});
