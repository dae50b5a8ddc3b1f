import { mkdir } from 'node:fs/promises';
import type { Job } from '../../src/protocol/job';
import { makeNotebook } from '../support/makeNotebook';
import { NodeServer } from '../support/nodeServer';
import { PrivateMounts } from '../support/privateMounts';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

const ds = 'disk/ds';
/** A look alone: on a full disk git could not write down what it saw. */
const STATUS = 'git --no-optional-locks status --porcelain';

describe('a run on a disk that gets full', () => {
  let workspace: Workspace;
  let mounts: PrivateMounts;
  let server: NodeServer;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    const disk = workspace.path('disk');
    await mkdir(disk, { recursive: true });
    const annexed = { 'in.dat': 6_000_000, 'old.dat': 3_000_000 };
    const cells = ["open('made.txt', 'w').write('made')", "with open('big.dat', 'wb') as big: big.write(b'0' * 30_000_000)"];
    const files = { 'note.txt': 'note\n', 'fills.ipynb': makeNotebook(cells) };
    await workspace.dataset({ path: '../sources/ds', annexed, files });
    mounts = await PrivateMounts.open(
      [
        `mount -t tmpfs -o size=16m,mode=755 tmpfs ${disk}`,
        `git clone -q ${workspace.sources}/ds ${disk}/ds; cd ${disk}/ds; git annex init -q; git config annex.diskreserve 0`,
        'git annex get -q old.dat; cd /'
      ].join('\n'),
      workspace.env
    );
    server = await NodeServer.start(workspace, {}, mounts.prefix);
  });

  afterAll(async () => {
    await server.stop();
    await mounts.close();
    await workspace.dispose();
  });

  afterEach(async () => {
    await inside('rm -f ../fill; git reset -q --hard; git clean -fdq; rm -rf .git/jupyterlab-datalad');
  });

  const work = async (operation: string, input: object): Promise<Job> => await server.end(await server.start(operation, input));
  const run = (command: string, more: object = {}): Promise<Job> => work('run', { dataset: ds, command, ...more });
  const inside = async (script: string): Promise<string> =>
    (await mounts.run(`cd ${workspace.path(ds)} && ${script}`)).stdout.toString();
  /** The last commit, and each file and link of the folder and each content in the annex, with its hash or where it leads. */
  const everything = async (): Promise<{ head: string; work: string; annexed: string[] }> => ({
    head: await inside('git rev-parse HEAD'),
    work: await inside(
      `find . -path ./.git -prune -o '(' -type f -exec sha256sum '{}' + -o -type l -printf '%p -> %l\\n' ')' | sort; ${STATUS}`
    ),
    annexed: (await inside('find .git/annex/objects -type f -exec sha256sum "{}" +')).split('\n').filter(Boolean).sort()
  });
  /** Something else on the same disk, so that so many bytes are left. */
  const leave = (bytes: number): Promise<string> =>
    inside(`rm -f ../fill; free=$(df --output=avail -B1 . | tail -1); head -c $((free - ${bytes})) /dev/zero > ../fill`);
  const makeRoom = (): Promise<string> => inside('rm ../fill');

  const FULL = {
    kind: 'no-space',
    message: 'There is not enough free space.',
    parameters: { left: 'yes' }
  };

  it.each([
    ['whose command fails by it', 'cat /dev/zero > big.dat'],
    ['whose command does not mind, so that its outputs cannot be saved', 'cat /dev/zero > big.dat 2> /dev/null || true']
  ])('%s: says so and saves nothing, and all is as it was once there is room to discard what it wrote', async (_, command) => {
    const before = await everything();
    await leave(8_000_000);
    const { state, failure } = await run(`echo more >> old.dat; ${command}`, { outputs: ['old.dat'] });
    expect([state, failure]).toEqual(['error', expect.objectContaining(FULL)]);
    const now = await everything();
    expect([now.head, now.annexed]).toEqual([before.head, before.annexed]);
    expect(now.work).toMatch(/big\.dat/u);
    // What is discarded is kept, which takes a little room.
    expect((await work('discard', { dataset: ds, paths: [ds] })).failure?.kind).toBe('no-space');
    expect(await everything()).toEqual(now);
    await makeRoom();
    expect((await work('discard', { dataset: ds, paths: [ds] })).state).toBe('ok');
    expect(await everything()).toEqual(before);
    await inside('git fsck --connectivity-only --no-dangling');
  });

  it('that cannot unlock its outputs, or get its inputs, does not begin, and is the same run once there is room', async () => {
    const before = await everything();
    for (const more of [{ outputs: ['old.dat'] }, { inputs: ['in.dat'] }]) {
      await leave(1_000_000);
      const { failure } = await run('touch ran.dat', more);
      expect(failure?.kind).toBe('no-space');
      expect(failure?.parameters?.['left']).toBeUndefined();
      expect(await everything()).toEqual(before);
      await makeRoom();
    }
    expect((await run('cat old.dat note.txt > made.dat', { inputs: ['in.dat', 'old.dat'], outputs: ['made.dat'] })).state).toBe(
      'ok'
    );
    const after = await everything();
    expect(before.annexed.filter(content => !after.annexed.includes(content))).toEqual([]);
    expect(await inside(`${STATUS}; git log -1 --format=%s`)).toBe('[DATALAD RUNCMD] cat old.dat note.txt > made.dat\n');
  });

  it('of a notebook: says so and saves nothing, and all is as it was once there is room to discard what it wrote', async () => {
    const before = await everything();
    await leave(2_000_000);
    const { state, failure } = await work('runNotebook', { dataset: ds, path: `${ds}/fills.ipynb`, outputs: ['made.txt'] });
    expect([state, failure]).toEqual([
      'error',
      expect.objectContaining({ ...FULL, parameters: { path: 'fills.ipynb', cell: 2, left: 'yes' } })
    ]);
    expect(failure?.detail).toMatch(/No space left on device/u);
    const now = await everything();
    expect([now.head, now.annexed]).toEqual([before.head, before.annexed]);
    expect((await inside(STATUS)).split('\n').filter(Boolean)).toEqual(['?? big.dat', '?? made.txt']);
    await makeRoom();
    expect((await work('discard', { dataset: ds, paths: [ds] })).state).toBe('ok');
    expect(await everything()).toEqual(before);
  });

  it('that is repeated, and cannot unlock what it had made, touches nothing', async () => {
    const commit = (await inside('git rev-parse HEAD')).trim();
    await leave(1_000_000);
    const before = await everything();
    const { failure } = await work('rerun', { dataset: ds, commit, runs: [commit] });
    expect([failure?.kind, failure?.parameters?.['left']]).toEqual(['no-space', undefined]);
    expect(await everything()).toEqual(before);
    await makeRoom();
    expect((await work('rerun', { dataset: ds, commit, runs: [commit] })).state).toBe('ok');
    expect(await everything()).toEqual(before);
  });
});
