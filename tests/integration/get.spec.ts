import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { processesAt } from '../support/processes';
import { bytesFor } from '../support/makeDataset';
import { useJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';

jest.setTimeout(60_000);

const MEGABYTE = 1_000_000;
const dataset = 'ds';

function hash(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

describe('get', () => {
  const place = useJobs();
  let path: string;

  beforeAll(async () => {
    path = await place.workspace.dataset({
      files: { 'notes.txt': 'in Git' },
      annexed: {
        'small.bin': 10_000,
        'a folder/one.bin': 20_000,
        'a folder/*.bin': 30_000,
        '-dash.bin': 5_000,
        'slow.bin': 40 * MEGABYTE,
        'lost.bin': 7_000
      },
      dropped: true
    });
    await place.workspace.annex(['drop', '-q', '--force', 'lost.bin'], `${place.workspace.sources}/ds`);
  });

  it('brings the content of exactly the files named', async () => {
    const paths = ['ds/small.bin', 'ds/a folder/*.bin', 'ds/-dash.bin'];
    const task = await place.jobs.run('get', { dataset, paths });
    expect(task.results.map(({ action, status, path: at, key }) => [action, status, at, typeof key])).toEqual(
      expect.arrayContaining(paths.map(at => ['get', 'ok', at, 'string']))
    );
    expect(hash(await readFile(`${path}/small.bin`))).toBe(hash(bytesFor('small.bin', 10_000)));
    expect((await place.workspace.annex(['find'], path)).split('\n').sort()).toEqual([
      '',
      '-dash.bin',
      'a folder/*.bin',
      'small.bin'
    ]);
  });

  it('says what could not be got and why', async () => {
    const task = new RecordingTask();
    const failure = await place.jobs.failure('get', { dataset, paths: ['ds/lost.bin'] }, task);
    expect(failure.kind).toBe('content-unavailable');
    expect(task.results[0]?.failure?.kind).toBe('content-unavailable');
    expect((await place.jobs.failure('get', { dataset, paths: ['ds/nothing'] }, task)).kind).toBe('not-found');
  });

  it('installs subdatasets, alone or with content', async () => {
    const [deep, inner] = ['nested/sub/deep', 'nested/sub'];
    const nested = 'nested';
    await place.workspace.dataset({
      path: 'nested',
      subdatasets: {
        sub: {
          absent: true,
          annexed: { 'a.bin': 1_000 },
          subdatasets: { deep: { absent: true, annexed: { 'b.bin': 4 * MEGABYTE } } }
        }
      }
    });
    const alone = await place.jobs.run('get', { dataset: nested, paths: [inner], noData: true });
    expect(alone.summary).toEqual(['install ok nested/sub']);
    expect(await place.workspace.annex(['find'], place.workspace.path(inner))).toBe('');
    const content = await place.jobs.run('get', { dataset: nested, paths: [inner] });
    expect(content.summary).toEqual(['get notneeded nested/sub', 'get ok nested/sub/a.bin']);
    const all = await place.jobs.run('get', { dataset: nested, paths: [nested], recursive: true });
    expect(all.summary).toEqual([`install ok ${deep}`, `get ok ${deep}/b.bin`]);
    const again = await place.jobs.run('get', { dataset: nested, paths: [nested], recursive: true });
    expect(again.summary).toEqual(['get notneeded nested']);
    await place.workspace.annex(['drop', '-q', 'b.bin'], place.workspace.path(deep));
    await place.workspace.git(['config', 'remote.origin.annex-bwlimit', '8MB'], place.workspace.path(deep));
    const slow = new RecordingTask();
    const moving = slow.until(({ active }) => active.length > 0);
    await place.jobs.run('get', { dataset: nested, paths: [nested], recursive: true }, slow);
    // Where it lies in the dataset one works in, not in its own.
    expect((await moving).active.map(({ path: at }) => at)).toEqual([`${deep}/b.bin`]);
  });

  it('tells bytes while it runs, can be cancelled within two seconds, and resumes', async () => {
    await place.workspace.git(['config', 'remote.origin.annex-bwlimit', '8MB'], path);
    const task = new RecordingTask();
    const ended = place.jobs.failure('get', { dataset, paths: ['ds/slow.bin'] }, task);
    const seen = await task.until(({ active }) => (active[0]?.bytes ?? 0) > 0);
    expect(seen.totalBytes).toBe(40 * MEGABYTE);
    expect(seen.active[0]).toMatchObject({ path: 'ds/slow.bin', totalBytes: 40 * MEGABYTE });
    const cancelled = Date.now();
    task.cancel();
    expect((await ended).kind).toBe('cancelled');
    expect(Date.now() - cancelled).toBeLessThan(2_000);
    expect(processesAt(place.workspace.home, /annex/)).toEqual([]);

    await place.workspace.git(['config', '--unset', 'remote.origin.annex-bwlimit'], path);
    await place.jobs.run('get', { dataset, paths: ['ds/slow.bin'] });
    expect(hash(await readFile(`${path}/slow.bin`))).toBe(hash(bytesFor('slow.bin', 40 * MEGABYTE)));
    await place.workspace.annex(['fsck', '-q', 'slow.bin'], path);
  });
});
