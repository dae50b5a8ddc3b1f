import { dirname, join } from 'node:path';
import type { Listing } from '../../src/protocol/dataset';
import { type IProcess, processes } from '../support/processes';
import { HubBrowser } from './hubBrowser';
import { LocalUser, statusOf } from './localUser';
import { RealHub } from './realHub';

const BYTES = 30_000_000;

/** A dataset in the user's home whose content comes slowly enough to be watched, and a clone of it without content. */
const MAKE_DATASETS = `
set -e
git config --global user.name "$USER"
git config --global user.email "$USER@example.org"
datalad -l error create source
head -c ${BYTES} /dev/zero > source/big.dat
datalad -l error save -d source -m big
datalad -l error clone "$PWD/source" study
git -C study config remote.origin.annex-bwlimit 10MB
`;

describe('a JupyterHub with two local users', () => {
  const environment = process.env['DATALAD_TEST_ENVIRONMENT'] ?? '';
  const names = [`dl-ada-${process.pid}`, `dl-bob-${process.pid}`] as const;
  const users: LocalUser[] = [];
  let hub: RealHub;
  let ada: { user: LocalUser; browser: HubBrowser };
  let bob: { user: LocalUser; browser: HubBrowser };

  beforeAll(async () => {
    if (process.getuid?.() !== 0) {
      throw new Error('This test makes two users of this machine, so it must run as root.');
    }
    if (environment === '') {
      throw new Error('DATALAD_TEST_ENVIRONMENT names no environment: run "npm test -- --only hub".');
    }
    for (const name of names) {
      users.push(await LocalUser.make(name));
    }
    const [first, second] = users as [LocalUser, LocalUser];
    const python = await first.run([join(environment, 'bin', 'python'), '-c', 'import jupyterlab_datalad']);
    if (python.exitCode !== 0) {
      throw new Error(`The environment ${environment} cannot be used by other users: ${python.stderr}`);
    }
    hub = await RealHub.start({ environment, users: names });
    ada = { user: first, browser: new HubBrowser(hub.address, first.name) };
    bob = { user: second, browser: new HubBrowser(hub.address, second.name) };
    await Promise.all([ada.browser.logIn(), bob.browser.logIn()]);
  }, 240_000);

  afterAll(async () => {
    const left = await hub?.stop();
    for (const user of users) {
      await user.remove();
    }
    expect(left).toEqual([]);
  }, 60_000);

  /** The Node server of a user, started by a first request. */
  async function nodeOf({ user, browser }: { user: LocalUser; browser: HubBrowser }): Promise<IProcess> {
    expect((await browser.call('health', {})).status).toBe(200);
    const found = processes().filter(
      ({ pid, command }) => command.some(word => word.endsWith('server/main.js')) && statusOf(pid).uid === user.uid
    );
    expect(found).toHaveLength(1);
    return found[0] as IProcess;
  }

  function socketOf({ command }: IProcess): string {
    return command[command.indexOf('--socket') + 1] ?? '';
  }

  it('runs each user’s server as that user', async () => {
    const servers = [await nodeOf(ada), await nodeOf(bob)];
    expect(servers.map(({ pid }) => statusOf(pid).uid)).toEqual([ada.user.uid, bob.user.uid]);
    expect(new Set(servers.map(socketOf)).size).toBe(2);
  });

  it('keeps users from each other’s sockets', async () => {
    const socket = socketOf(await nodeOf(ada));
    const connect = `import socket; socket.socket(socket.AF_UNIX).connect(${JSON.stringify(socket)}); print("open")`;
    const python = join(environment, 'bin', 'python');
    expect((await ada.user.run([python, '-c', connect])).stdout).toBe('open');
    const refused = await bob.user.run([python, '-c', connect]);
    expect(refused.stdout).toBe('');
    expect(refused.stderr).toContain('PermissionError');
    expect((await bob.user.run(['ls', dirname(socket)])).stderr).toContain('Permission denied');
  });

  it('keeps users and strangers from each other’s addresses', async () => {
    expect((await ada.browser.call('health', {})).status).toBe(200);
    const stranger = new HubBrowser(hub.address, 'nobody');
    for (const intruder of [bob.browser, stranger]) {
      expect((await intruder.call('health', {}, ada.user.name)).status).toBe(403);
      const jobs = await intruder.request({ path: `/user/${ada.user.name}/datalad/jobs` });
      expect([302, 403]).toContain(jobs.status);
    }
  });

  it('refuses what does not carry the XSRF token', async () => {
    const own = `/user/${ada.user.name}/datalad/call/health`;
    const headers = { 'Content-Type': 'application/json', 'X-DataLad-Request': '1', 'X-XSRFToken': 'guessed' };
    expect((await ada.browser.request({ method: 'POST', path: own, headers, body: '{}' })).status).toBe(403);
  });

  it('gets content, with progress that arrives while it moves', async () => {
    const made = await ada.user.run(['bash', '-c', MAKE_DATASETS], `${join(environment, 'bin')}:/usr/bin:/bin`);
    expect(made.exitCode).toBe(0);
    const { browser } = ada;
    const row = async () => {
      const listing = (await browser.call('rows', { folder: 'study' })).json() as Listing;
      return listing.rows.find(({ name }) => name === 'big.dat');
    };
    expect(await row()).toMatchObject({ kind: 'annex', here: 'no', bytes: BYTES });

    const events = browser.events();
    const ended = browser.job('get', { dataset: 'study', paths: ['study/big.dat'] });
    const moving = await events.next(
      event => event.type === 'job' && event.job.state === 'running' && (event.job.progress?.bytes ?? 0) > 0
    );
    expect(moving).toMatchObject({ job: { operation: 'get', progress: { totalBytes: BYTES } } });
    expect(events.events.some(event => event.type === 'job' && event.job.ended !== undefined)).toBe(false);
    expect(await ended).toMatchObject({ state: 'ok' });
    expect(await row()).toMatchObject({ here: 'yes' });
    events.close();
  }, 180_000);
});
