import { symlink } from 'node:fs/promises';
import type { CallInput } from '../../src/protocol/contract';
import { contentsPath } from '../../src/protocol/paths';
import type { RunPlan } from '../../src/protocol/runPlan';
import { readPython } from '../../src/server/dataset/runs/pythonFound';
import { useReadingAndJobs } from '../support/place';

jest.setTimeout(120_000);

/** What `datalad run --dry-run` says of each question on its standard input; null where it says no. */
const ASK = `
import json, os, sys
from datalad.api import run
told = []
folder, dataset, questions = json.load(sys.stdin)
os.chdir(folder)
os.environ['PWD'] = folder
for question in questions:
    try:
        [record] = run(dataset=dataset, dry_run='command', explicit=True, on_failure='ignore', result_renderer='disabled', return_type='list', **question)
        told.append(record['dry_run_info']['cmd_expanded'])
    except Exception:
        told.append(None)
print(json.dumps(told))
`;

interface IQuestion {
  cmd: string;
  inputs?: string[];
  outputs?: string[];
}

const FILES = ['words.txt', 'a b.txt', "it's.txt", 'x{y}.txt', '$HOME.txt', 'é.txt', 'deep/one.csv', 'deep/two.csv'];

/** Commands that both understand. */
const UNDERSTOOD: IQuestion[] = [
  { cmd: 'true' },
  { cmd: 'cat {inputs} > {outputs}', inputs: ['words.txt'], outputs: ['new file.txt'] },
  { cmd: 'cat {inputs}', inputs: ['*.txt'] },
  { cmd: 'cat {inputs}', inputs: ['**'] },
  { cmd: 'cat {inputs[0]} {inputs[1]}', inputs: ['deep/*', 'words.txt'] },
  { cmd: 'cat {inputs[00]}', inputs: ['deep/*'] },
  { cmd: 'echo {{inputs}} }}{{ {inputs}', inputs: ['words.txt'] },
  { cmd: "awk '{{print $1}}' {inputs}", inputs: ['words.txt'] },
  { cmd: 'echo [{inputs:>20}] [{inputs:*^9}] [{inputs:.3}] [{inputs:06}] [{inputs:<012.4s}] [{pwd:-<5}]', inputs: ['deep/*'] },
  { cmd: 'echo {inputs[1]:_>14} {outputs}', inputs: ['deep/*'], outputs: ['deep/none*'] },
  { cmd: 'cd {pwd}; ls {dspath}' },
  { cmd: 'echo {tmpdir:s}.' },
  { cmd: 'echo {plain} {several} {several[1]} {quoted}' },
  { cmd: 'cat {inputs}', inputs: ['{plain}.txt', '{folder}/*'], outputs: ['{inputs[0]}'] },
  { cmd: 'cat {inputs} {outputs}', inputs: ['deep/*'], outputs: ['{inputs}'] },
  { cmd: 'cat {inputs}', inputs: ['x{{y}}.txt', './words.txt', 'deep/../words.txt', '.', 'no/such', 'words.txt', 'words.txt'] },
  { cmd: 'cat {inputs} {overridden}', inputs: ['deep/', '[!a]*.txt'] },
  { cmd: 'printf "%s\n" {inputs}\n\techo é', inputs: ['é.txt', 'none*/*'] },
  { cmd: 'echo {inputs}{outputs}.' }
];

/** Commands that DataLad does not run either. */
const REFUSED: [IQuestion, RunPlan['problems'][number]['kind']][] = [
  [{ cmd: "awk '{print $1}'" }, 'unknown'],
  [{ cmd: 'echo ${HOME}' }, 'unknown'],
  [{ cmd: 'echo {}' }, 'unknown'],
  [{ cmd: 'echo {0}' }, 'unknown'],
  [{ cmd: 'echo { inputs }' }, 'unknown'],
  [{ cmd: 'echo {' }, 'brace'],
  [{ cmd: 'echo }' }, 'brace'],
  [{ cmd: 'echo {inputs' }, 'brace'],
  [{ cmd: 'echo {inputs[0]}' }, 'beyond'],
  [{ cmd: 'echo {inputs[-1]}', inputs: ['words.txt'] }, 'not-understood'],
  [{ cmd: 'echo {pwd:d}' }, 'not-understood'],
  [{ cmd: 'echo {inputs.nothing}', inputs: ['words.txt'] }, 'not-understood'],
  [{ cmd: 'true', inputs: ['{pwd}/*'] }, 'unknown'],
  [{ cmd: 'true', outputs: ['{'] }, 'brace']
];

