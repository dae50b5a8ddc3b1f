import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { contentsPath } from '../../src/protocol/paths';
import { readDiscardPlan } from '../../src/server/operations/calls/discards';
import { everythingIn } from '../support/everything';
import { useJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';
import { until } from '../support/until';

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
    const noticesOf = async (command: string, outputs: string[], explicit = false): Promise<unknown[]> => {
      const { notices } = await place.jobs.run('run', { dataset: 'ds', command, outputs, explicit });
      return notices.map(({ parameters }) => [parameters?.['files'], parameters?.['names'], parameters?.['recorded']]);
    };
    expect(await noticesOf('true', ['never.dat', 'old.dat', 'no/*'])).toEqual([[2, 'never.dat, no/*', 'no']]);
    expect(await noticesOf('true', [])).toEqual([[0, '', 'no']]);
    expect(await noticesOf('true', ['old.dat'], true)).toEqual([[0, '', 'outputs']]);
    expect([await git('rev-parse', 'HEAD'), await git('status', '--porcelain')]).toEqual([head, '']);
    expect(await noticesOf('echo 1 > beside.txt', ['never.dat', 'beside.txt'])).toEqual([[1, 'never.dat', 'yes']]);
    expect(await noticesOf('echo 2 > beside.txt', ['b*.txt'])).toEqual([]);
    await git('reset', '-q', '--hard', head);
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

  describe.each(['exit 1', 'sleep 600'])('that ends early by `%s`, begun in a dataset with unsaved changes', end => {
    it('leaves just what it changed to be discarded, and nothing that somebody edited', async () => {
      const { workspace, jobs } = place;
      await workspace.run('git', ['annex', 'unlock', 'other.dat'], path);
      const edited = { 'ds/other.dat': 'edited', 'ds/mine.txt': 'not saved', 'ds/both.txt': 'mine, then of both' };
      await workspace.write(edited);
      const before = (await everythingIn(path)).work;
      const task = new RecordingTask();
      const command = `echo 1 > made.txt; echo 1 > beside.txt; echo 1 > again.txt; echo 1 > late.txt; echo 1 >> both.txt; echo 1 >> old.dat; echo begun; ${end}`;
      const input = { dataset: 'ds', command, outputs: ['made*', 'old.dat'], explicit: true };
      const ended = jobs.failure('run', input, task);
      if (end !== 'exit 1') {
        await until('the command', () => task.text.includes('begun'));
        task.cancel();
      }
      expect((await ended).kind).toBe(end === 'exit 1' ? 'command-failed' : 'cancelled');
      await workspace.write({ 'ds/again.txt': 'edited since' });
      const { signal } = new AbortController();
      const dataset = contentsPath('ds');
      const options = { boundary: jobs.boundary, env: workspace.env, runs: jobs.runs, signal };
      const [plan] = await readDiscardPlan({ dataset, paths: [dataset], run: task.id }, options);
      expect(plan?.files.map(({ name }) => name).sort()).toEqual(['beside.txt', 'late.txt', 'made.txt', 'old.dat']);
      expect(plan?.refused).toEqual([
        { name: 'again.txt', why: 'edited-since' },
        { name: 'both.txt', why: 'edited-before' }
      ]);
      // While the discard waits for its turn.
      await workspace.write({ 'ds/late.txt': 'edited since', 'ds/new.txt': 'new since' });
      const { notices } = await jobs.run('discard', { dataset, paths: plan?.paths ?? [], run: task.id });
      expect(notices.map(({ message }) => message)).toEqual([
        'Changed again after the command, so left as it is: again.txt, late.txt.'
      ]);
      const after = (await everythingIn(path)).work;
      const edits = { 'both.txt': '', 'again.txt': '', 'late.txt': '', 'new.txt': '' };
      expect({ ...after, ...edits }).toEqual({ ...before, ...edits });
      expect([await readFile(`${path}/late.txt`, 'utf8'), existsSync(`${path}/new.txt`)]).toEqual(['edited since', true]);
      expect(await readFile(`${path}/both.txt`, 'utf8')).toBe('mine, then of both1\n');
      await jobs.run('discard', { dataset, paths: [dataset] });
      expect(await git('status', '--porcelain')).toBe('');
    });
  });

  it('that is cancelled before DataLad refuses the changes of somebody leaves these alone', async () => {
    const { workspace, jobs } = place;
    await workspace.write({ 'ds/mine.txt': 'not saved' });
    const task = new RecordingTask();
    const handedOn = jest.spyOn(jobs.runPool, 'run').mockImplementationOnce((...given) => {
      handedOn.mockRestore();
      task.cancel();
      return jobs.runPool.run(...given);
    });
    expect((await jobs.failure('run', { dataset: 'ds', command: 'echo 1 > made.txt' }, task)).kind).toBe('cancelled');
    const dataset = contentsPath('ds');
    const options = { boundary: jobs.boundary, env: workspace.env, runs: jobs.runs, signal: new AbortController().signal };
    const [plan] = await readDiscardPlan({ dataset, paths: [dataset], run: task.id }, options);
    expect([plan?.total, plan?.refused]).toEqual([0, []]);
    expect((await jobs.failure('discard', { dataset, paths: [dataset], run: task.id })).kind).toBe('no-change');
    expect(await readFile(`${path}/mine.txt`, 'utf8')).toBe('not saved');
    await rm(`${path}/mine.txt`);
  });

  it('that was cancelled in a clean dataset is taken back as a whole', async () => {
    const { workspace, jobs } = place;
    const task = new RecordingTask();
    const ended = jobs.failure('run', { dataset: 'ds', command: 'echo 1 > made.txt; echo begun; sleep 600' }, task);
    await until('the command', () => task.text.includes('begun'));
    task.cancel();
    expect((await ended).kind).toBe('cancelled');
    const dataset = contentsPath('ds');
    const options = { boundary: jobs.boundary, env: workspace.env, runs: jobs.runs, signal: new AbortController().signal };
    const plans = await readDiscardPlan({ dataset, paths: [dataset], run: task.id }, options);
    expect(plans).toMatchObject([{ paths: ['ds'], total: 1, files: [{ name: 'made.txt' }], refused: [] }]);
    // As many as a run may make are no names for a job.
    await workspace.write({ 'ds/new.txt': 'new since' });
    expect(await jobs.failure('discard', { dataset, paths: [contentsPath('ds/made.txt')], run: task.id })).toMatchObject({
      kind: 'bad-request'
    });
    await jobs.run('discard', { dataset, paths: [dataset], run: task.id });
    expect(await git('status', '--porcelain')).toBe('?? new.txt');
    await expect(readDiscardPlan({ dataset, paths: [dataset], run: 'other' }, options)).rejects.toMatchObject({
      failure: { kind: 'not-found' }
    });
  });
});
