import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GUARD_HEADER } from '../../src/protocol/contract';
import type { Job } from '../../src/protocol/job';
import { exchange, type IExchange } from '../support/http';
import { JupyterServer } from '../support/jupyterServer';
import { descendants, isAlive, processes } from '../support/processes';
import { until } from '../support/until';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

/** Ways to say "outside" and other things that are no paths. */
const NO_PATHS = [
  '..',
  '../sources',
  'a/../../sources',
  './a',
  'a/./b',
  'a//b',
  '/etc',
  '/etc/passwd',
  'a/..',
  'a\0b',
  `bytes:${Buffer.from('../sources').toString('base64url')}`,
  `bytes:${Buffer.from('/a\0b').toString('base64url')}`
];

/** Links in the contents root that lead out of it, to a folder beside it, to a sibling with its name as prefix, and nowhere. */
const LINKS = { out: '/etc', beside: '../sources', prefix: '../contents-other', dangling: '../no-such-folder', loop: 'loop' };

const BAD_SOURCES = [
  'ext::sh -c "touch MARK"',
  'ext::touch% MARK',
  '-utouch MARK',
  '--upload-pack=touch MARK',
  'ssh://-oProxyCommand=touch MARK/x',
  'ssh://host;touch MARK/x',
  'fd::17',
  'javascript:alert(1)',
  'annex::0000?type=external&externaltype=x',
  'datalad-annex::?type=hook&hooktype=x',
  'ftp://127.0.0.1/x',
  'https://ada:hush-hush@127.0.0.1:1/x'
];

