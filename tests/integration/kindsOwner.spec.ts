import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { JobBench } from '../support/jobBench';
import { Reading } from '../support/reading';
import { failureOf, RecordingTask } from '../support/recordingTask';
import { snapshot } from '../support/snapshot';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

/** Whose the dataset is made: nobody's. */
const OTHER = 65534;

/**
 * Root gives the dataset away. Nobody else can: git is then told to take it for another user's, by the switch that git's own tests use.
 */
const isRoot = process.getuid?.() === 0;

describe('a dataset of another user', () => {
  let workspace: Workspace;
  let reading: Reading;
  let bench: JobBench;
  let root: string;
  beforeAll(async () => {
    workspace = await makeWorkspace();
    root = await workspace.dataset({ files: { text: 'x' }, annexed: { 'a.bin': 100 }, dropped: true });
    if (isRoot) {
      await workspace.run('chown', ['-R', String(OTHER), root]);
    } else {
      workspace.env['GIT_TEST_ASSUME_DIFFERENT_OWNER'] = '1';
    }
    reading = new Reading(workspace);
    bench = new JobBench(workspace);
  });
  afterAll(async () => {
    reading.dispose();
    await bench.dispose();
    await workspace.dispose();
  });

  it('is explained, is not worked in, and nobody is made to trust it', async () => {
    const settings = join(workspace.home, '.gitconfig');
    const [before, ours] = [await snapshot(root), await readFile(settings, 'utf8')];
    const dataset = contentsPath('ds');
    const summary = await reading.datasets.dataset({ path: dataset }, reading.signal);
    const owner = isRoot ? 'nobody' : (await workspace.run('id', ['-un'])).trim();
    expect(summary?.obstacles).toEqual([{ kind: 'other-owner', owner }]);
    expect((await failureOf(reading.rows('ds'))).kind).toBe('other-owner');
    const paths = [contentsPath('ds/a.bin')];
    for (const work of [
      () => bench.handlers.get({ dataset, paths }, new RecordingTask()),
      () => bench.handlers.drop({ dataset, paths }, new RecordingTask()),
      () => bench.handlers.unlock({ dataset, paths }, new RecordingTask()),
      () => bench.handlers.save({ dataset, message: 'No' }, new RecordingTask())
    ]) {
      expect((await failureOf(work())).kind).toBe('other-owner');
    }
    expect(await snapshot(root)).toEqual(before);
    expect(await readFile(settings, 'utf8')).toBe(ours);
    expect(ours).not.toContain('safe');
    // Its row beside other folders is there all the same.
    expect(await reading.rows('')).toMatchObject({ ds: { kind: 'dataset' } });
  });
});
