import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Listing, Row, Totals } from '../../src/protocol/dataset';
import { run } from '../../src/server/process/run';
import { NodeServer } from '../support/nodeServer';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(180_000);

const FILES = 60_000;
/** Of these there are rows. */
const LISTED = 50_000;

describe('a folder of more files than anyone scrolls through', () => {
  let workspace: Workspace;
  let server: NodeServer;
  beforeAll(async () => {
    workspace = await makeWorkspace();
    const path = await workspace.dataset();
    await addFiles(workspace, path);
    server = await NodeServer.start(workspace);
  });
  afterAll(async () => {
    await server?.stop();
    await workspace.dispose();
  });

  /** Kilobytes of memory the server has had at most. */
  const mostMemory = async (): Promise<number> =>
    Number(/VmHWM:\s*(\d+)/.exec(await readFile(`/proc/${server.pid}/status`, 'utf8'))?.[1]);

  const rows = async (): Promise<Listing> => (await server.call('rows', { folder: 'ds/all' })).json() as Listing;
  const row = async (number: string): Promise<Row> =>
    (await server.call('row', { path: `ds/all/file-${number}.bin` })).json() as Row;

  it('is read up to a limit that is told, while the server answers others', async () => {
    let busy = true;
    let longest = 0;
    const watch = (async () => {
      while (busy) {
        const asked = Date.now();
        await row('000007');
        longest = Math.max(longest, Date.now() - asked);
      }
    })();
    const started = Date.now();
    const listing = await rows();
    const took = Date.now() - started;
    busy = false;
    await watch;
    expect(longest).toBeLessThan(took / 2);
    expect(listing).toMatchObject({ truncated: true });
    expect(listing.rows.length).toBe(LISTED);
    expect(listing.rows.at(-1)?.name).toBe('file-049999.bin');
    expect(listing.rows.every(({ kind, here, bytes }) => kind === 'annex' && here === 'no' && bytes === 5)).toBe(true);
    const totals = (await server.call('totals', { dataset: 'ds', complete: true })).json() as Totals;
    expect(totals).toMatchObject({ here: { files: 0 }, notHere: { files: FILES, bytes: 5 * FILES }, counting: false });
    expect(await row('059999')).toMatchObject({ name: 'file-059999.bin', kind: 'annex', here: 'no' });
    expect(await mostMemory()).toBeLessThan(500_000);
  });

  it('takes no change beyond the limit for another one', async () => {
    const folder = workspace.path('ds/all');
    await rm(`${folder}/file-000001.bin`);
    await rm(`${folder}/file-059999.bin`);
    await writeFile(`${folder}/file-059999.bin`, 'another');
    await writeFile(`${folder}/zzz`, 'new');
    const changed = (await rows()).rows.flatMap(({ name, change, kind }) => (change === undefined ? [] : [[name, change, kind]]));
    expect(changed).toEqual([['file-000001.bin', 'deleted', 'annex']]);
    // With something staged the index is not what was committed, and git is asked about everything.
    await workspace.git(['update-index', '--force-remove', 'all/file-000001.bin'], workspace.path('ds'));
    expect(await row('059999')).toMatchObject({ kind: 'git', change: 'typechange' });
    expect(await row('000001')).toMatchObject({ kind: 'annex', change: 'deleted' });
  });
});

/** Makes the files as annexed and absent, in seconds: their blobs by `git fast-import`, the folder by the index. */
async function addFiles({ env }: Workspace, cwd: string): Promise<void> {
  const feed = async (args: readonly string[], input: string): Promise<void> => {
    const { code, stderr } = await run('git', args, { cwd, env, timeout: 100_000, input });
    expect([code, stderr]).toEqual([0, '']);
  };
  const targets = Array.from({ length: FILES }, (_, index) => {
    const key = `MD5E-s5--${String(index).padStart(32, 'a')}.bin`;
    return `../.git/annex/objects/0Z/0z/${key}/${key}`;
  });
  const oid = (target: string): string => createHash('sha1').update(`blob ${target.length}\0${target}`).digest('hex');
  const name = (index: number): string => `all/file-${String(index).padStart(6, '0')}.bin`;
  await feed(['fast-import', '--quiet'], targets.map(target => `blob\ndata ${target.length}\n${target}\n`).join(''));
  await feed(['update-index', '--index-info'], targets.map((target, at) => `120000 ${oid(target)} 0\t${name(at)}\n`).join(''));
  await feed(['commit', '-q', '--no-verify', '-m', 'Wide'], '');
  // A third of the time that a checkout takes.
  mkdirSync(join(cwd, 'all'));
  targets.forEach((target, at) => symlinkSync(target, join(cwd, name(at))));
  await feed(['update-index', '-q', '--refresh'], '');
}
