import { readFile, rm } from 'node:fs/promises';
import { contentsPath } from '../../src/protocol/paths';
import { makeNotebook } from '../support/makeNotebook';
import { useJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';
import { processesAt } from '../support/processes';
import { sha256 } from '../support/sha256';
import { until } from '../support/until';

jest.setTimeout(180_000);

const SOUND = [
  "text = open('data.csv').read()",
  "open('out [1].txt', 'w').write(text.upper())",
  "import os\nprint(sorted(name for name in globals() if not name.startswith('_')), os.environ.get('PYTHONSTARTUP'))",
  "open('/etc/hostname').read(); open('../outside.txt').read(); None"
];

describe('a notebook that is run and recorded', () => {
  const place = useJobs();
  const dataset = contentsPath('ds');
  const path = contentsPath('ds/analysis.ipynb');

  beforeAll(async () => {
    await place.workspace.dataset({
      annexed: { 'data.csv': 'a,b\n1,2\n' },
      dropped: true,
      files: {
        'analysis.ipynb': makeNotebook(SOUND),
        'fails.ipynb': makeNotebook(["open('left.txt', 'w').write('x')", 'raise ValueError("no good")', '1']),
        'dies.ipynb': makeNotebook(['import os; os._exit(9)']),
        'other.ipynb': makeNotebook(['1'], 'no-such-kernel'),
        'none.ipynb': makeNotebook(['1'], ''),
        'broken.ipynb': '{',
        'slow.ipynb': makeNotebook(['import time; time.sleep(600)'])
      }
    });
    await place.workspace.write({ 'outside.txt': 'elsewhere' });
  });

  it('tells what it read and wrote, is recorded with what was ticked, and replays bit by bit', async () => {
    const { workspace, jobs } = place;
    const ran = await jobs.run('runNotebook', { dataset, path, inputs: ['data.csv'] });
    const kept = jobs.executions.find(ran.id)?.execution;
    expect(kept).toMatchObject({ observed: true, inputs: [{ pattern: 'data.csv', from: 'given' }] });
    expect(kept?.outputs).toEqual([{ pattern: 'out [[]1].txt', from: 'changed', bytes: 8 }]);
    expect(kept?.uncovered.files).toEqual([workspace.path('outside.txt')]);
    expect(kept?.failed).toBeUndefined();
    // What quick cells tell may come at once; that each is told of is looked at where they wait for each other.
    expect(ran.progressed.at(-1)).toMatchObject({ files: SOUND.length, totalFiles: SOUND.length });
    const recorded = await jobs.run('recordNotebook', {
      dataset,
      execution: ran.id,
      message: 'Upper case',
      inputs: ['data.csv'],
      outputs: ['out [[]1].txt']
    });
    expect(recorded.results.filter(({ action }) => action === 'commit')).toHaveLength(1);
    const ds = workspace.path('ds');
    expect(await workspace.git(['status', '--porcelain'], ds)).toBe('');
    const made = await readFile(workspace.path('ds/analysis.ipynb'), 'utf8');
    // The notebook sees nothing of who looked on.
    expect(made).toContain("['In', 'Out', 'exit', 'get_ipython', 'open', 'os', 'quit', 'text'] None");
    const hashes = [await sha256(workspace.path('ds/analysis.ipynb')), await sha256(workspace.path('ds/out [1].txt'))];
    await workspace.datalad(['drop', '--reckless', 'availability', 'data.csv'], ds);
    await rm(workspace.path('ds/out [1].txt'));
    await workspace.git(['checkout', '-q', '.'], ds);
    const rerun = await workspace.records('datalad', ['-f', 'json', 'rerun'], ds);
    expect(rerun.map(({ action, status }) => `${String(action)} ${String(status)}`)).toContain('run ok');
    expect([await sha256(workspace.path('ds/analysis.ipynb')), await sha256(workspace.path('ds/out [1].txt'))]).toEqual(hashes);
    expect(await workspace.git(['log', '-1', '--format=%s'], ds)).toBe('[DATALAD RUNCMD] Upper case\n');
  });

  it('tells which of the outputs that were given it wrote, and which there are none of', async () => {
    const { jobs, workspace } = place;
    const outputs = ['out *.txt', 'left.txt', 'never.txt', 'none/*.csv'];
    const task = new RecordingTask();
    await jobs.failure('runNotebook', { dataset, path: contentsPath('ds/fails.ipynb'), outputs }, task);
    expect(jobs.executions.find(task.id)?.execution.outputs).toEqual([
      { pattern: 'out *.txt', from: 'given' },
      { pattern: 'left.txt', from: 'changed', bytes: 1 },
      { pattern: 'never.txt', from: 'given', missing: true },
      { pattern: 'none/*.csv', from: 'given', missing: true }
    ]);
    await rm(workspace.path('ds/left.txt'));
  });

  it('says which cell failed, and leaves what was written until then to be kept or discarded', async () => {
    const task = new RecordingTask();
    const failure = await place.jobs.failure('runNotebook', { dataset, path: contentsPath('ds/fails.ipynb') }, task);
    expect(failure).toMatchObject({ kind: 'cell-failed', parameters: { cell: 2 } });
    expect(failure.detail).toContain('ValueError: no good');
    const kept = place.jobs.executions.find(task.id)?.execution;
    expect(kept?.outputs.map(({ pattern }) => pattern)).toEqual(['left.txt']);
    expect(kept?.failed?.text).toMatch(/^An error occurred while executing the following cell/u);
    await rm(place.workspace.path('ds/left.txt'));
    expect(await place.workspace.git(['status', '--porcelain'], place.workspace.path('ds'))).toBe('');
    expect(
      await place.jobs.failure('recordNotebook', { dataset, execution: task.id, message: '', inputs: [], outputs: [] })
    ).toMatchObject({ kind: 'not-found' });
  });

  it('tells which file was not here where that is why a cell failed', async () => {
    const { workspace, jobs } = place;
    await workspace.datalad(['drop', '--reckless', 'availability', 'data.csv'], workspace.path('ds'));
    const task = new RecordingTask();
    expect(await jobs.failure('runNotebook', { dataset, path }, task)).toMatchObject({
      kind: 'cell-failed',
      parameters: { cell: 1 }
    });
    const absent = [{ pattern: 'data.csv', from: 'opened', here: false, bytes: 8 }];
    expect(jobs.executions.find(task.id)?.execution.failed?.absent).toEqual(absent);
    expect(await workspace.git(['status', '--porcelain'], workspace.path('ds'))).toBe('');
  });

  it('is cancelled with its kernel, and told at once that an input cannot be had', async () => {
    const task = new RecordingTask();
    const slow = place.jobs.failure('runNotebook', { dataset, path: contentsPath('ds/slow.ipynb') }, task);
    await until('its kernel', () => task.progressed.length > 0);
    task.cancel();
    expect(await slow).toMatchObject({ kind: 'cancelled' });
    await until('the end of its kernel', () => processesAt(place.workspace.base, /ipykernel/u).length === 0);
    expect(await place.jobs.failure('runNotebook', { dataset, path, inputs: ['never-there.csv'] })).toMatchObject({
      kind: 'not-found'
    });
  });

  it.each([
    ['dies.ipynb', 'kernel-died'],
    ['other.ipynb', 'no-kernel'],
    ['none.ipynb', 'no-kernel'],
    ['broken.ipynb', 'bad-notebook']
  ])('fails in plain words: %s', async (name, kind) => {
    expect(await place.jobs.failure('runNotebook', { dataset, path: contentsPath(`ds/${name}`) })).toMatchObject({ kind });
    expect(await place.workspace.git(['status', '--porcelain'], place.workspace.path('ds'))).toBe('');
  });
});
