import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Failure, FailureKind } from '../../src/protocol/failure';
import { processesAt } from '../support/processes';
import { bytesFor } from '../support/makeDataset';
import { type Mood, MoodyServer, startSilentServer } from '../support/moodyServer';
import { useJobs } from '../support/place';
import { failureOf, RecordingTask } from '../support/recordingTask';

jest.setTimeout(90_000);

const SIZE = 200_000;
const dataset = 'ds';
const target = 'cloned';
const other = 'clonedToo';

describe('a remote that', () => {
  const place = useJobs();
  let server: MoodyServer;
  let path: string;

  beforeAll(async () => {
    // Git-annex talks to no server of the same machine otherwise.
    await place.workspace.git(['config', '--global', 'annex.security.allowed-ip-addresses', '127.0.0.1'], place.workspace.base);
    const source = await place.workspace.dataset({ path: '../sources/ds', annexed: { 'a.bin': SIZE } });
    await place.workspace.git(['update-server-info'], source);
    server = await MoodyServer.start(place.workspace.sources);
    path = place.workspace.path('ds');
    await place.workspace.git(['clone', '-q', `${server.url}/ds/.git`, path], place.workspace.base);
    await place.workspace.annex(['init', '-q'], path);
  });

  afterAll(async () => {
    await server.stop();
  });

  const get = (task?: RecordingTask): Promise<unknown> => place.jobs.run('get', { dataset, paths: ['ds/a.bin'] }, task);
  const clone = (source: string, task?: RecordingTask, at = target): Promise<unknown> =>
    place.jobs.run('clone', { source, path: at }, task);
  const isHere = async (): Promise<boolean> => (await place.workspace.annex(['find'], path)) !== '';

  /** Waits until a job says that no data comes, cancels it, and tells how long that took and what is left of it. */
  const cancelled = async (work: (task: RecordingTask) => Promise<unknown>): Promise<void> => {
    const task = new RecordingTask();
    const ended: Promise<Failure> = failureOf(work(task));
    const { quiet, rate } = await Promise.race([
      task.until(progress => progress.quiet !== undefined),
      ended.then(failure => Promise.reject(new Error(`It ended before: ${JSON.stringify(failure)}`)))
    ]);
    expect(quiet).toBeGreaterThanOrEqual(5_000);
    expect(rate).toBeUndefined();
    const before = Date.now();
    task.cancel();
    expect((await ended).kind).toBe('cancelled');
    expect(Date.now() - before).toBeLessThan(2_000);
    expect(processesAt(place.workspace.home, /git/)).toEqual([]);
  };

  it.each<[Mood, FailureKind]>([
    [{ status: 401 }, 'needs-credential'],
    [{ status: 403 }, 'needs-credential'],
    [{ status: 404 }, 'content-unavailable'],
    [{ status: 500 }, 'no-remote-access'],
    ['breaks off', 'content-unavailable'],
    ['lies', 'corrupt'],
    [{ redirect: 'file:///etc/passwd' }, 'content-unavailable']
  ])('answers a get with %j: %s, and nothing of it is taken', async (mood, kind) => {
    server.mood = mood;
    expect(await failureOf(get())).toMatchObject({ kind });
    expect(await isHere()).toBe(false);
  });

  it('stalls: the job says so, can be cancelled, and goes on when the remote does', async () => {
    server.mood = 'trickles';
    await cancelled(get);
    expect(await isHere()).toBe(false);
    server.mood = 'well';
    await get();
    expect(await readFile(join(path, 'a.bin'))).toEqual(bytesFor('a.bin', SIZE));
    await place.workspace.annex(['fsck', '-q'], path);
  });

  it('never answers, or is none: a clone says so, leaves nothing behind, and works when the remote does', async () => {
    const silent = await startSilentServer();
    await cancelled(task => clone(`http://127.0.0.1:${silent.port}/ds`, task));
    await silent.stop();
    for (const [mood, kind] of [
      [{ status: 401 }, 'needs-credential'],
      [{ status: 404 }, 'clone-failed'],
      [{ status: 500 }, 'no-remote-access'],
      [{ redirect: 'file:///etc/passwd' }, 'no-remote-access']
    ] as const) {
      server.mood = mood;
      expect([mood, (await failureOf(clone(`${server.url}/ds`))).kind]).toEqual([mood, kind]);
    }
    expect((await failureOf(clone('http://no-such-host.invalid/ds'))).kind).toBe('no-remote-access');
    expect((await failureOf(clone(`http://127.0.0.1:${silent.port}/ds`))).kind).toBe('no-remote-access');
    expect((await failureOf(clone(`git://127.0.0.1:${silent.port}/ds`))).kind).toBe('bad-url');
    expect(existsSync(place.workspace.path(target))).toBe(false);
    server.mood = 'well';
    await clone(`${server.url}/ds/.git`);
    expect(existsSync(place.workspace.path(target, '.git'))).toBe(true);
  });

  it('never answers over ssh: a clone says so, and leaves no ssh behind when it is cancelled', async () => {
    const silent = await startSilentServer();
    await cancelled(task => clone(`ssh://ada:secret@127.0.0.1:${silent.port}/ds`, task, other));
    expect(processesAt('ada@127.0.0.1').filter(({ command }) => command.includes(String(silent.port)))).toEqual([]);
    expect(existsSync(place.workspace.path(other))).toBe(false);
    await silent.stop();
  });

  it('has a certificate that nobody signed', async () => {
    const [key, cert] = ['key.pem', 'cert.pem'].map(name => join(place.workspace.base, name));
    const subject = ['-subj', '/CN=127.0.0.1', '-days', '2', '-nodes', '-keyout', key ?? '', '-out', cert ?? ''];
    await place.workspace.run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject]);
    const secure: Server = createServer({ key: await readFile(key ?? ''), cert: await readFile(cert ?? '') });
    await new Promise<void>(resolve => secure.listen(0, '127.0.0.1', resolve));
    const { port } = secure.address() as AddressInfo;
    const failure = await place.jobs.failure('clone', { source: `https://127.0.0.1:${port}/ds`, path: 'tls' });
    secure.closeAllConnections();
    secure.close();
    expect(failure.kind).toBe('untrusted-certificate');
  });
});
