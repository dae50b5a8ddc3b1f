import { type EventReader } from '../support/eventReader';
import { exchange } from '../support/http';
import { JupyterServer } from '../support/jupyterServer';
import { environmentOf, isAlive, watchesOf } from '../support/processes';
import { until } from '../support/until';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

const SECRETS = { JUPYTERHUB_API_TOKEN: 'hub-secret', JPY_API_TOKEN: 'jpy-secret', JUPYTER_TOKEN: '', OSF_TOKEN: 'osf-secret' };

describe('the way through a real JupyterLab server', () => {
  let workspace: Workspace;
  let jupyter: JupyterServer;
  const open: EventReader[] = [];

  beforeAll(async () => {
    workspace = await makeWorkspace();
    jupyter = await JupyterServer.start(workspace, { env: SECRETS });
  });

  afterAll(async () => {
    open.forEach(reader => reader.close());
    await jupyter.stop();
    await workspace.dispose();
  });

  const events = (headers?: Record<string, string>): EventReader => {
    const reader = jupyter.events(headers);
    open.push(reader);
    return reader;
  };

  it('starts Node at the first request, not before, and tells what it found', async () => {
    expect(jupyter.node).toBeUndefined();
    const answer = await jupyter.call('health', {});
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ available: true, node: expect.stringMatching(/^2\d\./) as unknown });
    expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(jupyter.node).toBeDefined();
  });

  it('lets in a token as well as a browser, and nobody else', async () => {
    const token = { Cookie: '', 'X-XSRFToken': '', Authorization: `token ${jupyter.token}` };
    expect((await jupyter.request({ path: 'jobs', headers: token })).status).toBe(200);
    const nobody = { Cookie: '', 'X-XSRFToken': '' };
    expect((await jupyter.request({ path: 'jobs', headers: nobody })).status).toBe(403);
    expect((await jupyter.request({ method: 'POST', path: 'call/health', body: '{}', headers: nobody })).status).toBe(403);
    const answer = await jupyter.request({ method: 'POST', path: 'call/health', body: '{}', headers: { 'X-XSRFToken': 'x' } });
    expect(answer.status).toBe(403);
    expect(answer.json()).toMatchObject({ kind: 'permission-denied' });
  });

  it('keeps tokens from Node and what it starts', async () => {
    const env = environmentOf(jupyter.node ?? 0);
    expect(Object.keys(env).filter(name => name in SECRETS)).toEqual(['OSF_TOKEN']);
    expect(Object.keys(env)).toEqual(expect.arrayContaining(['PATH', 'DATALAD_LAB_BIN', 'DATALAD_LAB_PYTHON']));
  });

  it('carries a job and its events, resumes a stream, and serves six at once', async () => {
    const readers = Array.from({ length: 6 }, () => events());
    const [first, ...others] = readers as [EventReader, ...EventReader[]];
    await Promise.all(readers.map(reader => reader.next(({ type }) => type === 'hello')));
    const id = await jupyter.start('create', { path: 'made' });
    const ended = (reader: EventReader): Promise<unknown> =>
      reader.next(event => event.type === 'job' && event.job.id === id && event.job.ended !== undefined);
    await Promise.all(readers.map(ended));
    expect((await jupyter.end(id)).state).toBe('ok');

    const [{ lastId }] = others as [EventReader];
    first.close();
    const second = await jupyter.start('create', { path: 'made-too' });
    await jupyter.end(second);
    const resumed = events({ 'Last-Event-ID': lastId });
    await resumed.next(event => event.type === 'job' && event.job.id === second && event.job.ended !== undefined);
    expect(resumed.events[0]).toMatchObject({ type: 'hello', gap: false });
    expect(resumed.events.some(event => event.type === 'job' && event.job.id === id)).toBe(false);
    const stranger = events({ 'Last-Event-ID': 'other-7' });
    expect(await stranger.next(({ type }) => type === 'hello')).toMatchObject({ gap: true });
    readers.forEach(reader => reader.close());
  });

  it('watches nothing once the browser is gone, though the proxy does not say so by itself', async () => {
    open.forEach(reader => reader.close());
    await workspace.dataset({ path: 'watched', files: { 'a.txt': 'a' } });
    const reader = events();
    await reader.next(({ type }) => type === 'hello');
    await jupyter.call('rows', { folder: 'watched' });
    await until('the watches', () => watchesOf(jupyter.node ?? 0) > 0);
    reader.close();
    await until('the end of the watches', () => watchesOf(jupyter.node ?? 0) === 0, 10_000);
  });

  it('counts changes as activity, but neither reads nor streams', async () => {
    const activity = async (): Promise<string> => {
      const headers = { Host: jupyter.host, Authorization: `token ${jupyter.token}` };
      const status = await exchange(jupyter.address, { path: '/api/status', headers });
      return (status.json() as { last_activity: string }).last_activity;
    };
    const before = await activity();
    const reader = events();
    await reader.next(({ type }) => type === 'hello');
    await jupyter.call('health', {});
    await jupyter.jobs();
    expect(await activity()).toBe(before);
    await jupyter.end(await jupyter.start('create', { path: 'made-last' }));
    expect(await activity()).not.toBe(before);
  });

  it('is usable again after Node was killed, and tells its streams', async () => {
    const reader = events();
    await reader.next(({ type }) => type === 'hello');
    const { lastId } = reader;
    const killed = jupyter.node ?? NaN;
    process.kill(killed, 'SIGKILL');
    await until('the end of the stream', () => reader.ended);
    const answer = await jupyter.call('health', {});
    expect(answer.status).toBe(200);
    expect(jupyter.node).not.toBe(killed);
    const next = events({ 'Last-Event-ID': lastId });
    expect(await next.next(({ type }) => type === 'hello')).toMatchObject({ gap: true });
  });

  it('answers reads that come while Node ends, as soon as there is a new one', async () => {
    for (let round = 0; round < 3; round++) {
      await jupyter.call('health', {});
      const killed = jupyter.node ?? NaN;
      process.kill(killed, 'SIGKILL');
      const answers = await Promise.all(Array.from({ length: 8 }, () => jupyter.call('health', {})));
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
      expect(jupyter.node).not.toBe(killed);
    }
  });

  it('refuses web sockets, and says in JSON what it does not know', async () => {
    const upgrade = { Upgrade: 'websocket', Connection: 'Upgrade', 'Sec-WebSocket-Key': 'AAAA', 'Sec-WebSocket-Version': '13' };
    expect((await jupyter.request({ path: 'events', headers: upgrade })).status).toBe(400);
    const answer = await jupyter.request({ path: 'no/such/route' });
    expect([answer.status, answer.json()]).toEqual([404, expect.objectContaining({ kind: 'not-found' })]);
  });

  it('goes away with Jupyter', async () => {
    const node = jupyter.node ?? 0;
    await jupyter.stop();
    await until('the end of Node', () => !isAlive(node), 5_000);
  });
});
