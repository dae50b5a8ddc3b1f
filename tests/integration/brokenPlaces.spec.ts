import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Listing, Summary } from '../../src/protocol/dataset';
import type { Job } from '../../src/protocol/job';
import type { TrustQuestion } from '../../src/protocol/trust';
import { NodeServer } from '../support/nodeServer';
import { PrivateMounts } from '../support/privateMounts';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

/** Bytes of a file that fits, and of one that does not. */
const [SMALL, LARGE] = [40_000, 30_000_000];

describe('a place', () => {
  let workspace: Workspace;
  let mounts: PrivateMounts;
  let server: NodeServer;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    await workspace.dataset({ path: '../sources/ds', annexed: { 'here.bin': SMALL, 'absent.bin': SMALL, 'large.bin': LARGE } });
    const state = join(workspace.home, '.local/state');
    const [full, inodes, fixed] = ['full', 'inodes', 'fixed'].map(name => workspace.path(name));
    await Promise.all([full, inodes, fixed, state].map(path => mkdir(path ?? '', { recursive: true })));
    const clone = (place: string): string =>
      `git clone -q ${workspace.sources}/ds ${place}/ds; cd ${place}/ds; git annex init -q; git annex get -q -c annex.diskreserve=0 here.bin; cd /`;
    mounts = await PrivateMounts.open(
      [
        `mount -t tmpfs -o size=16m,mode=755 tmpfs ${full}`,
        `mount -t tmpfs -o size=64m,nr_inodes=700,mode=755 tmpfs ${inodes}`,
        `mount -t tmpfs -o size=64k,mode=700 tmpfs ${state}`,
        `head -c 1m /dev/zero > ${state}/fill 2>/dev/null || true`,
        `mount --bind ${fixed} ${fixed}`,
        ...[full, inodes, fixed].map(place => clone(place ?? '')),
        `mount -o remount,ro,bind ${fixed}`
      ].join('\n'),
      workspace.env
    );
    server = await NodeServer.start(workspace, {}, mounts.prefix);
  });

  afterAll(async () => {
    // The user's state folder was full all the time: no job was held up by a journal that cannot be written.
    expect(await server.stop()).toContain('The journal could not be written.');
    await mounts.close();
    await workspace.dispose();
  });

  const work = async (operation: string, input: object): Promise<Job> => await server.end(await server.start(operation, input));
  /** The kind of failure a job ends with; `ok` when it ends well. */
  const outcome = async (operation: string, input: object): Promise<string> => {
    const { state, failure } = await work(operation, input);
    return failure?.kind ?? state;
  };
  const jobsAt = (place: string) => {
    const dataset = `${place}/ds`;
    return {
      get: (name = 'absent.bin') => outcome('get', { dataset, paths: [`${dataset}/${name}`] }),
      drop: () => outcome('drop', { dataset, paths: [`${dataset}/here.bin`] }),
      save: () => outcome('save', { dataset, message: 'Saved' }),
      clone: () => outcome('clone', { source: join(workspace.sources, 'ds'), path: `${place}/cloned` }),
      create: () => outcome('create', { path: `${place}/created` })
    };
  };
  const summary = async (dataset: string): Promise<Summary> =>
    (await server.call('dataset', { path: dataset })).json() as Summary;
  const rows = async (folder: string): Promise<Record<string, string | undefined>> => {
    const listing = (await server.call('rows', { folder, complete: true })).json() as Listing;
    return Object.fromEntries(listing.rows.map(row => [row.name, row.here]));
  };
  /** Both checks, and the hash of every content that is here. */
  const prove = async (dataset: string): Promise<void> => {
    await mounts.run(`cd ${workspace.path(dataset)} && git fsck --connectivity-only --no-dangling && git annex fsck -q`);
  };

  it('that is full: every job says so, nothing is lost, and all works when there is space', async () => {
    const jobs = jobsAt('full');
    const place = workspace.path('full');
    // Git-annex leaves 100 MB free where nobody tells it otherwise, and refuses beforehand.
    expect(await jobs.get()).toBe('no-space');
    await mounts.run(`git -C ${place}/ds config annex.diskreserve 0`);
    expect(await jobs.get('large.bin')).toBe('no-space');
    await mounts.run(`echo new > ${place}/ds/new.txt; cat /dev/zero > ${place}/fill`, true);
    expect(await summary('full/ds')).toMatchObject({
      dataset: { annex: 'ready' },
      changes: [{ name: 'new.txt', change: 'new' }]
    });
    expect(await rows('full/ds')).toMatchObject({ 'here.bin': 'yes', 'absent.bin': 'no' });
    expect(await jobs.get()).toBe('no-space');
    expect(await jobs.save()).toBe('no-space');
    expect(await jobs.create()).toBe('no-space');
    expect(await jobs.clone()).toBe('no-space');
    const left = (await mounts.run(`ls ${place}`)).stdout.toString();
    expect(left.split('\n').filter(Boolean)).toEqual(['ds', 'fill']);

    await mounts.run(`rm ${place}/fill`);
    expect([await jobs.get(), await jobs.save(), await jobs.drop()]).toEqual(['ok', 'ok', 'ok']);
    expect(await jobs.clone()).toBe('ok');
    await prove('full/ds');
    expect(await rows('full/ds')).toMatchObject({ 'here.bin': 'no', 'absent.bin': 'yes', 'new.txt': 'yes' });
  });

  it('that takes no more files: the same', async () => {
    const jobs = jobsAt('inodes');
    const place = workspace.path('inodes');
    await mounts.run(`git -C ${place}/ds config annex.diskreserve 0; echo new > ${place}/ds/new.txt`);
    await mounts.run(`mkdir ${place}/fill; cd ${place}/fill; i=0; while touch $i; do i=$((i + 1)); done`, true);
    expect(await rows('inodes/ds')).toMatchObject({ 'here.bin': 'yes', 'absent.bin': 'no' });
    expect([await jobs.get(), await jobs.save(), await jobs.create()]).toEqual(['no-space', 'no-space', 'no-space']);
    await mounts.run(`rm -r ${place}/fill`);
    expect([await jobs.get(), await jobs.save(), await jobs.drop()]).toEqual(['ok', 'ok', 'ok']);
    await prove('inodes/ds');
  });

  it('that may only be read: it is browsed and says so, and no job changes anything', async () => {
    const jobs = jobsAt('fixed');
    const place = workspace.path('fixed');
    const list = `cd ${place} && find . | sort && git -C ds rev-parse HEAD git-annex`;
    const before = (await mounts.run(list)).stdout.toString();
    expect((await summary('fixed/ds')).obstacles).toEqual([{ kind: 'read-only' }]);
    expect(await rows('fixed/ds')).toMatchObject({ 'here.bin': 'yes', 'absent.bin': 'no' });
    const all = [await jobs.get(), await jobs.save(), await jobs.drop(), await jobs.create(), await jobs.clone()];
    expect(all).toEqual(Array(5).fill('read-only'));
    expect((await mounts.run(list)).stdout.toString()).toBe(before);
    await mounts.run(`mount -o remount,rw,bind ${place}; git -C ${place}/ds config annex.diskreserve 0`);
    expect([await jobs.get(), await jobs.drop(), await jobs.clone()]).toEqual(['ok', 'ok', 'ok']);
    await prove('fixed/ds');
  });

  it('for decisions that is full: trust is refused with the reason', async () => {
    await workspace.git(['init', '-q', 'pager']);
    await workspace.git(['config', 'core.pager', 'x'], workspace.path('pager'));
    const { items } = (await server.call('trust', { dataset: 'pager' })).json() as TrustQuestion;
    const chosen = items.map(({ id, fingerprint }) => ({ id, fingerprint }));
    expect(await outcome('trust', { dataset: 'pager', items: chosen })).toBe('no-space');
    const again = (await server.call('trust', { dataset: 'pager' })).json() as TrustQuestion;
    expect(again.items.map(({ trust }) => trust)).toEqual(['untrusted']);
  });
});
