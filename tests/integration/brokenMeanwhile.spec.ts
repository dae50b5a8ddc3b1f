import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Listing } from '../../src/protocol/dataset';
import type { Job } from '../../src/protocol/job';
import { MoodyServer } from '../support/moodyServer';
import { NodeServer } from '../support/nodeServer';
import { PrivateMounts } from '../support/privateMounts';
import { until } from '../support/until';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

const SIZE = 400_000;

/** All files below a folder, links not followed. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
}

describe('a dataset that goes away while a get runs in it', () => {
  let workspace: Workspace;
  let moody: MoodyServer;
  let server: NodeServer;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    // Git-annex talks to no server of the same machine otherwise.
    await workspace.git(['config', '--global', 'annex.security.allowed-ip-addresses', '127.0.0.1'], workspace.base);
    const source = await workspace.dataset({ path: '../sources/ds', annexed: { 'a.bin': SIZE } });
    await workspace.git(['update-server-info'], source);
    moody = await MoodyServer.start(workspace.sources);
    server = await NodeServer.start(workspace);
  });

  afterAll(async () => {
    await server.stop();
    await moody.stop();
    await workspace.dispose();
  });

  /** Gets a file; something happens as soon as its bytes are asked for, and then the connection breaks off. */
  async function get(name: string, meanwhile: (path: string) => Promise<unknown>): Promise<Job> {
    const path = workspace.path(name);
    await workspace.git(['clone', '-q', `${moody.url}/ds/.git`, path], workspace.base);
    await workspace.annex(['init', '-q'], path);
    moody.mood = 'trickles';
    const { length } = moody.asked;
    const id = await server.start('get', { dataset: name, paths: [`${name}/a.bin`] });
    await until('the get', () => Promise.resolve(moody.asked.length > length));
    await meanwhile(path);
    moody.mood = 'well';
    moody.breakOff();
    return await server.end(id);
  }

  /** The server goes on, and its journal holds nothing that has ended. */
  async function goesOn(): Promise<Listing> {
    expect(await filesBelow(join(workspace.home, '.local/state/jupyterlab-datalad/journal'))).toEqual([]);
    return (await server.call('rows', { folder: '', complete: true })).json() as Listing;
  }

  const remove = async (path: string): Promise<void> => {
    await workspace.run('chmod', ['-R', 'u+w', path]);
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
  };

  it('by a move: what was got is where it is now', async () => {
    const job = await get('moved', path => rename(path, `${path}.away`));
    expect(job.state).toBe('ok');
    await workspace.annex(['fsck', '-q'], workspace.path('moved.away'));
    expect((await goesOn()).rows).toMatchObject([{ name: 'moved.away', kind: 'dataset', here: 'yes' }]);
  });

  it('for good: the job says so', async () => {
    const job = await get('deleted', remove);
    expect(job).toMatchObject({ state: 'error', failure: { kind: 'not-found' } });
    expect((await goesOn()).rows.map(({ name }) => name)).not.toContain('deleted');
    const id = await server.start('get', { dataset: 'deleted', paths: ['deleted/a.bin'] }).catch((error: Error) => error.message);
    expect(id).toMatch(/^[\w-]+$/);
    expect((await server.end(id)).failure?.kind).toBe('not-a-dataset');
  });

  it('and another one takes its place: nothing of it is touched', async () => {
    let other = '';
    const job = await get('replaced', async path => {
      await remove(path);
      await workspace.dataset({ path: 'replaced', annexed: { 'other.bin': 100 } });
      other = await workspace.git(['for-each-ref'], path);
    });
    expect(job).toMatchObject({ state: 'error', failure: { kind: 'not-found' } });
    expect(await workspace.git(['for-each-ref'], workspace.path('replaced'))).toBe(other);
    expect(await workspace.git(['status', '--porcelain'], workspace.path('replaced'))).toBe('');
    await goesOn();
  });
});

describe('limits of this user', () => {
  let workspace: Workspace;

  beforeEach(async () => {
    workspace = await makeWorkspace();
    await workspace.dataset({ path: 'ds', annexed: { 'small.bin': 4_000, 'large.bin': 4_000_000 }, dropped: true });
  });
  afterEach(() => workspace.dispose());

  const outcomes = (server: NodeServer) => async (operation: string, input: object) => {
    const { state, failure } = await server.end(await server.start(operation, input));
    return failure === undefined ? state : `${failure.kind} ${failure.parameters?.['limit'] ?? ''}`.trim();
  };
  const prove = async (): Promise<void> => {
    await workspace.git(['fsck', '--connectivity-only', '--no-dangling'], workspace.path('ds'));
    await workspace.annex(['fsck', '-q'], workspace.path('ds'));
  };

  it('for the size of a file: a get says so, and smaller ones come', async () => {
    const server = await NodeServer.start(workspace, {}, ['sh', '-c', 'ulimit -f 4000; exec "$@"', 'sh']);
    const outcome = outcomes(server);
    expect(await outcome('get', { dataset: 'ds', paths: ['ds/large.bin'] })).toBe('no-space file-size');
    expect(await outcome('get', { dataset: 'ds', paths: ['ds/small.bin'] })).toBe('ok');
    await server.stop();
    await prove();
  });

  it('for temporary files: what needs none works, the rest says so, and works when there is space', async () => {
    const tmp = join(workspace.base, 'tmp');
    await mkdir(tmp);
    const mounts = await PrivateMounts.open(
      `mount -t tmpfs -o size=16k,nr_inodes=20,mode=1777 tmpfs ${tmp}\nhead -c 1m /dev/zero > ${tmp}/fill 2>/dev/null || true`,
      workspace.env
    );
    const server = await NodeServer.start(workspace, { TMPDIR: tmp }, mounts.prefix);
    const outcome = outcomes(server);
    await workspace.write({ 'ds/new.txt': 'new' });
    expect(await outcome('get', { dataset: 'ds', paths: ['ds/small.bin'] })).toBe('ok');
    expect(await outcome('save', { dataset: 'ds', message: 'New' })).toBe('no-space');
    expect(((await server.call('rows', { folder: 'ds' })).json() as Listing).rows).toContainEqual(
      expect.objectContaining({ name: 'new.txt', change: 'new' })
    );
    await mounts.run(`rm ${tmp}/fill`);
    expect(await outcome('save', { dataset: 'ds', message: 'New' })).toBe('ok');
    expect(await outcome('drop', { dataset: 'ds', paths: ['ds/small.bin'] })).toBe('ok');
    await server.stop();
    await mounts.close();
    await prove();
  });
});
