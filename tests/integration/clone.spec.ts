import { access, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { processesAt } from '../support/processes';
import { useJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';
import { snapshot } from '../support/snapshot';
import { until } from '../support/until';

jest.setTimeout(60_000);

const path = 'clone';

describe('clone', () => {
  const place = useJobs();
  let source: string;
  let server: Server;
  let address: string;
  /** Requests that are never answered. */
  let pending = 0;

  beforeAll(async () => {
    source = await place.workspace.dataset({ path: 'source', annexed: { 'data.bin': 10_000 } });
    server = createServer((request, response) => {
      if (request.url?.startsWith('/slow') === true) {
        pending += 1;
      } else if (request.headers.authorization === `Basic ${Buffer.from('ada:open sesame').toString('base64')}`) {
        const file = new URL(request.url ?? '', address).pathname.replace('/secret/', `${place.workspace.base}/`);
        void readFile(file).then(
          content => response.end(content),
          () => response.writeHead(404).end()
        );
      } else {
        response
          .writeHead(/^\/(?:private|secret)/u.test(request.url ?? '') ? 401 : 404, { 'WWW-Authenticate': 'Basic realm="x"' })
          .end();
      }
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  it('makes a dataset that knows where its content is', async () => {
    const task = new RecordingTask();
    const target = 'new folder/my clone';
    await place.jobs.run('clone', { source: 'source', path: target }, task);
    expect(task.summary).toEqual([`install ok ${target}`]);
    await place.jobs.run('get', { dataset: target, paths: [`${target}/data.bin`] });
    expect(await readFile(place.workspace.path(target, 'data.bin'))).toEqual(await readFile(`${source}/data.bin`));
    const again = await place.jobs.failure('clone', { source, path: target });
    expect(again.kind).toBe('not-empty');
    expect(await place.workspace.git(['status', '--porcelain'], place.workspace.path(target))).toBe('');
  });

  it.each([
    ['clone-failed', () => '/no/such/dataset'],
    ['clone-failed', () => `${address}/nothing`],
    ['needs-credential', () => `${address}/private`],
    ['no-remote-access', () => 'http://127.0.0.1:1/x'],
    ['no-remote-access', () => 'ssh://127.0.0.1:1/x'],
    ['bad-url', () => 'ext::sh -c touch% x']
  ])('that fails with %s leaves nothing behind, nor takes what was there', async (kind, address) => {
    const before = await readdir(place.workspace.root);
    const task = new RecordingTask();
    const deep = 'made/on/the/way';
    expect((await place.jobs.failure('clone', { source: address(), path: deep }, task)).kind).toBe(kind);
    expect(await readdir(place.workspace.root)).toEqual(before);
    await mkdir(place.workspace.path('empty'));
    expect((await place.jobs.failure('clone', { source: address(), path: 'empty' })).kind).toBe(kind);
    expect(await readdir(place.workspace.path('empty'))).toEqual([]);
    await rm(place.workspace.path('empty'), { recursive: true });
  });

  it('asks for a user name and a password, keeps neither, and asks once only', async () => {
    await place.workspace.git(['clone', '-q', '--bare', source, `${place.workspace.base}/bare.git`]);
    await place.workspace.git(['update-server-info'], `${place.workspace.base}/bare.git`);
    const target = 'private clone';
    const refusing = new RecordingTask();
    const refused = await place.jobs.failure('clone', { source: `${address}/secret/bare.git`, path: target }, refusing);
    expect([refused.kind, refusing.questions.length]).toEqual(['needs-credential', 1]);

    const task = new RecordingTask(({ secret }) => (secret ? 'open sesame' : 'ada'));
    await place.jobs.run('clone', { source: `${address}/secret/bare.git`, path: target }, task);
    expect(task.questions[0]).toEqual({ text: `Username for '${address}': `, secret: false });
    expect(task.questions[1]).toEqual({ text: `Password for '${address.replace('//', '//ada@')}': `, secret: true });
    expect(await place.workspace.git(['config', '--list'], place.workspace.path(target))).not.toContain('sesame');
    expect(JSON.stringify(task.results) + task.text).not.toContain('sesame');
  });

  it('that is cancelled ends within two seconds and leaves nothing behind', async () => {
    const before = await readdir(place.workspace.root);
    const task = new RecordingTask();
    const ended = place.jobs.failure('clone', { source: `${address}/slow`, path }, task);
    await until('a request', () => pending > 0);
    const cancelled = Date.now();
    task.cancel();
    expect((await ended).kind).toBe('cancelled');
    expect(Date.now() - cancelled).toBeLessThan(2_000);
    expect(await readdir(place.workspace.root)).toEqual(before);
    expect(processesAt(place.workspace.home, /git/)).toEqual([]);
  });

  it('becomes a subdataset, or leaves the dataset around it as it was', async () => {
    const outer = await place.workspace.dataset({ path: 'outer', files: { 'a.txt': 'a' } });
    const asSubdataset = 'outer';
    const before = await snapshot(outer);
    const failed = await place.jobs.failure('clone', { source: '/no/such', path: 'outer/sub', asSubdataset });
    expect(failed.kind).toBe('clone-failed');
    expect(Object.keys(await snapshot(outer))).toEqual(Object.keys(before));

    // The clone itself goes well, its registration does not.
    await writeFile(`${outer}/.git/index.lock`, '');
    const locked = await place.jobs.failure('clone', { source, path: 'outer/sub', asSubdataset });
    expect(locked.kind).toBe('locked');
    await rm(`${outer}/.git/index.lock`);
    expect(await place.workspace.git(['status', '--porcelain'], outer)).toBe('');
    await expect(access(`${outer}/sub`)).rejects.toThrow('ENOENT');

    const task = await place.jobs.run('clone', { source, path: 'outer/sub', asSubdataset });
    expect(task.summary).toEqual(expect.arrayContaining(['install ok outer/sub', 'add ok outer/sub', 'save ok outer']));
    expect(await place.workspace.git(['status', '--porcelain'], outer)).toBe('');
    const elsewhere = await place.jobs.failure('clone', { source, path, asSubdataset });
    expect(elsewhere.kind).toBe('outside-root');
  });
});
