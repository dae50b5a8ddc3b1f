import { appendFile, readFile } from 'node:fs/promises';
import { contentsPath } from '../../src/protocol/paths';
import { everythingIn } from '../support/everything';
import { JobBench } from '../support/jobBench';
import { usePlace } from '../support/place';
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
});
