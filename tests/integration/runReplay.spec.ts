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
  const replay = async (name: string): Promise<{ hash: string; said: string[]; left: string; exit: number }> => {
    const { workspace } = place;
    const clone = join(workspace.base, `clone-${++clones}`);
    await workspace.run('datalad', ['clone', path(), clone], workspace.base);
    await expect(sha256(join(clone, name))).rejects.toThrow('ENOENT');
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
    await place.workspace.dataset({ annexed: { 'in.dat': 'one\ntwo\n' } });
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
});
