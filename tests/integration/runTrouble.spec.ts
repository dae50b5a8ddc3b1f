import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { contentsPath } from '../../src/protocol/paths';
import { readDiscardPlan } from '../../src/server/operations/calls/discards';
import { PathBoundary } from '../../src/server/paths';
import { everythingIn } from '../support/everything';
import { useJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';

jest.setTimeout(120_000);

describe('a run in which something goes wrong', () => {
  const place = useJobs();
  let path: string;
  const git = async (...args: string[]): Promise<string> => (await place.workspace.git(args, path)).trim();

  beforeAll(async () => {
    const { workspace } = place;
    path = workspace.path('ds');
    await workspace.datalad(['create', 'ds']);
    await workspace.write({ 'ds/in.dat': 'input', 'ds/old.dat': 'as it was', 'ds/other.dat': 'other' });
    await workspace.datalad(['save', '-d', 'ds', '-m', 'Files']);
  });

  /** All content that was there is still there, and so is the history. */
  const unharmed = async (work: () => Promise<unknown>): Promise<void> => {
    const before = await everythingIn(path);
    const head = await git('rev-parse', 'HEAD');
    await work();
    const after = await everythingIn(path);
    expect(before.annexed.filter(content => !after.annexed.includes(content))).toEqual([]);
    expect(await git('merge-base', '--is-ancestor', head, 'HEAD')).toBe('');
  };

  it('fails by a write that the limit for the size of a file refuses, and can be taken back as a whole', async () => {
    const before = await everythingIn(path);
    await unharmed(async () => {
      // The limit makes the write itself fail, as a full disk does.
      const command = 'ulimit -f 1; trap "" XFSZ; head -c 1000000 /dev/zero > big.dat';
      const failure = await place.jobs.failure('run', { dataset: 'ds', command, outputs: ['big.dat', 'old.dat'] });
      expect(failure).toMatchObject({ kind: 'command-failed', parameters: { kept: 'yes' } });
      expect(failure.detail).toMatch(/File too large/u);
    });
    expect(await git('log', '-1', '--format=%s')).toBe('Files');
    await place.jobs.run('discard', { dataset: 'ds', paths: ['ds'] });
    expect(await git('status', '--porcelain')).toBe('');
    expect((await everythingIn(path)).work).toEqual(before.work);
  });

  it('does not begin without an input, and records that an input was deleted', async () => {
    await unharmed(async () => {
      const failure = await place.jobs.failure('run', { dataset: 'ds', command: 'touch ran', inputs: ['in.dat', 'missing.dat'] });
      expect(failure.kind).toBe('not-found');
      expect(existsSync(`${path}/ran`)).toBe(false);
      await place.jobs.run('run', { dataset: 'ds', command: 'rm {inputs}', inputs: ['in.dat'] });
    });
    expect(await git('show', '--format=', '--name-status', 'HEAD')).toBe('D\tin.dat');
    await git('checkout', '-q', 'HEAD~1', '--', 'in.dat');
    await git('commit', '-qm', 'Back');
    expect(await readFile(`${path}/in.dat`, 'utf8')).toBe('input');
  });

  it('records no output that was not made', async () => {
    const head = await git('rev-parse', 'HEAD');
    await place.jobs.run('run', { dataset: 'ds', command: 'true', outputs: ['never.dat'] });
    expect([await git('rev-parse', 'HEAD'), await git('status', '--porcelain')]).toEqual([head, '']);
  });

  it('commits by itself: all commits are told, and what it left is saved with its record', async () => {
    const head = await git('rev-parse', 'HEAD');
    const task = new RecordingTask();
    await unharmed(async () => {
      const command = 'echo 1 > own.txt; git add own.txt; git commit -qm Own; echo 2 > left.txt';
      await place.jobs.run('run', { dataset: 'ds', command, message: 'Both' }, task);
    });
    expect(await git('status', '--porcelain')).toBe('');
    const told = task.results.filter(({ action }) => action === 'commit').map(({ message }) => message);
    expect(told).toContain('Own');
    expect(await git('log', '-1', '--format=%s')).toBe('[DATALAD RUNCMD] Both');
    expect((await git('diff', '--name-only', head, 'HEAD')).split('\n')).toEqual(['left.txt', 'own.txt']);
  });

  it('of an explicit one that failed, just what it would have saved is discarded', async () => {
    const { workspace } = place;
    await workspace.write({ 'ds/mine.txt': 'not saved' });
    const task = new RecordingTask();
    const input = { dataset: 'ds', command: 'echo 1 > made.txt; exit 1', outputs: ['made*'], explicit: true };
    await place.jobs.failure('run', input, task);
    const boundary = new PathBoundary(workspace.root);
    const [dataset, { signal }] = [contentsPath('ds'), new AbortController()];
    const asked = { dataset, paths: [dataset], run: task.id };
    const plans = await readDiscardPlan(asked, { boundary, env: workspace.env, signal });
    expect(plans.map(({ paths, files }) => [paths, files.map(({ name }) => name)])).toEqual([[['ds/made.txt'], ['made.txt']]]);
    await place.jobs.run('discard', { dataset: 'ds', paths: plans.flatMap(({ paths }) => paths) });
    expect(await git('status', '--porcelain')).toBe('?? mine.txt');
    await workspace.run('rm', ['ds/mine.txt']);
  });
});
