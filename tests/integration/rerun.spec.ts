import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { type IRerunRange, type RerunPlan, sinceRun } from '../../src/protocol/rerun';
import type { CommitId } from '../../src/protocol/revision';
import { useReadingAndJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';

jest.setTimeout(180_000);

/** One record of `datalad rerun --report`. */
interface IReported {
  commit: string;
  rerun_action: string;
}

describe('a rerun', () => {
  const place = useReadingAndJobs();

  const path = (name = ''): string => place.workspace.path(join('ds', name));
  const git = async (...args: string[]): Promise<string> => (await place.workspace.git(args, path())).trim();
  const head = async (): Promise<CommitId> => (await git('rev-parse', 'HEAD')) as CommitId;
  const record = async (command: string, ...args: string[]): Promise<CommitId> => {
    await place.workspace.run('datalad', ['run', ...args, command], path());
    return await head();
  };
  const plan = async (range: IRerunRange = {}): Promise<RerunPlan> =>
    await place.reading.datasets.history.planRerun({ dataset: contentsPath('ds'), ...range }, place.reading.signal);
  const runsOf = ({ steps }: RerunPlan): CommitId[] => steps.map(({ commit }) => commit);
  /** Repeats what is planned; the verdicts by path. */
  const rerun = async (range: IRerunRange = {}): Promise<Record<string, unknown>> => {
    const task = new RecordingTask();
    await place.jobs.run('rerun', { dataset: 'ds', ...range, runs: runsOf(await plan(range)) }, task);
    const told = task.results.filter(({ action }) => action === 'rerun-output');
    return Object.fromEntries(told.map(({ path: file, ['verdict']: verdict }) => [file, verdict]));
  };
  /** A commit that looks like a run: nobody ran it. */
  const forge = async (text: string): Promise<CommitId> => {
    const lines = ['=== Do not change lines below ===', text, '^^^ Do not change lines above ^^^'];
    await git('commit', '-q', '--allow-empty', '-m', `[DATALAD RUNCMD] Forged\n\n${lines.join('\n')}\n`);
    return await head();
  };
  let first: CommitId;
  let start: CommitId;

  beforeAll(async () => {
    await place.workspace.datalad(['create', '-c', 'text2git', 'ds']);
    await place.workspace.write({ 'ds/words.txt': 'one\ntwo\n' });
    await place.workspace.datalad(['save', '-d', 'ds', '-m', 'Words']);
    start = await head();
    first = await record('wc -l < words.txt > count.txt', '-m', 'Count', '-i', 'words.txt', '-o', 'count.txt');
    await record(
      'date +%N > when.txt; head -c 2000 /dev/urandom > noise.dat',
      '-m',
      'Noise',
      '-o',
      'when.txt',
      '-o',
      'noise.dat'
    );
  });

  it('plans what DataLad would repeat, in its order, and shows the records', async () => {
    const found = await plan({ since: start });
    const reported = (await place.workspace.records(
      'datalad',
      ['-f', 'json', 'rerun', '--report', `--since=${start}`],
      path()
    )) as unknown as IReported[];
    expect(runsOf(found)).toEqual(reported.filter(({ rerun_action: action }) => action === 'run').map(({ commit }) => commit));
    expect(runsOf(await plan({ since: 'all' }))).toEqual(runsOf(found));
    expect(runsOf(await plan())).toEqual([await head()]);
    const { steps } = await plan({ commit: first });
    expect(steps).toMatchObject([{ title: 'Count', here: true, record: { state: 'read', facts: { inputs: ['words.txt'] } } }]);
    expect(steps[0]).not.toHaveProperty('obstacle');
  });

  it('plans a run and those after it, up to one of them', async () => {
    const found = runsOf(await plan({ since: 'all' }));
    expect(found).toHaveLength(2);
    expect(runsOf(await plan({ since: sinceRun(first) }))).toEqual(found);
    expect(runsOf(await plan({ since: sinceRun(first), commit: first }))).toEqual([first]);
    expect(runsOf(await plan({ since: sinceRun(await head()) }))).toEqual([await head()]);
    const root = (await git('rev-list', '--max-parents=0', 'HEAD')) as CommitId;
    expect(runsOf(await plan({ since: sinceRun(root) }))).toEqual(found);
  });

  it('tells of each file whether it is the same again', async () => {
    const before = await head();
    expect(await rerun({ commit: first })).toEqual({ 'ds/count.txt': 'identical' });
    expect(await head()).toBe(before);
    expect(await rerun({ since: sinceRun(first), commit: first })).toEqual({ 'ds/count.txt': 'identical' });
    expect(await head()).toBe(before);
    const noise = await readFile(path('noise.dat'));
    expect(await rerun({ since: sinceRun(first) })).toEqual({
      'ds/count.txt': 'identical',
      'ds/when.txt': 'changed',
      'ds/noise.dat': 'changed'
    });
    expect((await readFile(path('noise.dat'))).equals(noise)).toBe(false);
    expect(await git('status', '--porcelain')).toBe('');
    // The new commit names the run that it repeats.
    const [again] = (await plan()).steps;
    expect(again).toMatchObject({ here: true, record: { facts: { chain: [before] } } });
  });

  it('calls identical only what was written again, in git, in the annex, locked or not, here or not', async () => {
    const base = await head();
    await place.workspace.write({ 'ds/mode.txt': 'write' });
    await git('add', 'mode.txt');
    await git('commit', '-qm', 'Mode');
    const files = ['plain.txt', 'text.txt', 'locked.dat', 'open.dat', 'absent.dat', 'undeclared.dat'];
    const write = 'for f in $list; do head -c 2000 /dev/zero > $f; done';
    const command = `case $(cat mode.txt) in write) list="${files.join(' ')}";; some) list="text.txt locked.dat";; esac; ${write}`;
    const outputs = files.filter(name => name !== 'undeclared.dat').flatMap(name => ['-o', name]);
    const made = await record(command, '-m', 'Make', ...outputs);
    await place.workspace.run('git', ['annex', 'unlock', 'open.dat'], path());
    await git('commit', '-qm', 'Unlocked');
    await record('cat plain.txt > after.txt', '-o', 'after.txt');
    const all = (verdict: (name: string) => string): Record<string, string> =>
      Object.fromEntries(files.map(name => [`ds/${name}`, verdict(name)]));
    expect(await rerun({ commit: made })).toEqual(all(() => 'identical'));
    for (const [mode, written] of [
      ['none', []],
      ['some', ['text.txt', 'locked.dat']]
    ] as const) {
      await place.workspace.write({ 'ds/mode.txt': mode });
      await git('commit', '-qam', mode);
      const again = await rerun({ commit: made });
      expect(again).toEqual(all(name => ((written as readonly string[]).includes(name) ? 'identical' : 'untouched')));
      // Also where another run is repeated after it.
      expect(await rerun({ since: sinceRun(made) })).toEqual({ ...again, 'ds/after.txt': 'identical' });
    }
    expect(await git('status', '--porcelain')).toBe('');
    await place.workspace.run('git', ['annex', 'drop', '--force', 'absent.dat'], path());
    // DataLad removes what it cannot unlock, so that a command which does not write it leaves nothing.
    expect(await rerun({ commit: made })).toMatchObject({ 'ds/absent.dat': 'missing', 'ds/plain.txt': 'untouched' });
    await git('reset', '-q', '--hard', base);
  });

  it('calls a subdataset untouched in no case: its folder does not tell what was written in it', async () => {
    const base = await head();
    await place.workspace.datalad(['create', '-d', 'ds', '-c', 'text2git', 'ds/sub']);
    await place.workspace.write({ 'ds/sub/made.txt': 'before\n' });
    await place.workspace.datalad(['save', '-d', 'ds', '-r', '-m', 'Sub']);
    const made = await record('echo made > sub/made.txt');
    expect(await rerun({ commit: made })).toEqual({ 'ds/sub': 'identical' });
    await place.workspace.datalad(['remove', '-d', 'ds', '--reckless', 'kill', 'ds/sub']);
    await git('reset', '-q', '--hard', base);
  });

  it('tells what would be got: inputs that are not here, but nothing that a run before makes', async () => {
    const base = await head();
    await place.workspace.run('sh', ['-c', 'head -c 5000 /dev/zero > big.dat; git annex add -q big.dat'], path());
    await git('commit', '-qm', 'Big');
    const one = await record('tail -c 3000 {inputs} > part.dat', '-i', 'big.dat', '-o', 'part.dat');
    await record('cat {inputs} > again.dat', '-i', 'part.dat', '-o', 'again.dat');
    expect((await plan()).gets).toMatchObject({ files: 0, bytes: 0, unsized: 0 });
    await place.workspace.run('git', ['annex', 'drop', '-q', '--force', 'big.dat', 'part.dat', 'again.dat'], path());
    expect((await plan({ since: sinceRun(one) })).gets).toMatchObject({ files: 1, bytes: 5000, unsized: 0 });
    expect((await plan()).gets).toMatchObject({ files: 1, bytes: 3000 });
    await git('reset', '-q', '--hard', base);
  });

  it('tells what is other after inputs changed, and what fails now', async () => {
    await place.workspace.write({ 'ds/words.txt': 'one\ntwo\nthree\n' });
    await git('commit', '-qam', 'More words');
    expect(await rerun({ commit: first })).toEqual({ 'ds/count.txt': 'changed' });
    expect(await readFile(path('count.txt'), 'utf8')).toBe('3\n');
    const needs = await record('echo tried >> tried.txt; cp words.txt copy.txt', '-o', 'copy.txt');
    await git('rm', '-q', 'words.txt');
    await git('commit', '-qm', 'No words');
    const now = await head();
    const task = new RecordingTask();
    const failure = await place.jobs.failure('rerun', { dataset: 'ds', commit: needs, runs: [needs] }, task);
    expect(failure).toMatchObject({ kind: 'command-failed', parameters: { code: 1, kept: 'yes' } });
    expect(failure.detail).toContain('words.txt');
    expect(task.results.filter(({ action }) => action === 'rerun-output')).toMatchObject([
      { path: 'ds/copy.txt', verdict: 'failed', from: needs },
      { path: 'ds/tried.txt', verdict: 'failed', from: needs }
    ]);
    expect(await head()).toBe(now);
    // What it changed can be saved all the same: its record is one that DataLad repeats.
    await place.jobs.run('saveRun', { dataset: 'ds', run: task.id });
    expect(await git('status', '--porcelain')).toBe('');
    const [saved] = (await plan()).steps;
    expect(saved).toMatchObject({ record: { facts: { outputs: ['copy.txt'], chain: [needs], exit: 1 } } });
    const reported = await place.workspace.records('datalad', ['-f', 'json', 'rerun', '--report'], path());
    expect(reported).toMatchObject([{ commit: saved?.commit, rerun_action: 'run' }]);
    await git('reset', '-q', '--hard', now);
  });

  it('repeats only what was shown, and nothing that leads out of the dataset', async () => {
    await place.workspace.run('mkdir', ['-p', 'ds/deep'], place.workspace.root);
    await symlink('/', path('deep/machine'));
    await git('add', '-A');
    await git('commit', '-qm', 'A link');
    const id = await git('config', '-f', '.datalad/config', 'datalad.dataset.id');
    const base = { cmd: 'touch ran', dsid: id, inputs: [], outputs: [], pwd: '.', exit: 0, chain: [] };
    const forged: [unknown, string | undefined][] = [
      [base, undefined],
      [{ ...base, pwd: '../..' }, 'outside'],
      [{ ...base, inputs: ['../../secret'] }, 'outside'],
      [{ ...base, outputs: ['/etc/*'] }, 'outside'],
      [{ ...base, inputs: ['deep/**'] }, 'links'],
      [{ ...base, inputs: ['*/machine/etc/passwd'] }, 'links'],
      [{ ...base, outputs: ['deep/machine/tmp/x'] }, 'links'],
      [{ ...base, dsid: '00000000-0000-0000-0000-000000000000' }, 'elsewhere'],
      ['{not json', 'unreadable'],
      ['../../../etc/passwd', 'unreadable']
    ];
    for (const [content, obstacle] of forged) {
      const text = typeof content === 'string' && content.startsWith('{') ? content : JSON.stringify(content);
      const commit = await forge(text);
      const { steps } = await plan({ commit });
      expect([text, steps.map(step => step.obstacle)]).toEqual([text, [obstacle]]);
      if (obstacle !== undefined) {
        const failure = await place.jobs.failure('rerun', { dataset: 'ds', commit, runs: [commit] });
        expect(failure).toMatchObject({ kind: 'not-repeatable', parameters: { obstacle } });
      }
    }
    expect((await place.jobs.failure('rerun', { dataset: 'ds', commit: first, runs: [start] })).kind).toBe('changed-since');
    expect(await git('status', '--porcelain', '--ignored')).toBe('');
  });

  it('knows the runs of others', async () => {
    await place.workspace.git(['clone', '-q', path(), place.workspace.path('theirs')], place.workspace.root);
    const { steps } = await place.reading.datasets.history.planRerun(
      { dataset: contentsPath('theirs'), commit: first },
      place.reading.signal
    );
    expect(steps).toMatchObject([{ commit: first, here: false }]);
  });
});
