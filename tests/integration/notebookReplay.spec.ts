import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INotebookContent } from '@jupyterlab/nbformat';
import { cutStep } from '../../src/plugins/notebooks/step';
import { type ContentsPath, contentsPath } from '../../src/protocol/paths';
import { planNotebook } from '../../src/server/operations/notebooks/planNotebook';
import { PathBoundary } from '../../src/server/paths';
import { makeNotebook } from '../support/makeNotebook';
import { useJobs } from '../support/place';
import { installBashKernel, plainEnvironment, runPlainly } from '../support/plainEnvironment';
import { processesAt } from '../support/processes';
import { RecordingTask } from '../support/recordingTask';
import { sha256 } from '../support/sha256';
import { until } from '../support/until';

jest.setTimeout(240_000);

const PARAMETERS = { source: "factor = 1\nname = 'x'", tags: ['parameters'] };

describe('notebooks that are recorded', () => {
  const place = useJobs();
  const dataset = contentsPath('ds');
  const at = (name: string) => contentsPath(`ds/${name}`);
  let ds: string;
  let elsewhere: string;
  let plain: Record<string, string>;

  beforeAll(async () => {
    const { workspace } = place;
    ds = workspace.path('ds');
    elsewhere = join(workspace.base, 'elsewhere');
    await mkdir(join(elsewhere, 'package'), { recursive: true });
    await Promise.all(
      Array.from({ length: 300 }, (_, number) => writeFile(join(elsewhere, 'package', `${number}.dat`), String(number)))
    );
    await installBashKernel(workspace);
    plain = await plainEnvironment(workspace);
    const gate = JSON.stringify(join(workspace.base, 'go'));
    const waits = `import os, time\nwhile not os.path.exists(${gate}): time.sleep(0.02)`;
    await workspace.dataset({
      annexed: { 'data.csv': 'a,b\n1,2\n' },
      files: {
        'plain.ipynb': makeNotebook([
          "open('up.txt', 'w').write(open('data.csv').read().upper())",
          `import os\nfolder = ${JSON.stringify(join(elsewhere, 'package'))}\nfor name in os.listdir(folder): open(f'{folder}/{name}').read()`,
          "open('/etc/hostname').read(); import html.parser, sqlite3; 1 + 1"
        ]),
        'my sub/{p}.ipynb': makeNotebook([
          PARAMETERS,
          'import os\nprint(factor, name, os.path.basename(os.getcwd()))',
          "open('../times.txt', 'w').write(str(factor * 2) + name)"
        ]),
        'bash.ipynb': makeNotebook(['tr a-z A-Z < data.csv > bash.txt', 'cat bash.txt'], 'bash'),
        'steps.ipynb': makeNotebook(["open('first.txt', 'w').write('1')", waits, "open('last.txt', 'w').write('1')"]),
        'waits.ipynb': makeNotebook([PARAMETERS, 'print(factor)', 'import time; time.sleep(600)']),
        'fails.ipynb': makeNotebook([PARAMETERS, 'factor', 'raise ValueError(factor)'])
      }
    });
    const home = await runPlainly(
      plain,
      ['python', '-c', 'try:\n import jupyterlab_datalad\n print("here")\nexcept ImportError: print("none")'],
      ds
    );
    expect(home.trim()).toBe('none');
  });

  /** Records an execution with what was proposed, and says what that was. */
  const record = async (ran: RecordingTask): Promise<{ inputs: string[]; outputs: string[] }> => {
    const kept = place.jobs.executions.find(ran.id)?.execution;
    const [inputs, outputs] = [kept?.inputs ?? [], kept?.outputs ?? []].map(files => files.map(({ pattern }) => pattern));
    const proposed = { inputs: inputs ?? [], outputs: outputs ?? [] };
    await place.jobs.run('recordNotebook', { dataset, execution: ran.id, message: 'Recorded', ...proposed });
    expect(await place.workspace.git(['status', '--porcelain'], ds)).toBe('');
    return proposed;
  };

  it('are planned before they are written, by their text', async () => {
    const options = { boundary: new PathBoundary(place.workspace.root), env: {}, signal: AbortSignal.timeout(10_000) };
    const plan = (path: ContentsPath, text?: string) =>
      planNotebook({ dataset, path, ...(text === undefined ? {} : { text }) }, options);
    const [path, text] = [
      at('my sub/step.ipynb'),
      makeNotebook(["open('../data.csv')", "open('../data.csv', 'w')", "open('{p}.ipynb')"])
    ];
    expect(await plan(path, text)).toMatchObject({
      cells: 3,
      kernel: { name: 'python3' },
      inputs: [{ pattern: 'my sub/{{p}}.ipynb' }],
      outputs: [{ pattern: 'data.csv' }]
    });
    expect(existsSync(join(ds, 'my sub/step.ipynb'))).toBe(false);
    await expect(plan(path, '{')).rejects.toMatchObject({ failure: { kind: 'bad-notebook' } });
    await expect(plan(path)).rejects.toMatchObject({ failure: { kind: 'not-here' } });
    await expect(plan(contentsPath('elsewhere.ipynb'), text)).rejects.toMatchObject({ failure: { kind: 'outside-root' } });
  });

  it('are proposed what they read, in few words also what that was elsewhere', async () => {
    const ran = await place.jobs.run('runNotebook', { dataset, path: at('plain.ipynb') });
    expect(place.jobs.executions.find(ran.id)?.execution.uncovered.files).toEqual([`${join(elsewhere, 'package')}/`]);
    expect(await record(ran)).toEqual({ inputs: ['data.csv'], outputs: ['up.txt'] });
  });

  it('have the parameters that papermill puts in', async () => {
    const path = at('my sub/{p}.ipynb');
    const ran = await place.jobs.run('runNotebook', { dataset, path, parameters: { factor: 21, name: '7 "q"' } });
    expect(await readFile(join(ds, 'times.txt'), 'utf8')).toBe('427 "q"');
    expect(ran.progressed.map(({ files, totalFiles }) => `${files}/${totalFiles}`)).toContain('3/3');
    expect(await record(ran)).toEqual({ inputs: [], outputs: ['times.txt'] });
    const made = await readFile(join(ds, 'my sub/{p}.ipynb'), 'utf8');
    expect(made).toContain('21 7 \\"q\\" my sub');
    expect(made).not.toMatch(/start_time|duration/u);
  });

  it('of a kernel that tells nothing are proposed what has changed on the disk', async () => {
    const ran = await place.jobs.run('runNotebook', { dataset, path: at('bash.ipynb'), inputs: ['data.csv'] });
    expect(place.jobs.executions.find(ran.id)?.execution).toMatchObject({ observed: false });
    expect(await record(ran)).toEqual({ inputs: ['data.csv'], outputs: ['bash.txt'] });
  });

  it('replay bit by bit in a fresh clone with plain `datalad rerun`, where there is no such extension', async () => {
    const clone = join(place.workspace.base, 'clone');
    await runPlainly(plain, ['datalad', 'clone', ds, clone], place.workspace.base);
    await runPlainly(plain, ['datalad', 'rerun', '--since=HEAD~3'], clone);
    const runs = await place.workspace.git(['log', '--format=%s', 'origin/HEAD..HEAD'], clone);
    // Nothing of the others differs, so that there is nothing to save; papermill gives its cell another name each time.
    expect(runs).toBe('[DATALAD RUNCMD] Recorded\n');
    const names = ['plain.ipynb', 'up.txt', 'times.txt', 'bash.ipynb', 'bash.txt'];
    const hashes = (folder: string): Promise<string[]> => Promise.all(names.map(name => sha256(join(folder, name))));
    expect(await hashes(clone)).toEqual(await hashes(ds));
    const without = async (folder: string): Promise<string> =>
      (await readFile(join(folder, 'my sub/{p}.ipynb'), 'utf8')).replace(/"id": "[0-9a-f]{8}"/u, '');
    expect(await without(clone)).toBe(await without(ds));
  });

  it('replay bit by bit where they are the first cells of another one', async () => {
    const cells = [
      "text = open('data.csv').read()",
      "open('step.txt', 'w').write(text * 2)\nprint(len(text))",
      'raise SystemExit(text)'
    ];
    const whole = JSON.parse(makeNotebook(cells)) as INotebookContent;
    const executed = whole.cells.map(cell => ({
      ...cell,
      execution_count: 8,
      metadata: { execution: { started: '2026-01-01' } }
    }));
    const step = cutStep({ ...whole, cells: executed }, 1);
    await writeFile(join(ds, 'whole.step.ipynb'), JSON.stringify(step));
    await place.jobs.run('save', { dataset, paths: [at('whole.step.ipynb')], message: 'The first 2 cells of whole.ipynb' });
    const ran = await place.jobs.run('runNotebook', { dataset, path: at('whole.step.ipynb') });
    expect(await record(ran)).toEqual({ inputs: ['data.csv'], outputs: ['step.txt'] });
    const made = JSON.parse(await readFile(join(ds, 'whole.step.ipynb'), 'utf8')) as INotebookContent;
    expect(made.cells.map(({ id, outputs }) => [id, (outputs as { text?: unknown }[]).map(({ text }) => text)])).toEqual([
      ['cell-0', []],
      ['cell-1', [['8\n']]]
    ]);
    const clone = join(place.workspace.base, 'clone-of-step');
    await runPlainly(plain, ['datalad', 'clone', ds, clone], place.workspace.base);
    const names = ['whole.step.ipynb', 'step.txt'];
    await runPlainly(plain, ['datalad', 'rerun'], clone);
    expect(await place.workspace.git(['log', '--format=%s', 'origin/HEAD..HEAD'], clone)).toBe('');
    const hashes = (folder: string): Promise<string[]> => Promise.all(names.map(name => sha256(join(folder, name))));
    expect(await hashes(clone)).toEqual(await hashes(ds));
  });

  it('tell that a cell is done before the next one is', async () => {
    const go = join(place.workspace.base, 'go');
    const task = new RecordingTask();
    const running = place.jobs.run('runNotebook', { dataset, path: at('steps.ipynb') }, task);
    await until('the first cell', () => task.progressed.some(({ files, totalFiles }) => files === 1 && totalFiles === 3));
    expect([existsSync(join(ds, 'first.txt')), existsSync(join(ds, 'last.txt'))]).toEqual([true, false]);
    expect(task.progressed.some(({ files = 0 }) => files > 1)).toBe(false);
    await writeFile(go, '');
    await running;
    expect(task.progressed.at(-1)).toMatchObject({ files: 3, totalFiles: 3 });
    await Promise.all(['first.txt', 'last.txt'].map(name => rm(join(ds, name))));
    await place.workspace.git(['checkout', '-q', '.'], ds);
  });

  it('leave all as it was when they are cancelled, or a cell fails', async () => {
    const before = await sha256(join(ds, 'waits.ipynb'));
    const task = new RecordingTask();
    const given = { dataset, path: at('waits.ipynb'), parameters: { factor: 3 } };
    const slow = place.jobs.failure('runNotebook', given, task);
    await until('its second cell', () => task.progressed.some(({ files }) => files === 2));
    task.cancel();
    expect(await slow).toMatchObject({ kind: 'cancelled' });
    await until('the end of its kernel', () => processesAt(place.workspace.base, /ipykernel/u).length === 0);
    expect(await sha256(join(ds, 'waits.ipynb'))).toBe(before);
    const failed = await place.jobs.failure('runNotebook', { dataset, path: at('fails.ipynb'), parameters: { factor: 4 } });
    // Counted as the notebook has them.
    expect(failed).toMatchObject({ kind: 'cell-failed', parameters: { cell: 3 } });
    expect(failed.detail).toContain('ValueError: 4');
    expect(await place.workspace.git(['status', '--porcelain'], ds)).toBe('');
  });
});
