import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { contentsPath } from '../../src/protocol/paths';
import { everythingIn } from '../support/everything';
import { JobBench } from '../support/jobBench';
import { makeNotebook } from '../support/makeNotebook';
import { usePlace } from '../support/place';
import { RecordingTask } from '../support/recordingTask';
import { UndoBench } from '../support/undoBench';

jest.setTimeout(90_000);

const dataset = contentsPath('ds');

describe('the undo of a run', () => {
  const place = usePlace(workspace => {
    const jobs = new JobBench(workspace);
    return { jobs, bench: new UndoBench(jobs, workspace) };
  });
  let path: string;
  const git = async (...args: string[]) => (await place.workspace.git(args, path)).trim();

  beforeAll(async () => {
    const { workspace } = place;
    path = workspace.path('ds');
    await workspace.datalad(['create', 'ds']);
    await workspace.datalad(['create', '-d', 'ds', 'ds/sub']);
    await workspace.write({ 'ds/old.dat': 'as it was', 'ds/sub/old.dat': 'as it was below', 'ds/gone.dat': 'to be deleted' });
    await workspace.datalad(['save', '-d', 'ds', '-r', '-m', 'Files']);
  });

  it('brings all files to be as they were, in subdatasets too, says so before, and keeps what was made', async () => {
    const before = await everythingIn(path);
    await place.bench.run('run', {
      dataset,
      command: 'echo 2 > old.dat; echo 2 > sub/old.dat; echo new > new.dat; rm gone.dat',
      message: 'Make',
      outputs: ['*.dat', 'sub/*.dat']
    });
    const made = await everythingIn(path);
    const [commit, below] = [await git('rev-parse', 'HEAD'), await git('-C', 'sub', 'rev-parse', 'HEAD')];
    const { plan } = await place.bench.plan('ds');
    expect(plan).toMatchObject({
      kind: 'run',
      action: { operation: 'undoSave', input: { by: 'revert' } },
      saves: [{ dataset: 'ds/sub' }, { dataset: 'ds', subject: '[DATALAD RUNCMD] Make' }]
    });
    expect([...new Set(plan?.names)].sort()).toEqual(['gone.dat', 'new.dat', 'old.dat', 'sub']);
    await place.bench.run('undoSave', { ...plan?.action.input });
    const after = await everythingIn(path);
    expect(after.work).toEqual(before.work);
    expect(after.annexed).toEqual(made.annexed);
    expect([await git('rev-parse', 'HEAD~1'), await git('-C', 'sub', 'rev-parse', 'HEAD~1')]).toEqual([commit, below]);
    expect(await git('status', '--porcelain')).toBe('');
    expect((await place.bench.plan('ds')).plan).toBeNull();
    await place.jobs.run('restore', { dataset, paths: [contentsPath('ds/new.dat')], commit } as never);
    expect(await readFile(`${path}/new.dat`, 'utf8')).toBe('new\n');
    await git('reset', '-q', '--hard');
  });

  it('takes a repeated run back, and none whose files have changed since', async () => {
    await place.bench.run('run', { dataset, command: 'date +%N > time.dat', outputs: ['time.dat'] });
    const run = await git('rev-parse', 'HEAD');
    const first = await readFile(`${path}/time.dat`, 'utf8');
    await place.bench.run('rerun', { dataset, commit: run, runs: [run] });
    const { plan } = await place.bench.plan('ds');
    expect(plan).toMatchObject({ kind: 'run', names: ['time.dat'] });
    await place.workspace.annex(['unlock', '-q', 'time.dat'], path);
    await appendFile(`${path}/time.dat`, 'edited');
    expect((await place.bench.plan('ds', plan?.job)).failure).toMatchObject({ kind: 'not-undoable' });
    expect((await place.jobs.failure('undoSave', { ...plan?.action.input } as never)).kind).toBe('not-undoable');
    expect(await readFile(`${path}/time.dat`, 'utf8')).toMatch(/edited$/u);
    await git('reset', '-q', '--hard');
    await place.bench.run('undoSave', { ...plan?.action.input });
    expect(await readFile(`${path}/time.dat`, 'utf8')).toBe(first);
    expect(await git('status', '--porcelain')).toBe('');
  });

  it('of one that failed and was saved all the same, brings back what it changed, below as well', async () => {
    const before = await everythingIn(path);
    const command = 'echo half > half.dat; echo 3 > old.dat; echo 3 > sub/old.dat; exit 3';
    const task = new RecordingTask();
    const failure = await place.jobs.failure('run', { dataset, command, outputs: ['old.dat', 'sub/old.dat'] }, task);
    expect(failure).toMatchObject({ kind: 'command-failed', parameters: { code: 3, kept: 'yes' } });
    await place.bench.run('saveRun', { dataset, run: task.id });
    const made = await everythingIn(path);
    const commit = await git('rev-parse', 'HEAD');
    expect(await git('status', '--porcelain')).toBe('');
    const { plan } = await place.bench.plan('ds');
    expect(plan).toMatchObject({
      kind: 'run',
      action: { input: { by: 'revert' } },
      saves: [{ dataset: 'ds/sub' }, { dataset: 'ds' }]
    });
    expect([...new Set(plan?.names)].sort()).toEqual(['half.dat', 'old.dat', 'sub']);
    await place.bench.run('undoSave', { ...plan?.action.input });
    const after = await everythingIn(path);
    expect(after.work).toEqual(before.work);
    expect(after.annexed).toEqual(made.annexed);
    expect(await git('rev-parse', 'HEAD~1')).toBe(commit);
    expect([await git('status', '--porcelain'), await git('-C', 'sub', 'status', '--porcelain')]).toEqual(['', '']);
  });

  it('of a notebook that was recorded, brings back the notebook without its outputs, and what it wrote', async () => {
    await place.workspace.write({
      'ds/note.ipynb': makeNotebook([
        "open('old.dat', 'w').write('by the notebook')",
        "open('note.dat', 'w').write('x')",
        '6 * 7'
      ])
    });
    await place.workspace.datalad(['save', '-d', 'ds', '-m', 'A notebook']);
    const before = await everythingIn(path);
    const ran = await place.jobs.run('runNotebook', { dataset, path: contentsPath('ds/note.ipynb'), outputs: ['old.dat'] });
    await place.bench.run('recordNotebook', {
      dataset,
      execution: ran.id,
      message: 'By a notebook',
      inputs: [],
      outputs: ['old.dat', 'note.dat']
    });
    const made = await everythingIn(path);
    expect(made.work).not.toEqual(before.work);
    expect(await git('status', '--porcelain')).toBe('');
    const { plan } = await place.bench.plan('ds');
    expect(plan).toMatchObject({ kind: 'run', saves: [{ dataset: 'ds', subject: '[DATALAD RUNCMD] By a notebook' }] });
    expect([...(plan?.names ?? [])].sort()).toEqual(['note.dat', 'note.ipynb', 'old.dat']);
    await place.bench.run('undoSave', { ...plan?.action.input });
    const after = await everythingIn(path);
    expect(after.work).toEqual(before.work);
    expect(after.annexed).toEqual(made.annexed);
    expect([await git('status', '--porcelain'), await git('log', '-2', '--format=%s')]).toEqual([
      '',
      'Revert "[DATALAD RUNCMD] By a notebook"\n[DATALAD RUNCMD] By a notebook'
    ]);
  });
});

