import { mkdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { EventReader } from '../support/eventReader';
import { JupyterServer } from '../support/jupyterServer';
import { SecretHunt } from '../support/secretHunt';
import { until } from '../support/until';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

const VARIABLES = {
  OSF_TOKEN: 'osf/secret+value',
  JUPYTERHUB_API_TOKEN: 'jupyter-secret-value',
  GITHUB_TOKEN: 'github-secret-value',
  AWS_SECRET_ACCESS_KEY: 'aws/secret+key'
};
const REMOTE = 'remote%20secret@1';
const QUERY = 'query-secret-2';
const TYPED = 'typed: open sesame';
const PASTED = 'pasted-secret-3';
const WRITTEN = 'written-secret-4';
const PROXY = 'proxy-secret-5';
const MISTAKEN = 'mistaken%20secret-6';
const SLASHED = 'slashed-secret-7';
const OF_ADDRESSES = [PASTED, MISTAKEN, decodeURIComponent(MISTAKEN), SLASHED];
const ALL = [...Object.values(VARIABLES), REMOTE, decodeURIComponent(REMOTE), QUERY, TYPED, WRITTEN, PROXY, ...OF_ADDRESSES];

describe('secrets', () => {
  let workspace: Workspace;
  let jupyter: JupyterServer;
  let server: Server;
  let host: string;
  let events: EventReader;
  const hunt = new SecretHunt(ALL);
  const answers: string[] = [];
  let children: ReturnType<SecretHunt['stop']>;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    await mkdir(join(workspace.base, 'tmp'));
    server = createServer((request, response) => {
      const known = [TYPED, PASTED].map(secret => `Basic ${Buffer.from(`ada:${secret}`).toString('base64')}`);
      if (!known.includes(request.headers.authorization ?? '')) {
        response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
        return;
      }
      const path = new URL(request.url ?? '', `http://${host}`).pathname;
      void readFile(join(workspace.base, path)).then(
        content => response.end(content),
        () => response.writeHead(404).end()
      );
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    await workspace.dataset({ path: 'ds', annexed: { 'a.bin': 100 }, dropped: ['a.bin'] });
    await workspace.git(['remote', 'set-url', 'origin', `http://ada:${REMOTE}@${host}/x?token=${QUERY}`], workspace.path('ds'));
    await workspace.git(['clone', '-q', '--bare', join(workspace.sources, 'ds'), join(workspace.base, 'bare.git')]);
    await workspace.git(['update-server-info'], join(workspace.base, 'bare.git'));
    jupyter = await JupyterServer.start(workspace, {
      env: {
        ...VARIABLES,
        http_proxy: `http://ada:${PROXY}@127.0.0.1:1`,
        no_proxy: '127.0.0.1',
        TMPDIR: join(workspace.base, 'tmp')
      }
    });
    await ask('health', {});
    hunt.watch(jupyter.node ?? 0);
    events = jupyter.events();
  });

  afterAll(async () => {
    hunt.stop();
    events?.close();
    await jupyter?.stop();
    server?.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    await workspace.dispose();
  });

  const ask = async (operation: string, input: unknown): Promise<void> => {
    answers.push((await jupyter.call(operation, input)).text);
  };

  /** Starts a job, answers its questions, and keeps all it says. */
  async function perform(operation: string, input: unknown, replies: string[] = []): Promise<string> {
    const started = await jupyter.post(operation, input);
    answers.push(started.text);
    const { id } = started.json() as { id: string };
    for (const value of replies) {
      let prompt: string | undefined;
      await until(`a question of ${operation}`, async () => {
        const { job } = await jupyter.report(id);
        prompt = job.prompt?.id;
        return prompt !== undefined || job.ended !== undefined;
      });
      await jupyter.request({ method: 'POST', path: `jobs/${id}/answer`, body: JSON.stringify({ prompt, value }) });
      await until('that it was heard', async () => (await jupyter.report(id)).job.prompt?.id !== prompt);
    }
    const { state } = await jupyter.end(id);
    answers.push(JSON.stringify(await jupyter.report(id)));
    return state;
  }

  it('are used where they are needed', async () => {
    for (const operation of ['dataset', 'rows', 'totals', 'planGet', 'identity']) {
      await ask(operation, { dataset: 'ds', path: 'ds', folder: 'ds', paths: ['ds'] });
    }
    const clone = { source: `http://${host}/bare.git`, path: 'cloned' };
    expect(await perform('clone', clone, ['ada', TYPED])).toBe('ok');
    expect(await perform('get', { dataset: 'ds', paths: ['ds/a.bin'] })).toBe('error');
    await workspace.write({ 'ds/new.txt': 'new' });
    const message = `From https://ada:${WRITTEN}@host/x`;
    expect(await perform('save', { dataset: 'ds', paths: ['ds/new.txt'], message })).toBe('ok');
    await workspace.git(['commit', '-q', '--allow-empty', '-m', `Again ${message}`], workspace.path('ds'));
    await until('the commit of a terminal', async () => (await jupyter.jobs()).some(({ origin }) => origin === 'terminal'));
    // Pasted into an address it answers whoever asks; only what is not in the address is for the user.
    const pasted = `http://ada:${PASTED}@${host}`;
    expect(await perform('clone', { source: `${pasted}/bare.git`, path: 'pasted' })).toBe('ok');
    expect(await perform('clone', { source: `${pasted}/bare.git`, path: 'ds/sub', asSubdataset: 'ds' })).toBe('ok');
    expect(await perform('clone', { source: `http://ada@${host}/bare.git`, path: 'half' }, [PASTED])).toBe('ok');
    expect(await perform('clone', { source: `${pasted}/none`, path: 'failing' })).toBe('error');
    expect(await perform('clone', { source: `http://ada:${MISTAKEN}@${host}/bare.git`, path: 'wrong' })).toBe('error');
    expect(await perform('clone', { source: `http://ada:x/${SLASHED}@${host}/bare.git`, path: 'odd' })).toBe('error');
    for (const clone of ['pasted', 'ds/sub', 'half']) {
      const url = await workspace.git(['config', 'remote.origin.url'], workspace.path(clone));
      expect(url).toBe(`http://${host}/bare.git\n`);
    }
    children = hunt.stop();
  });

  it('are in no answer, event or log', async () => {
    answers.push(JSON.stringify(await jupyter.jobs()));
    expect(answers.join('\n')).toContain('***');
    expect(hunt.in(answers.join('\n'))).toEqual([]);
    expect(events.events.length).toBeGreaterThan(5);
    expect(hunt.in(JSON.stringify(events.events))).toEqual([]);
    expect(jupyter.output()).toContain('Listening');
    expect([jupyter.token, ...ALL].filter(secret => serverLines(jupyter.output()).includes(secret))).toEqual([]);
    expect(hunt.in(jupyter.output())).toEqual([]);
  });

  it('are seen by no child but where they are needed', () => {
    expect(children.processes).toBeGreaterThan(10);
    const needed = [
      // Who reaches the network only through it.
      `${PROXY} in variable http_proxy`,
      // The user's own words: git gets a message as it was written.
      `${WRITTEN} in arguments of git `
    ];
    expect(children.found.filter(text => !needed.some(start => text.startsWith(start)))).toEqual([]);
  });

  it('are in no file that the server or its tools wrote, but where git keeps them', () => {
    const own = ['home', 'tmp', 'jupyter', 'jupyter-user', 'jupyter-runtime', 'jupyter-data', 'contents/cloned'];
    expect(own.flatMap(folder => hunt.inFiles(join(workspace.base, folder)))).toEqual([]);
    expect(new SecretHunt(OF_ADDRESSES).inFiles(workspace.base)).toEqual([]);
  });
});

/** Lines of the log that our server wrote. */
function serverLines(output: string): string {
  return output
    .split('\n')
    .filter(line => line.includes('"server":"jupyterlab-datalad"'))
    .join('\n');
}