/** What Python would look into. */
const TRICKS = [
  '{inputs[0].__class__}',
  '{inputs.__class__.__mro__}',
  '{pwd.__init__.__globals__}',
  '{inputs!r}',
  '{pwd[0]}',
  '{inputs:{pwd}}',
  '{pwd:>99999999999}'
];

describe('the plan of a run', () => {
  const place = useReadingAndJobs();

  const plan = async (input: Partial<CallInput<'planRun'>> = {}): Promise<RunPlan> =>
    await place.reading.datasets.planRun({ dataset: contentsPath('ds'), command: '', ...input } as never, place.reading.signal);

  beforeAll(async () => {
    const { workspace } = place;
    await workspace.datalad(['create', '-c', 'text2git', 'ds']);
    await workspace.write(Object.fromEntries(FILES.map(name => [`ds/${name}`, 'one\ntwo\n'])));
    const set = async (file: string, name: string, value: string): Promise<unknown> =>
      await workspace.git(['config', '--file', file, '--add', `datalad.run.substitutions.${name}`, value]);
    await set('ds/.datalad/config', 'plain', 'words');
    await set('ds/.datalad/config', 'folder', 'deep');
    await set('ds/.datalad/config', 'several', 'one 1');
    await set('ds/.datalad/config', 'several', 'two');
    await set('ds/.datalad/config', 'quoted', `it's {inputs} "x"; rm`);
    await set('ds/.datalad/config', 'overridden', 'of the dataset');
    await set('ds/.git/config', 'Overridden', 'of this clone');
    await workspace.datalad(['save', '-d', 'ds', '-m', 'Files']);
  });

  it('fills in the placeholders as DataLad does, in the dataset and in a folder of it', async () => {
    const { workspace } = place;
    await workspace.write({ 'ask.py': ASK });
    const questions = [...UNDERSTOOD, ...REFUSED.map(([question]) => question)];
    for (const folder of ['ds', 'ds/deep']) {
      await workspace.write({ 'ask.json': JSON.stringify([workspace.path(folder), workspace.path('ds'), questions]) });
      const theirs = JSON.parse(await workspace.run('sh', ['-c', 'python ask.py < ask.json'])) as (string | null)[];
      const ours: (string | null)[] = [];
      for (const { cmd: command, ...lists } of questions) {
        ours.push((await plan({ command, ...lists, workingFolder: folder })).command);
      }
      expect(questions.map((question, at) => [question, ours[at]])).toEqual(
        questions.map((question, at) => [question, theirs[at]])
      );
      expect(theirs.slice(UNDERSTOOD.length).filter(text => text !== null)).toEqual([]);
    }
    expect(
      await workspace.datalad(['run', '--dry-run', 'command', '-i', '*.txt', 'cat {inputs} {plain}'], workspace.path('ds'))
    ).toBe(`${(await plan({ command: 'cat {inputs} {plain}', inputs: ['*.txt'] })).command ?? ''}\n`);
  });

  it('says what is wrong, and looks at no attribute', async () => {
    for (const [{ cmd: command, ...lists }, kind] of REFUSED) {
      expect([command, (await plan({ command, ...lists })).problems]).toMatchObject([command, [{ kind }]]);
    }
    for (const command of TRICKS) {
      const { problems, command: filled } = await plan({ command, inputs: ['words.txt'] });
      expect([command, filled, problems]).toMatchObject([command, null, [{ kind: 'not-understood', place: 'command' }]]);
    }
  });

  it('tells each line, the folder in the middle of nowhere, and what leads out of the dataset', async () => {
    const { workspace } = place;
    await symlink('/', workspace.path('ds/root'));
    const { inputs, outputs, problems, command } = await plan({
      command: 'cat {inputs}',
      inputs: ['words.txt', 'deep/*', 'no/*', '../*', 'root/**'],
      outputs: ['deep', 'new.txt', '/etc/passwd']
    });
    expect(inputs).toMatchObject([
      { pattern: 'words.txt', found: 'files', count: 1, names: ['words.txt'] },
      { pattern: 'deep/*', found: 'files', count: 2 },
      { pattern: 'no/*', found: 'none', count: 0 },
      { pattern: 'root/**' }
    ]);
    expect(outputs).toEqual([
      { pattern: 'deep', found: 'folder', count: 1, names: ['deep'] },
      { pattern: 'new.txt', found: 'none', count: 0, names: [] }
    ]);
    expect(problems).toMatchObject([
      { kind: 'no-match', text: 'no/*' },
      { kind: 'outside', text: '../*' },
      { kind: 'links', text: 'root/**' },
      { kind: 'outside', place: 'outputs' }
    ]);
    expect(command).toBeNull();
    await workspace.run('rm', ['ds/root']);
    await expect(plan({ workingFolder: '' })).rejects.toMatchObject({ failure: { kind: 'outside-root' } });
  });

  it('tells the settings that stand for something, and which of them came with the dataset', async () => {
    expect((await plan()).substitutions).toEqual([
      { name: 'plain', value: 'words', from: 'dataset' },
      { name: 'folder', value: 'deep', from: 'dataset' },
      { name: 'several', value: 'one 1 two', from: 'dataset' },
      { name: 'quoted', value: `it's {inputs} "x"; rm`, from: 'dataset' },
      { name: 'overridden', value: 'of this clone', from: 'settings' }
    ]);
  });
});

