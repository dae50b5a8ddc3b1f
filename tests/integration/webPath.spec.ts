import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { GUARD_HEADER } from '../../src/protocol/contract';
import { exchange } from '../support/http';
import { NodeServer } from '../support/nodeServer';
import { until } from '../support/until';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const TYPES = ['application/json', 'application/json; charset=utf-8', 'text/plain', 'application/x-www-form-urlencoded', ''];
const ORIGINS = ['http://localhost', 'http://localhost:81', 'http://evil.example', 'null', ''];
const SITES = ['same-origin', 'none', 'same-site', 'cross-site', ''];
const HOSTS = ['localhost', 'a b', 'localhost, evil.example'];

/** Every combination of one value of each list. */
function product(lists: readonly (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>((all, list) => all.flatMap(before => list.map(value => [...before, value])), [[]]);
}

describe('the socket of the server', () => {
  let workspace: Workspace;
  let server: NodeServer;
  let path: string;
  const open: Socket[] = [];

  beforeAll(async () => {
    workspace = await makeWorkspace();
    await workspace.write({ 'a/b.txt': 'text' });
    server = await NodeServer.start(workspace);
    path = 'socketPath' in server.address ? server.address.socketPath : '';
  });

  afterAll(async () => {
    open.forEach(socket => socket.destroy());
    await server?.stop();
    await workspace.dispose();
  });

  const health = async (): Promise<number> => (await server.call('health', {})).status;
  const memory = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]);

  /** A connection that says this and then nothing more, and reads nothing. */
  function silent(text: string): Socket {
    const socket = connect(path);
    socket.pause();
    socket.on('error', () => undefined);
    socket.write(text);
    open.push(socket);
    return socket;
  }

  it('takes what our own page sends, and nothing else', async () => {
    const wrong: string[] = [];
    for (const [method = '', type = '', origin = '', site = '', host = '', guard = ''] of product([
      METHODS,
      TYPES,
      ORIGINS,
      SITES,
      HOSTS,
      ['1', '']
    ])) {
      const given = { 'Content-Type': type, Origin: origin, 'Sec-Fetch-Site': site, Host: host, [GUARD_HEADER]: guard };
      const headers = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
      const body = method === 'GET' || method === 'HEAD' ? undefined : '{}';
      const { status } = await exchange(server.address, { method, path: '/call/health', headers, body });
      const ours =
        ['http://localhost', ''].includes(origin) && ['same-origin', 'none', ''].includes(site) && host === 'localhost';
      const proper = ours && guard === '1' && type.startsWith('application/json') && method === 'POST';
      if ((status === 200) !== proper || status >= 500) {
        wrong.push(`${method} ${JSON.stringify(headers)}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('answers others while some never finish what they say', async () => {
    for (let number = 0; number < 200; number += 1) {
      silent(
        number % 2 === 0
          ? 'POST /call/health HTTP/1.1\r\nHost: loc'
          : head('POST', 'call/health', 'Content-Length: 1000000') + '{'
      );
    }
    const began = Date.now();
    expect(await health()).toBe(200);
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('answers a thousand at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, number) => server.call('rows', { folder: number % 2 === 0 ? 'a' : 'no such folder' }))
    );
    expect([...new Set(answers.map(({ status }) => status))].sort()).toEqual([200, 404]);
  });

  it('keeps little for readers that never read', async () => {
    const readers = Array.from({ length: 40 }, () => silent(head('GET', 'events', 'Accept: text/event-stream')));
    expect(readers).toHaveLength(40);
    const paths = Array.from({ length: 100 }, (_, number) => `a/${number}-${'x'.repeat(200)}`);
    const before = memory();
    const ids: string[] = [];
    for (let number = 0; number < 150; number += 1) {
      ids.push(await server.start('unlock', { dataset: 'a', paths }));
    }
    await until('the end of all jobs', async () => (await server.jobs()).every(({ ended }) => ended !== undefined));
    expect(new Set(ids).size).toBe(150);
    // 40 readers times 450 events of 21 kB would be 370 MB.
    expect(memory() - before).toBeLessThan(120_000);
    expect(await health()).toBe(200);
  });

  function head(method: string, route: string, more: string): string {
    const lines = [
      `${method} /${route} HTTP/1.1`,
      'Host: localhost',
      'Content-Type: application/json',
      `${GUARD_HEADER}: 1`,
      more
    ];
    return `${lines.join('\r\n')}\r\n\r\n`;
  }
});
