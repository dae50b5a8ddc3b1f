import { chmod, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcedureScript } from '../../src/protocol/procedure';
import { commandOf } from '../../src/protocol/command';
import { contentsPath } from '../../src/protocol/paths';
import { readRunnable, readScript } from '../../src/server/operations/calls/runnable';
import { useJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';

jest.setTimeout(120_000);

describe('procedures of a dataset', () => {
  const place = useJobs();
  const options = () => ({ env: place.workspace.env, python: 'python', boundary: place.jobs.boundary });
  const root = (name: string) => place.jobs.boundary.resolve(contentsPath(name));
  const script = (dataset: string, name: string): Promise<ProcedureScript> => readScript(root(dataset), name, options());
  const runIt = async (dataset: string, procedure: string, task = new RecordingTask()): Promise<RecordingTask> => {
    const { fingerprint } = await script(dataset, procedure);
    return place.jobs.run('runProcedure', { dataset, procedure, fingerprint }, task);
  };

  beforeAll(async () => {
    const { workspace } = place;
    await workspace.datalad(['create', '-c', 'noannex', 'ds']);
    await workspace.datalad(['create', '-c', 'noannex', '-d', 'ds', 'ds/sub']);
    await workspace.write({
      'ds/.datalad/procedures/cfg_text2git.py': '#!/usr/bin/env python3\n"""Not what it seems."""\n# \u202e\n',
      'ds/.datalad/procedures/tell.sh': [
        '# Tells what it was given.',
        'cd "$1"',
        'printf "%s\\n" "$LAB_VARIABLE" "${JPY_TOKEN-none}" "${GIT_LITERAL_PATHSPECS-none}" > told.txt',
        'git add told.txt',
        'git commit -q -m "Told <b>all</b>" -- told.txt',
        'echo printed',
        ''
      ].join('\n'),
      'ds/.datalad/procedures/fails.sh': 'echo oh >&2\nexit 3\n',
      'ds/.datalad/procedures/program': '\0ELF',
      'ds/.datalad/procedures/text': 'not executable',
      'ds/.datalad/procedures/_helper.py': '',
      'ds/sub/.datalad/procedures/tell.sh': 'exit 1\n',
      'ds/sub/.datalad/procedures/more.py': 'raise SystemExit(0)\n',
      'secret.sh': 'a secret'
    });
    await chmod(workspace.path('ds/.datalad/procedures/program'), 0o755);
    await workspace.git(
      ['config', '--file', '.datalad/config', 'datalad.procedures.more.call-format', 'echo {script}'],
      workspace.path('ds/sub')
    );
    await workspace.datalad(['save', '-r', '-d', 'ds', '-m', 'Procedures']);
  });

  it('are those of DataLad, in its order, each with where it comes from', async () => {
    const found = await readRunnable(root('ds'), options());
    const records = await place.workspace.records('datalad', ['-f', 'json', 'run-procedure', '-d', 'ds', '--discover']);
    const theirs = records.map(({ procedure_name: name, state }) => `${String(name)} ${String(state)}`);
    const ours = found.map(({ name, hidden }) => `${name} ${hidden ? 'overridden' : 'executable'}`);
    expect([...ours].sort()).toEqual([...theirs].sort());
    expect(found.find(({ name }) => name === 'cfg_text2git')).toEqual({
      name: 'cfg_text2git',
      from: 'dataset',
      origin: 'ds/.datalad/procedures',
      summary: 'Not what it seems.'
    });
    expect(found.filter(({ name }) => name === 'tell').map(({ from, hidden }) => [from, hidden])).toEqual([
      ['dataset', undefined],
      ['subdataset', true]
    ]);
    expect(found.find(({ name, hidden }) => name === 'cfg_text2git' && hidden)).toMatchObject({ from: 'datalad' });
  });

  it('are shown whole, with what starts them; what is no text is not', async () => {
    expect(await script('ds', 'tell')).toMatchObject({
      file: root('ds/.datalad/procedures/tell.sh'),
      text: expect.stringContaining('$LAB_VARIABLE')
    });
    expect(await script('ds', 'more')).toMatchObject({ callFormat: 'echo {script}', procedure: { from: 'subdataset' } });
    expect((await script('ds', 'program')).text).toBeNull();
    expect(
      await place.jobs.failure('runProcedure', {
        dataset: 'ds',
        procedure: 'program',
        fingerprint: (await script('ds', 'program')).fingerprint
      })
    ).toMatchObject({ kind: 'changed-since' });
    await symlink(place.workspace.home, place.workspace.path('ds/.datalad/procedures/out'));
    await symlink('/etc/profile', place.workspace.path('ds/.datalad/procedures/out.sh'));
    expect((await readRunnable(root('ds'), options())).map(({ name }) => name)).not.toContain('out');
    await place.workspace.run('rm', ['ds/.datalad/procedures/out', 'ds/.datalad/procedures/out.sh']);
  });

  it('run as shown, in the environment of a terminal without its tokens; commits are told', async () => {
    const { results, text } = await runIt('ds', 'tell');
    expect(await readFile(place.workspace.path('ds/told.txt'), 'utf8')).toBe('of the terminal\nnone\nnone\n');
    const [commit] = results.filter(({ action }) => action === 'commit');
    const head = (await place.workspace.git(['rev-parse', 'HEAD'], place.workspace.path('ds'))).trim();
    expect(commit).toMatchObject({ key: head, message: 'Told <b>all</b>' });
    expect(text).toContain('printed');
  });

  it('do not run once they are another one, and say how they failed', async () => {
    const { fingerprint } = await script('ds', 'tell');
    await place.workspace.write({ 'ds/.datalad/procedures/tell.sh': 'touch "$1/owned"\n' });
    expect(await place.jobs.failure('runProcedure', { dataset: 'ds', procedure: 'tell', fingerprint })).toMatchObject({
      kind: 'changed-since'
    });
    await expect(readFile(join(root('ds'), 'owned'))).rejects.toThrow();
    await place.workspace.git(['checkout', '-q', '.'], root('ds'));
    const task = new RecordingTask();
    const { fingerprint: other } = await script('ds', 'fails');
    const failure = await place.jobs.failure('runProcedure', { dataset: 'ds', procedure: 'fails', fingerprint: other }, task);
    expect(`${failure.message} ${failure.detail}`).toMatch(/exit code 3|exitcode 3|CommandError|code 3/u);
    expect(task.text).toContain('oh');
  });

  it('do what the command that is shown does', async () => {
    const { workspace } = place;
    await workspace.datalad(['create', 'ours']);
    await workspace.run('cp', ['-a', 'ours', 'theirs']);
    const { fingerprint, procedure } = await script('ours', 'cfg_text2git');
    expect(procedure.from).toBe('datalad');
    const input = { dataset: contentsPath('ours'), procedure: 'cfg_text2git', fingerprint };
    await place.jobs.run('runProcedure', input);
    const [program = '', ...args] = commandOf('runProcedure', input);
    await workspace.run(program, args, root('theirs'));
    const of = (name: string): Promise<string> => workspace.git(['log', '-1', '--format=%s', '--', '.gitattributes'], root(name));
    expect(await readFile(join(root('ours'), '.gitattributes'), 'utf8')).toBe(
      await readFile(join(root('theirs'), '.gitattributes'), 'utf8')
    );
    expect(await of('ours')).toBe(await of('theirs'));
    expect(await workspace.git(['status', '--porcelain'], root('ours'))).toBe('');
  });
});
