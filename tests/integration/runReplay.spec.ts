import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommitId } from '../../src/protocol/revision';
import { useJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';
import { sha256 } from '../support/sha256';

jest.setTimeout(180_000);

describe('what was recorded', () => {
  const place = useJobs();
  let clones = 0;

  const path = (name = ''): string => place.workspace.path(join('ds', name));
  const git = async (...args: string[]): Promise<string> => (await place.workspace.git(args, path())).trim();
  const head = async (): Promise<CommitId> => (await git('rev-parse', 'HEAD')) as CommitId;
  /** Repeats the last commit with plain DataLad in a fresh clone, which has no content; the hash of a file there, and what DataLad says. */
  const replay = async (name: string, from = path()): Promise<{ hash: string; said: string[]; left: string; exit: number }> => {
    const { workspace } = place;
    const clone = join(workspace.base, `clone-${++clones}`);
    await workspace.run('datalad', ['clone', from, clone], workspace.base);
    await expect(sha256(join(clone, name))).rejects.toThrow('ENOENT');
    if (existsSync(join(clone, '.datalad/runinfo'))) {
      // Plain DataLad does not get a record that is annexed.
      await workspace.datalad(['get', '.datalad/runinfo'], clone);
    }
    const said = await workspace.records('datalad', ['-f', 'json', 'rerun'], clone);
    const [report] = await workspace.records('datalad', ['-f', 'json', 'rerun', '--report'], clone);
    const { exit } = (report as unknown as { run_info: { exit: number } }).run_info;
    return {
      hash: await sha256(join(clone, name)),
      said: said.filter(({ action }) => action === 'run').map(({ status }) => String(status)),
      left: await workspace.git(['status', '--porcelain'], clone),
      exit
    };
  };

  beforeAll(async () => {
    await place.workspace.dataset({
      annexed: { 'in.dat': 'one\ntwo\n', 'expanded.dat': 'before' },
      files: { 'code/note.txt': '' }
    });
  });

  it('by a run is replayed bit by bit by plain DataLad in a fresh clone', async () => {
    const command = 'tr a-z A-Z < {inputs} > {outputs}';
    await place.jobs.run('run', { dataset: 'ds', command, inputs: ['in.dat'], outputs: ['upper.dat'] });
    const hash = await sha256(path('upper.dat'));
    expect(await replay('upper.dat')).toEqual({ hash, said: ['ok'], left: '', exit: 0 });
  });

  it('by a run that was repeated after its input changed, too', async () => {
    const [commit, old] = [await head(), await sha256(path('upper.dat'))];
    await git('annex', 'unlock', '-q', 'in.dat');
    await place.workspace.write({ 'ds/in.dat': 'three\n' });
    await place.jobs.run('save', { dataset: 'ds', paths: ['ds'], message: 'Another input' });
    await place.jobs.run('rerun', { dataset: 'ds', commit, runs: [commit] });
    const hash = await sha256(path('upper.dat'));
    expect(hash).not.toBe(old);
    expect(await git('log', '-1', '--format=%s')).toMatch(/^\[DATALAD RUNCMD\]/u);
    expect(await replay('upper.dat')).toEqual({ hash, said: ['ok'], left: '', exit: 0 });
  });

  it('by a run that failed and was saved, too: DataLad expects it to fail in the same way', async () => {
    const task = new RecordingTask();
    const command = 'tr a-z n-za-m < {inputs} > half.dat; exit 3';
    await place.jobs.failure('run', { dataset: 'ds', command, inputs: ['in.dat'], outputs: ['half.dat'] }, task);
    await place.jobs.run('saveRun', { dataset: 'ds', run: task.id });
    const hash = await sha256(path('half.dat'));
    expect(await replay('half.dat')).toEqual({ hash, said: ['ok'], left: '', exit: 3 });
  });

  it.each([
    ['in a folder of the dataset', { workingFolder: 'ds/code', inputs: ['../in.dat'], outputs: ['../folder.dat'] }, 'folder.dat'],
    ['with the names of files', { expand: 'both', inputs: ['i*.dat'], outputs: ['exp*.dat'] }, 'expanded.dat']
  ] as const)('by a run %s, too', async (_, input, name) => {
    const { inputs, outputs, ...more } = input;
    const given = { ...more, inputs: [...inputs], outputs: [...outputs] };
    await place.jobs.run('run', { dataset: 'ds', command: 'rev < {inputs} > {outputs}', ...given });
    expect(await git('log', '-1', '--format=%b')).toContain(name === 'expanded.dat' ? '"in.dat"' : '"pwd": "code"');
    const hash = await sha256(path(name));
    expect(await replay(name)).toEqual({ hash, said: ['ok'], left: '', exit: 0 });
  });

  it('by a run in a subdataset, in a clone of that', async () => {
    const { workspace } = place;
    await workspace.datalad(['create', '-d', 'ds', 'ds/sub']);
    await workspace.write({ 'ds/sub/own.dat': 'of the subdataset\n' });
    await workspace.datalad(['save', '-d', 'ds', '-r', '-m', 'Subdataset']);
    const run = { dataset: 'ds/sub', command: 'rev < {inputs} > {outputs}', inputs: ['own.dat'], outputs: ['turned.dat'] };
    await place.jobs.run('run', run);
    const hash = await sha256(path('sub/turned.dat'));
    expect(await replay('turned.dat', path('sub'))).toEqual({ hash, said: ['ok'], left: '', exit: 0 });
    await workspace.datalad(['save', '-d', 'ds', '-m', 'Subdataset']);
  });

  describe('in a file of its own', () => {
    const verdicts = ({ results }: RecordingTask): unknown[] =>
      results.filter(({ action }) => action === 'rerun-output').map(({ path: file, ['verdict']: verdict }) => [file, verdict]);

    beforeAll(() => git('config', 'datalad.run.record-sidecar', 'true'));

    it('by a run that failed, was explicit and was saved: the file of the record comes along', async () => {
      const task = new RecordingTask();
      const input = { command: 'rev < {inputs} > {outputs}; exit 4', inputs: ['in.dat'], outputs: ['failed.dat'] };
      await place.jobs.failure('run', { dataset: 'ds', ...input, explicit: true }, task);
      await place.jobs.run('saveRun', { dataset: 'ds', run: task.id });
      expect(await git('status', '--porcelain')).toBe('');
      const names = (await git('show', '--format=', '--name-only', 'HEAD')).split('\n');
      expect(names).toEqual([expect.stringMatching(/^\.datalad\/runinfo\/[0-9a-f]{32}$/u), 'failed.dat']);
      const hash = await sha256(path('failed.dat'));
      expect(await replay('failed.dat')).toEqual({ hash, said: ['ok'], left: '', exit: 4 });
    });

    it('of more than 64 KiB: is repeated, verified, and replayed', async () => {
      const none = Array.from({ length: 300 }, (_, at) => `${'a'.repeat(230)}${at}`);
      const input = { command: 'rev < {inputs} > long.dat', inputs: ['in.dat'], outputs: ['long.dat', ...none] };
      await place.jobs.run('run', { dataset: 'ds', ...input });
      const commit = await head();
      const hash = await sha256(path('long.dat'));
      expect(await replay('long.dat')).toEqual({ hash, said: ['ok'], left: '', exit: 0 });
      const runs = [commit];
      expect(verdicts(await place.jobs.run('verifyRuns', { dataset: 'ds', commit, runs }))).toEqual([
        ['ds/long.dat', 'identical']
      ]);
      const again = verdicts(await place.jobs.run('rerun', { dataset: 'ds', commit, runs }));
      expect(again).toContainEqual(['ds/long.dat', 'identical']);
      expect(await git('status', '--porcelain')).toBe('');
    });
  });
});
