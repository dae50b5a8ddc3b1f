import { join } from 'node:path';
import type { Summary } from '../../src/protocol/dataset';
import { contentsPath } from '../../src/protocol/paths';
import { useReadingAndJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';

jest.setTimeout(120_000);

const dataset = contentsPath('ds');
const at = (path: string) => contentsPath(`ds/${path}`);

describe('a sparse checkout', () => {
  const place = useReadingAndJobs();
  let root: string;
  beforeAll(async () => {
    root = await place.workspace.dataset({
      files: { text: 'one\n', 'd/x': 'x', 'e/y': 'y' },
      annexed: { 'd/in.bin': 100, 'e/out.bin': 200, 'e/f/far.bin': 300 },
      dropped: true
    });
  });

  const summary = async (): Promise<Summary> => {
    const found = await place.reading.datasets.dataset({ path: dataset }, place.reading.signal);
    return found ?? Promise.reject(new Error('no dataset'));
  };
  const here = async (path: string): Promise<string | undefined> => (await place.reading.row(at(path)))?.here;

  it('tells how many files it leaves out, with a whole and with a sparse index', async () => {
    expect((await summary()).leftOut).toBeUndefined();
    await place.workspace.git(['sparse-checkout', 'set', '--cone', 'd'], root);
    const skipped = (await place.workspace.git(['ls-files', '-t'], root))
      .split('\n')
      .filter(line => line.startsWith('S ')).length;
    expect(skipped).toBe(4);
    expect(await summary()).toMatchObject({ leftOut: skipped, changes: [] });
    await place.workspace.git(['sparse-checkout', 'reapply', '--sparse-index'], root);
    expect(await summary()).toMatchObject({ leftOut: skipped, changes: [] });
    expect(await place.reading.datasets.totals({ dataset, complete: true })).toMatchObject({ notHere: { files: 3, bytes: 600 } });
  });

  it('says of what it leaves out that it cannot be got, and gets the rest', async () => {
    for (const path of ['e/out.bin', 'e', 'e/f']) {
      const failure = await place.jobs.failure('get', { dataset, paths: [at(path)] });
      expect(failure).toMatchObject({ kind: 'left-out' });
    }
    const task = new RecordingTask();
    const failure = await place.jobs.failure('get', { dataset, paths: [at('e/out.bin'), at('d/in.bin')] }, task);
    expect(failure).toMatchObject({ kind: 'left-out' });
    expect(task.results.map(({ path, status, failure }) => [path, status, failure?.kind])).toEqual([
      [at('e/out.bin'), 'error', 'left-out'],
      [at('d/in.bin'), 'ok', undefined]
    ]);
    expect(await here('d/in.bin')).toBe('yes');
    // What nobody ever had is simply not there.
    const nothing = await place.jobs.failure('get', { dataset, paths: [at('never')] });
    expect(nothing.kind).toBe('not-found');
  });

  it('is whole again when a folder is brought in', async () => {
    await place.workspace.git(['sparse-checkout', 'add', 'e', '.datalad'], root);
    expect((await summary()).leftOut).toBeUndefined();
    await place.jobs.run('get', { dataset, paths: [at('e')] });
    expect([await here('e/out.bin'), await here('e/f/far.bin')]).toEqual(['yes', 'yes']);
    expect(await place.workspace.git(['status', '--porcelain'], join(root))).toBe('');
  });
});