/** What `datalad containers-run` would run, which has no dry run of its own. */
const ASK_CONTAINER = `
import functools, json, os, sys
from datalad_container import containers_run
containers_run.run_command = functools.partial(containers_run.run_command, dry_run='command')
folder, dataset, questions = json.load(sys.stdin)
os.chdir(folder)
os.environ['PWD'] = folder
told = []
for question in questions:
    records = containers_run.ContainersRun.__call__(dataset=dataset, explicit=True, result_renderer='disabled', **question)
    [record] = [each for each in records if 'dry_run_info' in each]
    told.append([record['dry_run_info']['cmd_expanded'], sorted(record['run_info']['extra_inputs'])])
print(json.dumps([sys.executable, told]))
`;

describe('the plan of a run in a container', () => {
  const place = useReadingAndJobs();
  const dataset = contentsPath('ds');
  const plan = async (input: Partial<CallInput<'planRun'>>): Promise<RunPlan> =>
    await place.reading.datasets.planRun({ dataset, command: '', ...input } as never, place.reading.signal);

  beforeAll(async () => {
    const { workspace } = place;
    await workspace.dataset({ path: '../sources/ds', annexed: { 'images/one.img': 5_000, 'extra.dat': 700, 'in.dat': 30 } });
    await workspace.datalad(['clone', `${workspace.sources}/ds`, 'ds']);
    const set = async (name: string, key: string, value: string): Promise<unknown> =>
      await workspace.git(['config', '--file', 'ds/.datalad/config', '--add', `datalad.containers.${name}.${key}`, value]);
    await set('one', 'image', 'images/one.img');
    await set('one', 'cmdexec', '{python} -m run {img_dspath} {img_dirpath} {{pwd}} {img} {cmd}');
    await set('one', 'extra-input', '{img_dspath}/extra.dat');
    await set('plain', 'image', 'images/one.img');
    await set('gone', 'image', 'images/gone.img');
    await set('odd', 'image', 'images/one.img');
    await set('odd', 'cmdexec', '{nothing} {img} {cmd}');
    await workspace.write({ 'ds/deep/x': '' });
    await workspace.datalad(['save', '-d', 'ds', '-m', 'Containers']);
  });

  it('has the call as DataLad makes it, in the dataset and in a folder of it', async () => {
    const { workspace } = place;
    const questions = [
      { cmd: 'cat {inputs}', inputs: ['*.dat'], container_name: 'one' },
      { cmd: 'cat {inputs}', inputs: ['in.dat'], container_name: 'plain' },
      { cmd: 'true', container_name: 'one' }
    ];
    await workspace.write({ 'ask.py': ASK_CONTAINER });
    for (const folder of ['ds', 'ds/deep']) {
      await workspace.write({ 'ask.json': JSON.stringify([workspace.path(folder), workspace.path('ds'), questions]) });
      const said = await workspace.run('sh', ['-c', 'python ask.py < ask.json']);
      const [python, theirs] = JSON.parse(said) as [string, [string, string[]][]];
      const ours = await Promise.all(
        questions.map(({ cmd: command, inputs = [], container_name: container }) =>
          plan({ command, inputs, container, workingFolder: contentsPath(folder) })
        )
      );
      const named = (text: string | null): string | undefined => text?.replace(/^python3 /u, `${python} `);
      expect(ours.map(({ command }) => named(command))).toEqual(theirs.map(([command]) => command));
    }
  });

  it('counts its image and extra inputs among what is got, and says what is not there', async () => {
    const both = await plan({ command: 'cat {inputs}', inputs: ['in.dat'], container: 'one' });
    expect([both.toGet, both.unavailable, both.problems]).toEqual([{ files: 3, bytes: 5_730, unsized: 0 }, 0, []]);
    expect((await plan({ command: 'true' })).toGet.bytes).toBe(0);
    expect((await plan({ command: 'true', container: 'gone' })).problems).toEqual([
      { kind: 'no-match', place: 'container', text: 'images/gone.img' }
    ]);
    expect((await plan({ command: 'true', container: 'odd' })).command).toBeNull();
    await place.workspace.run('git', ['annex', 'get', 'images/one.img'], place.workspace.path('ds'));
    expect((await plan({ command: 'true', container: 'one' })).toGet).toEqual({ files: 1, bytes: 700, unsized: 0 });
  });
});

