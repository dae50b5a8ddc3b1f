import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobName, ParsedJobInput } from '../../src/protocol/contract';
import { contentsPath } from '../../src/protocol/paths';
import type { CommitId } from '../../src/protocol/revision';
import type { TrustQuestion } from '../../src/protocol/trust';
import { PathBoundary } from '../../src/server/paths';
import { Gate } from '../../src/server/trust/gate';
import { guarded } from '../../src/server/trust/guarded';
import { TrustKeeper } from '../../src/server/trust/trust';
import { makeHostile } from '../support/hostileRepository';
import { JobBench } from '../support/jobBench';
import { failureOf, RecordingTask } from '../support/recordingTask';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

const at = contentsPath;

describe('jobs in datasets that are not trusted', () => {
  let workspace: Workspace;
  let mark: string;
  let bench: JobBench;
  let gate: Gate;
  let jobs: ReturnType<typeof guarded>;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    mark = join(workspace.base, 'mark');
    bench = new JobBench(workspace);
    bench.pool.prewarm();
    gate = new Gate({ boundary: new PathBoundary(workspace.root), trust: new TrustKeeper(workspace.env), env: workspace.env });
    jobs = guarded(bench.handlers, gate);
    const inner = { annexed: { 's.bin': 4_000 }, dropped: true } as const;
    await workspace.dataset({
      path: 'super',
      files: { 'notes.txt': 'one' },
      annexed: { 'a.bin': 5_000 },
      dropped: true,
      subdatasets: { bad: inner, good: inner, absent: { annexed: { 'f.bin': 100 }, absent: true } }
    });
    await makeHostile(workspace, workspace.path('super/bad'), mark);
    await workspace.dataset({ path: 'hostile', annexed: { 'h.bin': 5_000 }, dropped: true });
    await makeHostile(workspace, workspace.path('hostile'), mark);
    await writeFile(mark, '');
  });

  afterAll(async () => {
    await bench.dispose();
    await workspace.dispose();
  });

  const marks = async (): Promise<string> => await readFile(mark, 'utf8');
  const refused = async <N extends JobName>(name: N, input: ParsedJobInput<N>): Promise<unknown> => {
    const failure = await failureOf(gate.admit(name, input));
    expect(failure.kind).toBe('untrusted');
    return failure.parameters?.['dataset'];
  };
  const names = ({ items }: TrustQuestion): string[] => items.map(({ relation, name, trust }) => `${relation} ${name} ${trust}`);

  it('are refused before anything starts, and again when their turn comes', async () => {
    const dataset = at('hostile');
    const onPaths = { dataset, paths: [at('hostile/h.bin')] };
    expect(await refused('get', onPaths)).toBe('hostile');
    await refused('drop', onPaths);
    await refused('dropLastCopies', { ...onPaths, refused: 'x' });
    await refused('unlock', onPaths);
    await refused('save', { dataset, message: 'x' });
    await refused('setIdentity', { dataset, name: 'Ada', email: 'ada@example.org' });
    expect(await refused('create', { path: at('hostile/new') })).toBe('hostile');
    await refused('clone', { source: workspace.path('super'), path: at('hostile/new'), asSubdataset: dataset });
    expect((await failureOf(jobs.get(onPaths, new RecordingTask()))).kind).toBe('untrusted');
    expect((await failureOf(jobs.save({ dataset, message: 'x' }, new RecordingTask()))).kind).toBe('untrusted');
    expect(await marks()).toBe('');
  });

  it('are refused where they would enter an untrusted subdataset, and only there', async () => {
    const dataset = at('super');
    expect(await refused('get', { dataset, paths: [at('super/bad/s.bin')] })).toBe('super');
    await refused('get', { dataset, paths: [dataset], recursive: true });
    await refused('save', { dataset, message: 'x', recursive: true });
    await refused('drop', { dataset, paths: [at('super/bad')], what: 'all' });
    await jobs.get({ dataset, paths: [at('super/a.bin'), at('super/good/s.bin')] }, new RecordingTask());
    await writeFile(workspace.path('super/notes.txt'), 'two');
    // Changes inside a subdataset are told of after a save of the dataset around it, and looking for them runs nothing either.
    await writeFile(workspace.path('super/bad/new.txt'), 'new');
    const task = new RecordingTask();
    await jobs.save({ dataset, message: 'x' }, task);
    expect(task.notices).toMatchObject([{ kind: 'nothing-saved', parameters: { subdatasets: 1 } }]);
    await jobs.drop({ dataset, paths: [at('super/a.bin')] }, new RecordingTask());
    expect(await marks()).toBe('');
  });

  it('are refused where they would remove an untrusted dataset, move in it, or copy out of it', async () => {
    const bad = at('super/bad');
    expect(await refused('remove', { dataset: at('super'), paths: [bad] })).toBe('super');
    await refused('removeRefused', { dataset: at('super'), paths: [bad], refused: 'x' });
    await refused('deleteFiles', { dataset: bad, paths: [at('super/bad/s.bin')] });
    await refused('deleteCopied', { dataset: bad, paths: [at('super/bad/s.bin')], copies: [at('super/s.bin')] });
    await refused('move', { dataset: bad, paths: [at('super/bad/s.bin')], to: bad, name: 't.bin' });
    // There is where trust has to be asked for.
    const copy = { dataset: at('super/good'), to: at('super/good') };
    expect(await refused('copyFile', { ...copy, paths: [at('hostile/h.bin')] })).toBe('hostile');
    await gate.admit('copyFile', { ...copy, paths: [at('super/a.bin')] });
    expect(await marks()).toBe('');
  });

  it('are refused where a run would be recorded around an untrusted subdataset, in which it would be saved, too', async () => {
    await workspace.dataset({ path: 'outer', files: { 'in.txt': 'in' }, subdatasets: { inner: { files: { 's.txt': 's' } } } });
    const dataset = at('outer');
    const input = { dataset, command: 'echo out > out.txt' };
    await gate.admit('run', input);
    await makeHostile(workspace, workspace.path('outer/inner'), mark);
    expect(await refused('run', input)).toBe('outer');
    const commit = (await workspace.git(['rev-parse', 'HEAD'], workspace.path('outer'))).trim() as CommitId;
    await refused('rerun', { dataset, runs: [commit] });
    await refused('saveRun', { dataset, run: 'x' });
    await refused('undoSave', { dataset, job: 'x', by: 'reset' });
    await refused('runNotebook', { dataset, path: at('outer/n.ipynb') });
    await refused('recordNotebook', { dataset, execution: 'x', message: 'x', inputs: [], outputs: [] });
    expect((await failureOf(jobs.run(input, new RecordingTask()))).kind).toBe('untrusted');
    expect([await marks(), existsSync(workspace.path('outer/out.txt'))]).toEqual(['', false]);
    // It is alive: DataLad by itself goes in there.
    await workspace.run('datalad', ['run', input.command], workspace.path('outer'));
    expect(await marks()).not.toBe('');
    await writeFile(mark, '');
  });

  it('are refused where a run would unlock files in an untrusted repository that is not registered, or register it', async () => {
    await workspace.dataset({ path: 'around', files: { '.gitignore': 'ignored/\n', 'in.txt': 'in' } });
    const dataset = at('around');
    await workspace.dataset({ path: 'around/ignored/repo', annexed: { 'a.bin': 100 } });
    await makeHostile(workspace, workspace.path('around/ignored/repo'), mark);
    const input = { dataset, command: 'true', outputs: ['ignored/*/a.bin'] };
    expect(await refused('run', input)).toBe('around');
    expect(await refused('run', { dataset, command: 'true', inputs: ['in.txt'] })).toBe('around');
    const commit = (await workspace.git(['rev-parse', 'HEAD'], workspace.path('around'))).trim() as CommitId;
    await refused('rerun', { dataset, runs: [commit] });
    await gate.admit('run', { dataset, command: 'true' });
    await gate.admit('save', { dataset, message: 'x', recursive: true });
    expect(names(await gate.question({ dataset }))).toEqual(['subdataset around/ignored/repo untrusted']);
    // It is alive: DataLad by itself goes in there.
    await workspace.run('datalad', ['run', '-o', 'ignored/*/a.bin', 'true'], workspace.path('around')).catch(() => undefined);
    expect(await marks()).not.toBe('');
    await writeFile(mark, '');

    await workspace.dataset({ path: 'beside', files: { 'in.txt': 'in' } });
    await workspace.dataset({ path: 'beside/other', files: { 'o.txt': 'o' } });
    await makeHostile(workspace, workspace.path('beside/other'), mark);
    const explicit = { dataset: at('beside'), command: 'echo out > other/out.txt', outputs: ['other/*.txt'], explicit: true };
    expect(await refused('run', explicit)).toBe('beside');
    await refused('run', { ...explicit, outputs: [] });
    await refused('recordNotebook', { dataset: at('beside'), execution: 'x', message: 'x', inputs: [], outputs: [] });
    expect((await failureOf(jobs.run(explicit, new RecordingTask()))).kind).toBe('untrusted');
    expect([await marks(), existsSync(workspace.path('beside/other/out.txt'))]).toEqual(['', false]);
    const { items } = await gate.question({ dataset: at('beside') });
    await jobs.trust(
      { dataset: at('beside'), items: items.map(({ id, fingerprint }) => ({ id, fingerprint })) },
      new RecordingTask()
    );
    await gate.admit('run', explicit);
    await workspace
      .run('datalad', ['run', '--explicit', '-o', 'other/*.txt', explicit.command], workspace.path('beside'))
      .catch(() => undefined);
    expect(await marks()).not.toBe('');
    await writeFile(mark, '');
  });

  it('are refused where content would come from an untrusted dataset on this machine', async () => {
    await workspace.dataset({ path: 'mine', annexed: { 'a.bin': 5_000 }, dropped: true });
    const input = { dataset: at('mine'), paths: [at('mine/a.bin')] };
    await gate.admit('get', input);
    await makeHostile(workspace, join(workspace.sources, 'mine'), mark);
    expect(await refused('get', input)).toBe('mine');
    await refused('drop', input);
    await refused('getKeys', { dataset: at('mine'), keys: ['SHA256E-s1--a'] });
    await gate.admit('unlock', input);
    await gate.admit('save', { dataset: at('mine'), message: 'x' });
    expect(names(await gate.question({ dataset: at('mine') }))).toEqual([`sibling ${join(workspace.sources, 'mine')} untrusted`]);
    // A subdataset that is to be installed brings its source with it.
    await gate.admit('get', { dataset: at('super'), paths: [at('super/absent')] });
    await makeHostile(workspace, join(workspace.sources, 'super/absent'), mark);
    expect(await refused('get', { dataset: at('super'), paths: [at('super/absent')] })).toBe('super');
    await gate.admit('get', { dataset: at('super'), paths: [at('super/absent')], noData: true });
    expect(await marks()).toBe('');
  });

  it('a clone of a hostile dataset runs nothing of it, and needs no trust itself', async () => {
    const source = workspace.path('hostile');
    await jobs.clone({ source, path: at('copy') }, new RecordingTask());
    expect(await marks()).toBe('');
    expect(names(await gate.question({ dataset: at('copy') }))).toEqual(['sibling hostile untrusted']);
  });

  it('a clone that would start a program of its own as soon as it is set up is refused, and leaves nothing', async () => {
    const source = await workspace.dataset({
      path: 'trap',
      files: { 'git-annex-remote-x/payload': `#!/bin/sh\necho trap >> ${mark}\n` }
    });
    await chmod(join(source, 'git-annex-remote-x/payload'), 0o755);
    await workspace.git(['add', '.'], source);
    await workspace.git(['commit', '-q', '--amend', '--no-edit'], source);
    const log = join(workspace.base, 'log');
    await workspace.git(['worktree', 'add', '-q', log, 'git-annex'], source);
    const remote = 'autoenable=true encryption=none externaltype=x/payload name=trap type=external timestamp=1700000000s';
    await writeFile(join(log, 'remote.log'), `11111111-2222-3333-4444-555555555555 ${remote}\n`);
    await workspace.git(['add', 'remote.log'], log);
    await workspace.git(['commit', '-q', '-m', 'A trap'], log);
    const task = new RecordingTask();
    expect((await failureOf(jobs.clone({ source, path: at('caught') }, task))).kind).toBe('untrusted');
    expect(existsSync(workspace.path('caught'))).toBe(false);
    expect(await refused('get', { dataset: at('trap'), paths: [at('trap')] })).toBe('trap');
    expect(await marks()).toBe('');
    // It is alive: git-annex by itself walks into it.
    await workspace.git(['clone', '-q', source, workspace.path('caught')]);
    await workspace.annex(['init', '-q'], workspace.path('caught')).catch(() => undefined);
    expect(await marks()).toContain('trap');
    await writeFile(mark, '');
  });

  it('go on once what was shown is trusted, until it changes or trust is taken back', async () => {
    const dataset = at('hostile');
    const question = await gate.question({ dataset });
    expect(names(question)).toEqual(['dataset hostile untrusted']);
    const [item] = question.items;
    expect(item?.settings).toContainEqual({ reason: 'hook', where: '.git/hooks', key: 'pre-commit', value: '' });
    expect(item?.settings).toContainEqual(
      expect.objectContaining({ reason: 'setting', where: '.git/config', key: 'core.fsmonitor' })
    );
    const chosen = { id: item?.id ?? '', fingerprint: item?.fingerprint ?? '' };
    const task = new RecordingTask();
    expect((await failureOf(jobs.trust({ dataset, items: [{ ...chosen, fingerprint: 'x' }] }, task))).kind).toBe('untrusted');
    expect((await failureOf(jobs.trust({ dataset, items: [{ ...chosen, id: 'x' }] }, task))).kind).toBe('untrusted');
    await jobs.trust({ dataset, items: [chosen] }, task);
    const input = { dataset, paths: [at('hostile/h.bin')] };
    await gate.admit('get', input);
    expect(names(await gate.question({ dataset }))).toEqual(['dataset hostile granted']);
    await jobs.untrust({ dataset }, task);
    await refused('get', input);
    await jobs.trust({ dataset, items: [chosen] }, task);
    await workspace.git(['config', 'core.pager', 'another'], workspace.path('hostile'));
    await refused('get', input);
  });

  it('hides secrets among what it shows', async () => {
    await workspace.git(['init', '-q', 'secret']);
    await workspace.git(
      ['config', 'http.https://example.org.extraheader', 'Authorization: Basic abcdefgh'],
      workspace.path('secret')
    );
    await workspace.git(['config', 'url.https://ada:hush-hush@example.org.insteadOf', 'x:'], workspace.path('secret'));
    const text = JSON.stringify(await gate.question({ dataset: at('secret') }));
    expect(text).toContain('extraheader');
    expect(text).not.toMatch(/abcdefgh|hush-hush/);
  });

  it('need no question in what DataLad and git-annex make', async () => {
    const place = workspace.path('made');
    await jobs.create({ path: at('made'), procedures: ['text2git'] }, new RecordingTask());
    await jobs.create({ path: at('made/sub'), asSubdataset: at('made') }, new RecordingTask());
    await mkdir(join(workspace.base, 'store'));
    const directory = ['directory', `directory=${join(workspace.base, 'store')}`, 'encryption=none', 'autoenable=true'];
    await workspace.annex(['initremote', 'backup', `type=${directory[0]}`, ...directory.slice(1)], place);
    await workspace.datalad(['-l', 'error', 'create-sibling', '-s', 'other', join(workspace.base, 'sibling')], place);
    await workspace.annex(['adjust', '--unlock'], place);
    await workspace.git(['worktree', 'add', '-q', workspace.path('tree')], place);
    for (const dataset of ['made', 'made/sub', 'tree', 'super/good']) {
      expect([dataset, (await gate.question({ dataset: at(dataset) })).items]).toEqual([dataset, []]);
    }
  });
});
