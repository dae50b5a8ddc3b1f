import { readFile, symlink } from 'node:fs/promises';
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

describe('a command that failed or was cancelled', () => {
  const place = useJobs();

  const git = async (...args: string[]): Promise<string> => (await place.workspace.git(args, place.workspace.path('ds'))).trim();

  beforeAll(async () => {
    const { workspace } = place;
    await workspace.datalad(['create', '-c', 'text2git', 'ds']);
    await workspace.write({ 'ds/words.txt': 'one\n', 'ds/kept.txt': 'kept\n' });
    await workspace.datalad(['save', '-d', 'ds', '-m', 'Words']);
  });

  it('can be saved all the same, with the record that DataLad wrote, whatever was committed elsewhere meanwhile', async () => {
    const task = new RecordingTask();
    const failure = await place.jobs.failure(
      'run',
      { dataset: 'ds', command: 'echo half > half.txt; exit 3', message: 'Half' },
      task
    );
    expect(failure.parameters).toMatchObject({ code: 3, kept: 'yes' });
    await place.workspace.write({ 'ds/.git/COMMIT_EDITMSG': 'of another commit\n' });
    await place.jobs.run('saveRun', { dataset: 'ds', run: task.id });
    const [record] = await place.workspace.records('datalad', ['-f', 'json', 'rerun', '--report'], place.workspace.path('ds'));
    expect(record).toMatchObject({ run_message: 'Half', run_info: { exit: 3, cmd: 'echo half > half.txt; exit 3' } });
    expect(await git('show', '--format=', '--name-only', 'HEAD')).toBe('half.txt');
    expect((await place.jobs.failure('saveRun', { dataset: 'ds', run: task.id })).kind).toBe('not-found');
  });

  it('saves only outputs where it was explicit, and nothing once something else was committed', async () => {
    await place.workspace.write({ 'ds/words.txt': 'edited\n' });
    const input = { dataset: 'ds', command: 'echo 1 > out.txt; echo 2 > other.txt; exit 1', outputs: ['*t.txt'], explicit: true };
    const first = new RecordingTask();
    await place.jobs.failure('run', input, first);
    await place.jobs.run('saveRun', { dataset: 'ds', run: first.id });
    expect(await git('show', '--format=', '--name-only', 'HEAD')).toBe('out.txt');
    expect(await git('status', '--porcelain')).toBe('M words.txt\n?? other.txt');
    const second = new RecordingTask();
    await place.jobs.failure('run', { ...input, command: 'echo 3 > out.txt; exit 1' }, second);
    await place.workspace.git(['commit', '-qm', 'Other', '--allow-empty'], place.workspace.path('ds'));
    expect((await place.jobs.failure('saveRun', { dataset: 'ds', run: second.id })).kind).toBe('changed-since');
    await place.workspace.git(['checkout', '-q', '.'], place.workspace.path('ds'));
    await place.workspace.run('rm', ['ds/other.txt']);
  });

  it('ends with all its processes where it is cancelled, and leaves no record', async () => {
    const task = new RecordingTask();
    const running = place.jobs.failure(
      'run',
      { dataset: 'ds', command: 'echo $$ > pid.txt; echo begun; sleep 600 | sleep 600' },
      task
    );
    while (!task.text.includes('begun')) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    const head = await git('rev-parse', 'HEAD');
    task.cancel();
    expect((await running).kind).toBe('cancelled');
    const pid = (await readFile(place.workspace.path('ds/pid.txt'), 'utf8')).trim();
    await expect(readFile(`/proc/${pid}/cmdline`)).rejects.toThrow();
    expect(await git('rev-parse', 'HEAD')).toBe(head);
    expect((await place.jobs.failure('saveRun', { dataset: 'ds', run: task.id })).kind).toBe('not-found');
    await place.workspace.run('rm', ['ds/pid.txt']);
  });

  it('has the environment of a terminal without tokens, and may print without end', async () => {
    const task = new RecordingTask();
    await place.jobs.run('run', { dataset: 'ds', command: 'env > env.txt; yes "a line of output" | head -c 30000000' }, task);
    const env = await readFile(place.workspace.path('ds/env.txt'), 'utf8');
    expect(env).toContain('LAB_VARIABLE=of the terminal');
    expect(env).not.toMatch(/TOKEN|JUPYTERHUB_|GIT_LITERAL_PATHSPECS/u);
    expect(env).toContain(`PWD=${place.workspace.path('ds')}\n`);
  });
});

describe('a command with patterns', () => {
  const place = useJobs();

  it('does not begin where they lead out of the dataset through a link, whoever made it', async () => {
    const { workspace } = place;
    await workspace.dataset({ path: 'ds', files: { 'a/data.txt': 'inner\n' } });
    await symlink('/', workspace.path('ds/a/root'));
    for (const lists of [{ inputs: ['**/*.txt'] }, { outputs: ['a/root/**'] }, { inputs: ['a/root/*'] }]) {
      const failure = await place.jobs.failure('run', { dataset: 'ds', command: 'touch ran', explicit: true, ...lists });
      expect([lists, failure.kind]).toEqual([lists, 'leads-out']);
    }
    await place.jobs.run('run', {
      dataset: 'ds',
      command: 'cat {inputs} > {outputs}',
      inputs: ['a/*.txt'],
      outputs: ['copy'],
      explicit: true
    });
    expect(await readFile(workspace.path('ds/copy'), 'utf8')).toBe('inner\n');
  });
});

describe('a command with inputs in subdatasets', () => {
  const place = useJobs();

  it('begins only once the subdatasets on the way to its inputs are installed', async () => {
    const { workspace } = place;
    await workspace.dataset({
      path: 'outer',
      clone: true,
      subdatasets: { 'deep/sub': { files: { 'a/data.txt': 'inner\n' }, absent: true } }
    });
    const command = 'touch ran';
    await workspace.git(['config', 'datalad.run.substitutions.where', 'deep/sub/a'], workspace.path('outer'));
    for (const input of ['deep/sub', 'deep/sub/a/data.txt', 'deep/*/a/*.txt', '**/data.txt', '{where}/data.txt']) {
      const failure = await place.jobs.failure('run', { dataset: 'outer', command, inputs: [input] });
      expect([input, failure]).toMatchObject([input, { kind: 'subdatasets-absent', parameters: { path: 'outer/deep/sub' } }]);
    }
    await place.jobs.run('run', { dataset: 'outer', command: 'ls -d {inputs} > seen', inputs: ['.datalad/config', 'deep'] });
    await place.jobs.run('get', { dataset: 'outer', paths: ['outer/deep/sub'], noData: true });
    await place.jobs.run('run', { dataset: 'outer', command: 'cat {inputs} > copy.txt', inputs: ['deep/*/a/*.txt'] });
    expect(await readFile(workspace.path('outer/copy.txt'), 'utf8')).toBe('inner\n');
    // Its record is repeated only where they are, too.
    await workspace.remove(workspace.path('outer/deep/sub'));
    await workspace.run('mkdir', ['outer/deep/sub'], workspace.root);
    const head = (await workspace.git(['rev-parse', 'HEAD'], workspace.path('outer'))).trim();
    const failure = await place.jobs.failure('rerun', { dataset: 'outer', runs: [head] });
    expect(failure).toMatchObject({ kind: 'not-repeatable', parameters: { obstacle: 'not-installed' } });
  });
});