describe('the python that a command finds', () => {
  const place = useReadingAndJobs();

  it('is the first one on its path, and nothing is started to tell its version', async () => {
    const { workspace } = place;
    await workspace.write({
      'bin/python': 'touch ran\n',
      'env/bin/python': '',
      'env/pyvenv.cfg': 'home = /x\nversion = 3.9.1\n',
      'f/bin/python': ''
    });
    await workspace.run('chmod', ['+x', 'bin/python', 'env/bin/python']);
    const at = { root: workspace.path('ds'), folder: workspace.path('ds/sub') };
    const found = async (path: string): ReturnType<typeof readPython> => await readPython({ PATH: path }, at);
    const [plain, environment] = [workspace.path('bin'), workspace.path('env/bin')];
    expect(await found(`/nowhere:${workspace.path('f/bin')}:${plain}:${environment}`)).toEqual({ path: `${plain}/python` });
    expect(await found(environment)).toEqual({ path: `${environment}/python`, version: '3.9.1' });
    expect(await found('/nowhere')).toBeNull();
    await workspace.write({ 'real/python3.8': '', 'ds/sub/here/x': '' });
    await workspace.run('chmod', ['+x', 'real/python3.8']);
    await symlink('../../../real/python3.8', workspace.path('ds/sub/here/python'));
    expect(await found('here')).toEqual({ path: workspace.path('ds/sub/here/python'), version: '3.8', inDataset: true });
    await expect(workspace.run('ls', ['ran'])).rejects.toThrow();
  });
});

describe('what is done before a command', () => {
  const place = useReadingAndJobs();

  it('is what DataLad then does: content that is not here comes, outputs are unlocked or removed', async () => {
    const { workspace, reading, jobs } = place;
    const big = (name: string, size: number): Record<string, string> => ({ [`origin/${name}`]: name.padEnd(size, '.') });
    await workspace.datalad(['create', 'origin']);
    await workspace.write({
      ...big('in/1', 1_000),
      ...big('in/2', 2_000),
      ...big('here', 300),
      ...big('out/1', 40),
      ...big('out/2', 50)
    });
    await workspace.datalad(['save', '-d', 'origin', '-m', 'Files']);
    await workspace.datalad(['clone', 'origin', 'ds']);
    await workspace.datalad(['get', 'here', 'out/1'], workspace.path('ds'));
    const dataset = contentsPath('ds');
    const input = { dataset, inputs: ['in/*', 'here'], outputs: ['out/*', 'none'], command: 'ls -l out > listed' };
    const before = await reading.datasets.planRun(input, reading.signal);
    expect(before).toMatchObject({
      toGet: { files: 2, bytes: 3_000, unsized: 0 },
      unavailable: 0,
      toUnlock: { files: 1, bytes: 40 },
      toRemove: 1,
      problems: []
    });
    expect(before.free).toBeGreaterThan(0);
    const ready = await reading.datasets.planRun({ ...input, assumeReady: 'both', inputs: ['in/*', 'nothing'] }, reading.signal);
    expect(ready).toMatchObject({ toGet: { files: 0 }, toUnlock: { files: 0 }, toRemove: 0, problems: [] });
    const told = (await jobs.run('run', input)).results.map(({ action, status, path }) => `${action} ${status} ${path}`);
    const deeds = told.filter(line => /^(get|unlock|run\.remove) /u.test(line)).sort();
    expect(deeds.filter(line => line.startsWith('get ok'))).toEqual(['get ok ds/in/1', 'get ok ds/in/2']);
    expect(deeds.filter(line => !line.startsWith('get '))).toEqual(['run.remove ok ds/out/2', 'unlock ok ds/out/1']);
  });
});