describe('attacks on the web path', () => {
  let workspace: Workspace;
  let jupyter: JupyterServer;
  let environments: string;
  /** What git was asked, a line each. */
  let calls: string;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    environments = join(workspace.base, 'environments');
    calls = join(workspace.base, 'calls');
    const shims = join(workspace.base, 'shims');
    await mkdir(shims);
    await mkdir(join(workspace.base, 'contents-other'));
    await workspace.write({ 'a/b': 'inside', '../sources/secret': 'outside', '../contents-other/secret': 'outside' });
    for (const [name, target] of Object.entries(LINKS)) {
      await symlink(target, workspace.path(name));
    }
    const git = (await workspace.run('sh', ['-c', 'command -v git'])).trim();
    await writeFile(join(shims, 'git'), `#!/bin/sh\nenv >> ${environments}\necho "$*" >> ${calls}\nexec ${git} "$@"\n`);
    await chmod(join(shims, 'git'), 0o755);
    jupyter = await JupyterServer.start(workspace, {
      env: { PATH: `${shims}:${workspace.env['PATH'] ?? ''}`, JUPYTERHUB_API_TOKEN: 'hub-secret', OSF_TOKEN: 'osf-secret' }
    });
    // JupyterLab itself has asked git something.
    await writeFile(environments, '');
  });

  afterAll(async () => {
    await jupyter?.stop();
    await workspace.dispose();
  });

  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<{ status: number }> =>
    jupyter.request({ method: 'POST', path, body: JSON.stringify(body), headers });

  describe('requests that a page of another origin can make', () => {
    const job = { operation: 'create', input: { path: 'forged' } };
    const forged: [string, Partial<IExchange>][] = [
      ['without the XSRF header', { headers: { 'X-XSRFToken': '' } }],
      ['with a wrong XSRF header', { headers: { 'X-XSRFToken': 'guess' } }],
      ['with a foreign origin', { headers: { Origin: 'http://evil.example' } }],
      ['with the origin of another port', { headers: { Origin: 'http://127.0.0.1:1' } }],
      ['with the origin of a sandboxed frame', { headers: { Origin: 'null' } }],
      ['from another site', { headers: { 'Sec-Fetch-Site': 'cross-site' } }],
      ['from another port of this machine', { headers: { 'Sec-Fetch-Site': 'same-site' } }],
      ['as text', { headers: { 'Content-Type': 'text/plain' } }],
      ['as a form', { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }],
      ['as JSON in disguise', { headers: { 'Content-Type': 'text/plain;application/json' } }],
      ['without our header', { headers: { [GUARD_HEADER]: '' } }],
      ['for another host', { headers: { Host: 'evil.example' } }],
      ['for another host that a proxy forwards', { headers: { 'X-Forwarded-Host': 'evil.example', Origin: 'http://127.0.0.1' } }],
      ['without login', { headers: { Cookie: '' } }],
      ['with the token of nobody', { headers: { Cookie: '', Authorization: 'token guess' } }],
      ['as PUT', { method: 'PUT' }],
      ['as PATCH', { method: 'PATCH' }]
    ];

    it.each(forged)('%s: refused', async (_, { method = 'POST', headers = {} }) => {
      const answer = await jupyter.request({ method, path: 'jobs', body: JSON.stringify(job), headers });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.json()).toMatchObject({ kind: expect.any(String) as unknown });
    });

    it('none of them did anything, and the same request from our page does', async () => {
      expect(await jupyter.jobs()).toEqual([]);
      expect(existsSync(workspace.path('forged'))).toBe(false);
      const own = { Origin: `http://${jupyter.host}`, 'Sec-Fetch-Site': 'same-origin' };
      expect((await post('call/health', {}, own)).status).toBe(200);
    });

    it('a GET changes nothing, whatever it names', async () => {
      const before = await jupyter.jobs();
      const query = `?operation=create&input=${encodeURIComponent('{"path":"forged"}')}`;
      const paths = [`jobs${query}`, `call/create${query}`, 'call/health', 'jobs/x/answer', `jobs/x${query}`, 'events/x'];
      for (const path of paths) {
        for (const method of ['GET', 'HEAD', 'OPTIONS']) {
          const { status } = await jupyter.request({ method, path });
          expect([path, method, status < 500]).toEqual([path, method, true]);
        }
      }
      expect(await jupyter.jobs()).toEqual(before);
      expect(existsSync(workspace.path('forged'))).toBe(false);
    });

    it('a DELETE without our header does not cancel', async () => {
      const headers = { [GUARD_HEADER]: '' };
      expect((await jupyter.request({ method: 'DELETE', path: 'jobs/x', headers })).status).toBe(403);
      expect((await jupyter.request({ method: 'DELETE', path: 'jobs/x' })).status).toBe(404);
    });
  });

  it('limits what a request may carry, and survives what is no JSON', async () => {
    const large = async (size: number, headers = {}): Promise<number> => {
      const body = JSON.stringify({ folder: 'x'.repeat(size) });
      return (await jupyter.request({ method: 'POST', path: 'call/rows', body, headers })).status;
    };
    expect(await large(1024 * 1024)).toBe(400);
    expect(await large(20 * 1024 * 1024)).toBe(400);
    for (const body of [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '1e999',
      '{"folder":1}',
      '\xff',
      '{"folder":"","folder":{}}',
      '[['.repeat(9_999)
    ]) {
      const answer = await jupyter.request({ method: 'POST', path: 'call/rows', body });
      expect([body.slice(0, 20), answer.status]).toEqual([body.slice(0, 20), 400]);
      expect(answer.json()).toMatchObject({ kind: 'bad-request' });
    }
    expect((await jupyter.call('health', {})).status).toBe(200);
  });

  it.each(['__proto__', 'constructor', 'toString', 'save', 'health%2f..', 'health%00', '%252e%252e'])(
    'there is no operation %s',
    async name => {
      const call = await jupyter.request({ method: 'POST', path: `call/${name}`, body: '{}' });
      expect([call.status, call.json()]).toEqual([404, expect.objectContaining({ kind: 'not-found' })]);
      expect((await post('jobs', { operation: name === 'save' ? 'rows' : name, input: {} })).status).toBe(404);
    }
  );

  it.each(['/datalad/..%2f..%2fetc%2fpasswd', '/datalad/%2e%2e/api/contents', '/datalad//etc/passwd', '/datalad/.'])(
    'the address %s leads nowhere',
    async path => {
      const answer = await exchange(jupyter.address, { path, headers: { Host: jupyter.host, ...jupyter.browser } });
      expect(answer.status).toBe(404);
      expect(answer.text).not.toContain('root:');
    }
  );

  describe('paths that lead out', () => {
    it.each(NO_PATHS)('%j is refused by every operation', async path => {
      for (const [operation, input] of Object.entries(readsOf(path))) {
        const answer = await jupyter.call(operation, input);
        expect([operation, answer.status, answer.text.includes('secret')]).toEqual([operation, 400, false]);
      }
      for (const request of jobsOn(path)) {
        expect([request.operation, (await post('jobs', request)).status]).toEqual([request.operation, 400]);
      }
    });

    it.each(Object.keys(LINKS).map(name => `${name}/secret`))('%s is not followed', async path => {
      for (const [operation, input] of Object.entries(readsOf(path))) {
        const answer = await jupyter.call(operation, input);
        expect([operation, answer.status >= 400 && answer.status < 500]).toEqual([operation, true]);
        expect(answer.json()).toMatchObject({
          kind: expect.stringMatching(/^(outside-root|not-found|not-a-dataset)$/) as unknown
        });
      }
      for (const request of jobsOn(path)) {
        await expectRefused(request);
      }
    });
  });

  it.each(BAD_SOURCES)('a clone of %s starts nothing', async source => {
    const mark = join(workspace.base, 'MARK');
    const before = await askedOfGit();
    const started = await jupyter.request({
      method: 'POST',
      path: 'jobs',
      body: JSON.stringify({ operation: 'clone', input: { source: source.replaceAll('MARK', mark), path: 'cloned' } })
    });
    if (started.status < 300) {
      const job = await jupyter.end((started.json() as { id: string }).id);
      expect(job.state).toBe('error');
      expect(JSON.stringify(job)).not.toContain('hush-hush');
      if (!source.startsWith('https:')) {
        expect(job.failure?.kind).toBe('bad-url');
        expect(await askedOfGit()).toEqual(before);
      }
    }
    expect(existsSync(mark)).toBe(false);
    expect(existsSync(workspace.path('cloned'))).toBe(false);
  });

  it('neither log nor answers hold a secret', async () => {
    const answers = JSON.stringify(await jupyter.jobs());
    for (const secret of ['hush-hush', 'hub-secret', 'osf-secret', jupyter.token]) {
      expect(answers).not.toContain(secret);
      expect(serverLines(jupyter.output())).not.toContain(secret);
    }
    expect(serverLines(jupyter.output())).toContain('Listening');
  });

  it('what the server starts sees no token', async () => {
    await jupyter.call('identity', { dataset: null });
    const seen = await readFile(environments, 'utf8');
    expect(seen).toMatch(/^GIT_TERMINAL_PROMPT=0$/m);
    expect(seen).not.toMatch(/secret|JUPYTER|JPY_/);
  });

  it('its socket is for this user alone', () => {
    const socket = socketOf(jupyter);
    expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
    expect(statSync(socket).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing behind when Jupyter is killed', async () => {
    await jupyter.end(await jupyter.start('create', { path: 'last' }));
    const socket = socketOf(jupyter);
    const family = descendants(jupyter.pid).map(({ pid }) => pid);
    // Node, and the worker that waits for the next job.
    expect(family.length).toBeGreaterThanOrEqual(2);
    await jupyter.stop('SIGKILL');
    await until('the end of Node and its children', () => !family.some(isAlive), 10_000);
    expect(existsSync(dirname(socket))).toBe(false);
  });

  async function expectRefused(request: { operation: string; input: unknown }): Promise<void> {
    const answer = await jupyter.request({ method: 'POST', path: 'jobs', body: JSON.stringify(request) });
    if (answer.status < 300) {
      const job: Job = await jupyter.end((answer.json() as { id: string }).id);
      expect([request.operation, job.state, job.failure?.kind]).toEqual([request.operation, 'error', 'outside-root']);
    } else {
      expect([request.operation, answer.status]).toEqual([request.operation, 403]);
    }
  }

  /** Without what a worker asks while it starts: reads before have asked for one, which comes in its own time. */
  async function askedOfGit(): Promise<string[]> {
    const asked = existsSync(calls) ? (await readFile(calls, 'utf8')).split('\n') : [];
    return asked.filter(call => !call.startsWith('--git-dir=/dev/null config '));
  }
});

function readsOf(path: string): Record<string, unknown> {
  return {
    rows: { folder: path },
    row: { path },
    dataset: { path },
    totals: { dataset: path },
    planGet: { dataset: path, paths: [path] },
    planDrop: { dataset: path, paths: [path] },
    identity: { dataset: path }
  };
}

function jobsOn(path: string): { operation: string; input: unknown }[] {
  const on = { dataset: path, paths: [path] };
  return [
    { operation: 'get', input: on },
    { operation: 'drop', input: on },
    { operation: 'save', input: { dataset: path, message: 'x' } },
    { operation: 'clone', input: { source: '/tmp', path } },
    { operation: 'create', input: { path } },
    { operation: 'unlock', input: on },
    { operation: 'setIdentity', input: { name: 'x', email: 'x', dataset: path } }
  ];
}

/** Lines of the log that our server wrote. */
function serverLines(output: string): string {
  return output
    .split('\n')
    .filter(line => line.includes('"server":"jupyterlab-datalad"'))
    .join('\n');
}

function socketOf(jupyter: JupyterServer): string {
  const command = processes().find(({ pid }) => pid === jupyter.node)?.command ?? [];
  return command[command.indexOf('--socket') + 1] ?? '';
}
