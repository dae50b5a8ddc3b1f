import { readFile } from 'node:fs/promises';
import { useJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';

jest.setTimeout(120_000);

/** What `datalad rerun --report` reads of the last commit. */
interface IReport {
  run_info: { cmd: string; inputs: string[]; outputs: string[]; pwd: string; exit: number; dsid: string };
  run_message: string;
}

describe('a command that is recorded', () => {
  const place = useJobs();

  const git = async (...args: string[]): Promise<string> => (await place.workspace.git(args, place.workspace.path('ds'))).trim();

  async function report(): Promise<IReport> {
    const [record] = await place.workspace.records('datalad', ['-f', 'json', 'rerun', '--report'], place.workspace.path('ds'));
    return record as unknown as IReport;
  }

  beforeAll(async () => {
    const { workspace } = place;
    await workspace.datalad(['create', '-c', 'text2git', 'ds']);
    await workspace.write({ 'ds/words.txt': 'one\ntwo\n', 'ds/code/count.sh': 'wc -l < ../words.txt\n' });
    await workspace.datalad(['save', '-d', 'ds', '-m', 'Words']);
  });

  it('leaves the record that DataLad reads, and tells of the commit', async () => {
    const task = new RecordingTask();
    await place.jobs.run(
      'run',
      { dataset: 'ds', command: 'wc -l < {inputs} > {outputs}', message: 'Count', inputs: ['words.txt'], outputs: ['count.txt'] },
      task
    );
    expect(await readFile(place.workspace.path('ds/count.txt'), 'utf8')).toBe('2\n');
    const { run_info: info, run_message: message } = await report();
    expect(info).toMatchObject({
      cmd: 'wc -l < {inputs} > {outputs}',
      inputs: ['words.txt'],
      outputs: ['count.txt'],
      pwd: '.',
      exit: 0
    });
    expect(message).toBe('Count');
    expect(task.results.filter(({ action }) => action === 'commit')).toMatchObject([
      { key: await git('rev-parse', 'HEAD'), message: '[DATALAD RUNCMD] Count' }
    ]);
    expect(await git('status', '--porcelain')).toBe('');
  });

  it('runs in the folder it is told, and the record says so', async () => {
    await place.jobs.run('run', { dataset: 'ds', workingFolder: 'ds/code', command: 'sh count.sh > ../again.txt; pwd' });
    expect((await report()).run_info).toMatchObject({ pwd: 'code', cmd: 'sh count.sh > ../again.txt; pwd' });
    expect(await git('show', '--format=', '--name-only', 'HEAD')).toBe('again.txt');
  });

  it('saves nothing where it fails, and tells the end of what it printed', async () => {
    const head = await git('rev-parse', 'HEAD');
    const task = new RecordingTask();
    const failure = await place.jobs.failure(
      'run',
      { dataset: 'ds', command: 'echo half > half.txt; echo out; echo "No such thing" >&2; exit 3' },
      task
    );
    expect(failure).toMatchObject({ kind: 'command-failed', parameters: { code: 3 } });
    expect(failure.detail).toMatch(/out\nNo such thing/u);
    expect(task.text).toContain('out\nNo such thing\n');
    expect(await git('rev-parse', 'HEAD')).toBe(head);
    expect(await git('status', '--porcelain')).toBe('?? half.txt');
  });

  it('does not begin in a dataset with changes, nor without its inputs', async () => {
    const changed = await place.jobs.failure('run', { dataset: 'ds', command: 'touch ran' });
    expect(changed.kind).toBe('unsaved-changes');
    await place.workspace.run('rm', ['ds/half.txt']);
    const missing = await place.jobs.failure('run', { dataset: 'ds', command: 'touch ran', inputs: ['nothing.dat'] });
    expect(missing.detail ?? missing.message).toContain('nothing.dat');
    expect(await git('status', '--porcelain')).toBe('');
  });
});
