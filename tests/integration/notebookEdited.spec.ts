import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { Matches } from '../../src/server/dataset/runs/matches';
import { executionsFolder, keptFolder } from '../../src/server/operations/notebooks/places';
import { makeNotebook } from '../support/makeNotebook';
import { useJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';
import { until } from '../support/until';

jest.setTimeout(120_000);

describe('a notebook that is saved in an editor while it is executed', () => {
  const place = useJobs();
  const dataset = contentsPath('ds');
  let go: string;
  let edited: string;

  beforeAll(async () => {
    const { workspace } = place;
    go = join(workspace.base, 'go');
    const waits = `import os, time\nwhile not os.path.exists(${JSON.stringify(go)}): time.sleep(0.02)`;
    const cells = ["open('first.txt', 'w').write('1')", waits, 'print(6 * 7)'];
    edited = makeNotebook([...cells, '# an afternoon of work']);
    await workspace.dataset({
      files: { 'sub/plain.ipynb': makeNotebook(cells) },
      annexed: { 'annexed.ipynb': makeNotebook(cells) }
    });
  });

  const ds = (name: string): string => place.workspace.path(`ds/${name}`);

  /** Takes back all that is not saved. */
  async function asSaved(): Promise<void> {
    await place.workspace.git(['reset', '-q', '--hard'], ds(''));
    await place.workspace.git(['clean', '-q', '-f', '-d'], ds(''));
  }

  /** Starts to execute it, writes to it in the middle, and lets it end. */
  async function editWhile(notebook: string, edit: () => Promise<unknown>): Promise<{ task: RecordingTask; failure: unknown }> {
    await rm(go, { force: true });
    const task = new RecordingTask();
    const running = place.jobs.failure('runNotebook', { dataset, path: contentsPath(`ds/${notebook}`) }, task);
    await until('its second cell', () => task.progressed.some(({ files }) => files === 1));
    await edit();
    await writeFile(go, '');
    return { task, failure: await running };
  }

  it.each(['sub/plain.ipynb', 'annexed.ipynb'])('stays as it was saved, with what was executed beside it: %s', async notebook => {
    const [stem] = notebook.split('.');
    const { task, failure } = await editWhile(notebook, () => writeFile(ds(notebook), edited));
    const aside = `${stem}.executed.ipynb`;
    expect(failure).toMatchObject({ kind: 'edited-meanwhile', parameters: { path: notebook, aside } });
    expect(await readFile(ds(notebook), 'utf8')).toBe(edited);
    expect(await readFile(ds(aside), 'utf8')).toContain('42\\n');
    const kept = place.jobs.executions.find(task.id)?.execution;
    expect(kept?.failed).toEqual({ text: '', absent: [], aside });
    // It can be discarded with all else that the execution wrote; the notebook cannot.
    expect(kept?.outputs.map(({ pattern }) => pattern)).toEqual(
      [aside, notebook.includes('/') ? 'sub/first.txt' : 'first.txt'].sort()
    );
    expect([...place.jobs.runs.find(task.id, place.jobs.boundary.resolve(dataset)).own.keys()].sort()).toEqual(
      kept?.outputs.map(({ pattern }) => pattern)
    );
    const record = { dataset, execution: task.id, message: '', inputs: [], outputs: [] };
    expect(await place.jobs.failure('recordNotebook', record)).toMatchObject({ kind: 'not-found' });
    const unsaved = await place.jobs.failure('runNotebook', { dataset, path: contentsPath(`ds/${notebook}`) });
    expect(unsaved).toMatchObject({ kind: 'unsaved-changes' });
  });

  it('writes over nothing that lies beside it, and brings back nothing that was deleted', async () => {
    const { workspace } = place;
    await workspace.git(['checkout', '-q', 'sub/plain.ipynb'], ds(''));
    const first = await readFile(ds('sub/plain.executed.ipynb'), 'utf8');
    const { failure } = await editWhile('sub/plain.ipynb', () => rm(ds('sub/plain.ipynb')));
    expect(failure).toMatchObject({ kind: 'edited-meanwhile', parameters: { aside: 'sub/plain.executed-2.ipynb' } });
    expect(existsSync(ds('sub/plain.ipynb'))).toBe(false);
    expect(await readFile(ds('sub/plain.executed.ipynb'), 'utf8')).toBe(first);
    expect(await readFile(ds('sub/plain.executed-2.ipynb'), 'utf8')).toContain('42\\n');
  });

  it('is replaced where it was only touched, and keeps who may read it', async () => {
    const { workspace } = place;
    await workspace.git(['checkout', '-q', 'sub/plain.ipynb'], ds(''));
    const text = await readFile(ds('sub/plain.ipynb'));
    await chmod(ds('sub/plain.ipynb'), 0o640);
    await rm(go, { force: true });
    const task = new RecordingTask();
    const running = place.jobs.run('runNotebook', { dataset, path: contentsPath('ds/sub/plain.ipynb') }, task);
    await until('its second cell', () => task.progressed.some(({ files }) => files === 1));
    expect(await readdir(executionsFolder(workspace.env))).toHaveLength(1);
    await writeFile(ds('sub/plain.ipynb'), text);
    await writeFile(go, '');
    await running;
    expect(await readdir(executionsFolder(workspace.env))).toEqual([]);
    expect(await readFile(ds('sub/plain.ipynb'), 'utf8')).toContain('42\\n');
    expect((await stat(ds('sub/plain.ipynb'))).mode & 0o777).toBe(0o640);
  });

  it('is put aside, too, where its name leaves no room for a longer one', async () => {
    const { workspace } = place;
    await asSaved();
    const notebook = `${'n'.repeat(240)}.ipynb`;
    await workspace.git(['mv', 'sub/plain.ipynb', notebook], ds(''));
    await workspace.git(['commit', '-q', '-m', 'long'], ds(''));
    const edit = await editWhile(notebook, () => writeFile(ds(notebook), edited));
    const aside = `${'n'.repeat(240)}.executed.ipynb`;
    expect(edit.failure).toMatchObject({ kind: 'edited-meanwhile', parameters: { path: notebook, aside } });
    expect(await readFile(ds(aside), 'utf8')).toContain('42\\n');
    await workspace.git(['checkout', '-q', notebook], ds(''));
    await workspace.git(['mv', notebook, `${'n'.repeat(249)}.ipynb`], ds(''));
    await workspace.git(['commit', '-q', '-m', 'longest'], ds(''));
    await place.jobs.run('runNotebook', { dataset, path: contentsPath(`ds/${'n'.repeat(249)}.ipynb`) });
    expect(await readFile(ds(`${'n'.repeat(249)}.ipynb`), 'utf8')).toContain('42\\n');
    await workspace.git(['reset', '-q', '--hard', 'HEAD~2'], ds(''));
  });

  it('leaves the content of a key alone where it was locked again, or is a link to one that is locked', async () => {
    const { workspace, jobs } = place;
    await asSaved();
    const content = await readFile(ds('annexed.ipynb'));
    const { failure } = await editWhile('annexed.ipynb', () => workspace.annex(['lock', 'annexed.ipynb'], ds('')));
    expect(failure).toMatchObject({ kind: 'edited-meanwhile', parameters: { aside: 'annexed.executed.ipynb' } });
    expect(await readFile(ds('annexed.executed.ipynb'), 'utf8')).toContain('42\\n');
    expect(await readFile(ds('annexed.ipynb'))).toEqual(content);
    await symlink('annexed.ipynb', ds('link.ipynb'));
    await workspace.git(['add', 'link.ipynb'], ds(''));
    await workspace.git(['commit', '-q', '-m', 'link'], ds(''));
    const linked = await jobs.failure('runNotebook', { dataset, path: contentsPath('ds/link.ipynb') });
    expect(linked).toMatchObject({ kind: 'bad-notebook', parameters: { path: 'link.ipynb' } });
    expect(await readFile(ds('annexed.ipynb'))).toEqual(content);
  });

  it('is kept elsewhere where it can be written neither to its place nor beside it', async () => {
    const { workspace, jobs } = place;
    await asSaved();
    const { task, failure } = await editWhile('sub/plain.ipynb', () => rename(ds('sub'), ds('gone')));
    const kept = join(keptFolder(workspace.env), task.id, 'plain.ipynb');
    expect(failure).toMatchObject({ kind: 'kept-elsewhere', parameters: { path: 'sub/plain.ipynb', place: kept } });
    expect(await readFile(kept, 'utf8')).toContain('42\\n');
    expect(jobs.executions.find(task.id)?.execution.failed).toEqual({ text: '', absent: [], kept });
    expect(await readdir(executionsFolder(workspace.env))).toEqual([]);
    await asSaved();
    const whole = await editWhile('sub/plain.ipynb', () => rename(ds(''), ds('../away')));
    expect(whole.failure).toMatchObject({ kind: 'kept-elsewhere' });
    expect(await readFile(join(keptFolder(workspace.env), whole.task.id, 'plain.ipynb'), 'utf8')).toContain('42\\n');
    await rename(ds('../away'), ds(''));
  });

  it('is among what can be discarded once it was replaced, whatever fails then', async () => {
    const { jobs } = place;
    await asSaved();
    await writeFile(go, '');
    jest.spyOn(jobs.executions, 'note').mockImplementationOnce(() => {
      throw new Error('no more');
    });
    const task = new RecordingTask();
    await expect(jobs.run('runNotebook', { dataset, path: contentsPath('ds/sub/plain.ipynb') }, task)).rejects.toThrow('no more');
    const left = jobs.runs.find(task.id, jobs.boundary.resolve(dataset));
    expect([...left.own.keys()].sort()).toEqual(['sub/first.txt', 'sub/plain.ipynb']);
  });

  it('leaves, where it is cancelled, only what its cells wrote to be discarded', async () => {
    const { jobs } = place;
    await asSaved();
    await writeFile(ds('mine.txt'), 'new before');
    await rm(go, { force: true });
    const task = new RecordingTask();
    const running = jobs.failure('runNotebook', { dataset, path: contentsPath('ds/sub/plain.ipynb') }, task);
    await until('its second cell', () => task.progressed.some(({ files }) => files === 1));
    await writeFile(ds('sub/plain.ipynb'), edited);
    task.cancel();
    expect(await running).toMatchObject({ kind: 'cancelled' });
    const left = jobs.runs.find(task.id, jobs.boundary.resolve(dataset));
    expect([[...left.own.keys()], [...left.both]]).toEqual([['sub/first.txt'], []]);
    expect(await readFile(ds('sub/plain.ipynb'), 'utf8')).toBe(edited);
  });

  it('is not recorded where somebody changed or deleted an output in between, also where only a pattern names that', async () => {
    const { jobs } = place;
    await asSaved();
    await writeFile(go, '');
    const { id: execution } = await jobs.run('runNotebook', { dataset, path: contentsPath('ds/sub/plain.ipynb') });
    const refused = async (pattern: string): Promise<unknown> =>
      await jobs.failure('recordNotebook', { dataset, execution, message: 'Made', inputs: [], outputs: [pattern] });
    jest.spyOn(Matches.prototype, 'truncated', 'get').mockReturnValue(true);
    expect(await refused('sub/f*.txt')).toMatchObject({ kind: 'changed-since', hint: 'Name them by narrower patterns.' });
    jest.restoreAllMocks();
    const named = { kind: 'changed-since', parameters: { path: 'sub/first.txt' } };
    await rm(ds('sub/first.txt'));
    for (const pattern of ['sub/first.txt', 'sub/f*.txt', './**/*.txt']) {
      expect(await refused(pattern)).toMatchObject(named);
    }
    await writeFile(ds('sub/first.txt'), 'mine');
    expect(await refused('sub/f*.txt')).toMatchObject(named);
  });
});
