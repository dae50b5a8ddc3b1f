import { appendFile, readFile } from 'node:fs/promises';
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