describe('the undo of several runs that were repeated at once', () => {
  const place = usePlace(workspace => {
    const jobs = new JobBench(workspace);
    return { jobs, bench: new UndoBench(jobs, workspace) };
  });
  const path = (): string => place.workspace.path('ds');
  const git = async (...args: string[]): Promise<string> => (await place.workspace.git(args, path())).trim();
  const refs = async (): Promise<string[]> => [await git('rev-parse', 'HEAD'), await git('-C', 'sub', 'rev-parse', 'HEAD')];
  let start: string;
  let runs: string[];

  beforeAll(async () => {
    const { workspace } = place;
    await workspace.datalad(['create', 'ds']);
    await workspace.datalad(['create', '-d', 'ds', 'ds/sub']);
    await workspace.write({ 'ds/gone.dat': 'to be deleted', 'ds/mine.txt': 'mine' });
    // In Git, to be edited.
    await git('add', 'mine.txt');
    await workspace.datalad(['save', '-d', 'ds', '-r', '-m', 'Files']);
    start = await git('rev-parse', 'HEAD');
    const record = (message: string, command: string, ...outputs: string[]): Promise<unknown> =>
      workspace.run('datalad', ['run', '-m', message, ...outputs.flatMap(output => ['-o', output]), command], path());
    await record('First', 'date +%N > one.dat; date +%N > sub/below.dat', 'one.dat', 'sub/below.dat');
    await record('Second', 'date +%N | cat one.dat - > two.dat; rm -f gone.dat', 'two.dat');
    await record('Third', 'test ! -e stop && date +%N > three.dat && date +%N > sub/below.dat', 'three.dat', 'sub/below.dat');
    runs = (await git('rev-list', '--reverse', `${start}..HEAD`)).split('\n');
    await git('checkout', '-q', start, '--', 'gone.dat');
    await git('commit', '-qm', 'Not gone');
    // A sibling has them.
    await workspace.git(['clone', '-q', '--bare', path(), workspace.path('bare')]);
    await git('remote', 'add', 'origin', workspace.path('bare'));
  });

  it('names each, brings all files to be as they were before the first by one save, and keeps what was made', async () => {
    const [before, heads] = [await everythingIn(path()), await refs()];
    await place.bench.run('rerun', { dataset, commit: runs.at(-1), since: start, runs });
    await git('push', '-q', 'origin', 'HEAD');
    await place.workspace.write({ 'ds/mine.txt': 'edited, and not saved' });
    const mine = await everythingIn(path());
    const made = await refs();
    expect(await git('rev-list', '--count', `${heads[0] ?? ''}..HEAD`)).toBe('3');
    const { plan } = await place.bench.plan('ds');
    expect(plan).toMatchObject({ kind: 'run', action: { operation: 'undoSave', input: { by: 'revert' } } });
    expect(plan?.saves.map(save => `${save.dataset} ${save.subject}`)).toEqual([
      'ds/sub [DATALAD RUNCMD] Third',
      'ds/sub [DATALAD RUNCMD] First',
      'ds [DATALAD RUNCMD] Third',
      'ds [DATALAD RUNCMD] Second',
      'ds [DATALAD RUNCMD] First'
    ]);
    expect([...new Set(plan?.names)].sort()).toEqual(['below.dat', 'gone.dat', 'one.dat', 'sub', 'three.dat', 'two.dat']);
    await place.bench.run('undoSave', { ...plan?.action.input });
    const after = await everythingIn(path());
    expect({ ...after.work, 'mine.txt': '' }).toEqual({ ...before.work, 'mine.txt': '' });
    expect(after.work['mine.txt']).toBe(mine.work['mine.txt']);
    expect(after.annexed).toEqual(mine.annexed);
    expect([await git('rev-parse', 'HEAD~1'), await git('-C', 'sub', 'rev-parse', 'HEAD~1')]).toEqual(made);
    expect(await git('log', '-1', '--format=%B')).toMatch(
      /^Revert 3 recorded runs\n\nThis reverts commits\n[0-9a-f]{40} \[DATALAD RUNCMD\] Third\n/u
    );
    expect(await git('status', '--porcelain')).toBe('M mine.txt');
    await git('checkout', '-q', 'mine.txt');
    // The new save is no run to DataLad, though it names some.
    const rerun = place.workspace.run('datalad', ['rerun', '--report', `--since=${made[0] ?? ''}`], path());
    await expect(rerun).rejects.toThrow(/No run commits found/u);
  });

  it('minds no file that was only touched since', async () => {
    const before = await everythingIn(path());
    await place.bench.run('rerun', { dataset, commit: runs.at(-1), since: start, runs });
    const { plan } = await place.bench.plan('ds');
    await place.workspace.run('touch', ['--no-dereference', 'one.dat', 'sub/below.dat', 'three.dat'], path());
    await place.bench.run('undoSave', { ...plan?.action.input });
    expect((await everythingIn(path())).work).toEqual(before.work);
    expect([await git('status', '--porcelain'), await git('-C', 'sub', 'status', '--porcelain')]).toEqual(['', '']);
  });

  it('takes nothing back where one of the saves cannot be made, and what a file holds since is in no danger', async () => {
    await place.bench.run('rerun', { dataset, commit: runs.at(-1), since: start, runs });
    const { plan } = await place.bench.plan('ds');
    const [before, heads] = [await everythingIn(path()), await refs()];
    const hook = place.workspace.path('ds/.git/hooks/commit-msg');
    await writeFile(hook, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    await place.jobs.failure('undoSave', { ...plan?.action.input } as never);
    await rm(hook);
    expect([await everythingIn(path()), await refs(), await git('status', '--porcelain')]).toEqual([before, heads, '']);
    // Git ignores it, and would write over it.
    await appendFile(`${path()}/.git/info/exclude`, 'gone.dat\n');
    await place.workspace.write({ 'ds/gone.dat': 'mine now' });
    const again = await place.bench.plan('ds', plan?.job);
    expect(again.failure?.message).toMatch(/gone\.dat changed since/u);
    await rm(`${path()}/gone.dat`);
    await place.bench.run('undoSave', { ...plan?.action.input });
    expect(await git('status', '--porcelain')).toBe('');
  });

  it('takes back those that were saved before one that failed, and none where another commit came in between', async () => {
    await place.workspace.write({ 'ds/stop': 'to fail' });
    await place.workspace.datalad(['save', '-d', 'ds', '-m', 'Stop']);
    const before = await everythingIn(path());
    expect(await place.bench.failure('rerun', { dataset, commit: runs.at(-1), since: start, runs })).toMatchObject({
      kind: 'command-failed'
    });
    // The one that failed left outputs unlocked, of which one was written by the first.
    const job = place.bench.jobs[0]?.id;
    expect((await place.bench.plan('ds', job)).failure?.message).toMatch(/other changes are staged/u);
    await place.jobs.run('discard', { dataset: 'ds/sub', paths: ['ds/sub'] });
    await place.jobs.run('discard', { dataset, paths: [dataset] });
    const { plan } = await place.bench.plan('ds', job);
    expect(plan?.saves.filter(save => save.dataset === 'ds').map(({ subject }) => subject)).toEqual([
      '[DATALAD RUNCMD] Second',
      '[DATALAD RUNCMD] First'
    ]);
    await place.bench.run('undoSave', { ...plan?.action.input });
    expect((await everythingIn(path())).work).toEqual(before.work);
    const command = 'echo own > own.txt; git add own.txt; git commit -qm Own; echo more > more.dat';
    await place.bench.run('run', { dataset, command });
    const run = place.bench.jobs[0]?.id ?? '';
    expect((await place.bench.plan('ds', run)).failure).toMatchObject({
      kind: 'not-undoable',
      message: 'Another program, or the command itself, committed at the same time.'
    });
  });
});
