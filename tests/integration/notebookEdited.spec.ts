import { existsSync } from 'node:fs';
import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
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

  /** Starts to execute it, writes to it in the middle, and lets it end. */
  async function editWhile(notebook: string, edit: () => Promise<void>): Promise<{ task: RecordingTask; failure: unknown }> {
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
    const state = join(
      workspace.env['XDG_STATE_HOME'] ?? join(workspace.env['HOME'] ?? '', '.local/state'),
      'jupyterlab-datalad'
    );
    const made = join(state, 'executions', `${task.id}.made`);
    expect(existsSync(made)).toBe(true);
    await writeFile(ds('sub/plain.ipynb'), text);
    await writeFile(go, '');
    await running;
    expect(existsSync(made)).toBe(false);
    expect(await readFile(ds('sub/plain.ipynb'), 'utf8')).toContain('42\\n');
    expect((await stat(ds('sub/plain.ipynb'))).mode & 0o777).toBe(0o640);
  });

  it('leaves, where it is cancelled, only what its cells wrote to be discarded', async () => {
    const { workspace, jobs } = place;
    await workspace.git(['clean', '-q', '-f', '-d'], ds(''));
    await workspace.git(['checkout', '-q', '.'], ds(''));
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

  it('is not recorded with what somebody wrote to an output in between, also where a pattern names that', async () => {
    const { workspace, jobs } = place;
    await workspace.git(['checkout', '-q', '.'], ds(''));
    await writeFile(go, '');
    const { id: execution } = await jobs.run('runNotebook', { dataset, path: contentsPath('ds/sub/plain.ipynb') });
    await writeFile(ds('sub/first.txt'), 'mine');
    const record = { dataset, execution, message: 'Made', inputs: [], outputs: ['sub/f*.txt'] };
    expect(await jobs.failure('recordNotebook', record)).toMatchObject({
      kind: 'changed-since',
      parameters: { path: 'sub/first.txt' }
    });
  });
});
