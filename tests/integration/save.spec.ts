import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { workerEnvironment } from '../../src/server/datalad/workerEnvironment';
import { JobBench } from '../support/jobBench';
import { useJobs } from '../support/place';

jest.setTimeout(60_000);

const dataset = 'ds';
const everything = { dataset, message: 'A change' };

describe('save', () => {
  const place = useJobs();
  let path: string;

  beforeAll(async () => {
    path = await place.workspace.dataset({
      files: { 'notes.txt': 'in Git', 'gone.txt': 'to be deleted' },
      annexed: { 'data.bin': 10_000 },
      subdatasets: { sub: { annexed: { 'inner.bin': 2_000 } } }
    });
  });

  const commits = async (): Promise<number> => Number(await place.workspace.git(['rev-list', '--count', 'HEAD'], path));
  const subject = async (): Promise<string> => (await place.workspace.git(['log', '-1', '--format=%s'], path)).trim();
  const committed = async (): Promise<string[]> =>
    (await place.workspace.git(['show', '--format=', '--name-status', '--no-renames', 'HEAD'], path)).trim().split('\n').sort();

  it('makes one commit of exactly what was chosen', async () => {
    await place.workspace.write({ 'ds/new.bin': 'new', 'ds/other.txt': 'other', 'ds/*.txt': 'a star', 'ds/-m': 'a dash' });
    await rm(`${path}/gone.txt`);
    const before = await commits();
    const paths = ['ds/new.bin', 'ds/*.txt', 'ds/-m', 'ds/gone.txt'];
    const task = await place.jobs.run('save', { dataset, paths, message: '--amend "$(touch x)"\n\nand a body' });
    expect(await commits()).toBe(before + 1);
    expect(await subject()).toBe('--amend "$(touch x)"');
    expect(await committed()).toEqual(['A\t*.txt', 'A\t-m', 'A\tnew.bin', 'D\tgone.txt']);
    expect(task.summary).toContain('save ok ds');
    expect(task.notices).toEqual([]);
    expect((await place.workspace.git(['status', '--porcelain'], path)).trim()).toBe('?? other.txt');
  });

  it('keeps a file in Git when asked to, tags, and amends', async () => {
    await place.jobs.run('save', { ...everything, toGit: true, versionTag: 'v1.0' });
    expect(await place.workspace.git(['show', 'v1.0:other.txt'], path)).toBe('other');
    await place.workspace.write({ 'ds/more.txt': 'more' });
    const before = await commits();
    const task = await place.jobs.run('save', { ...everything, message: 'Amended', amend: true });
    expect([await commits(), await subject(), task.notices]).toEqual([before, 'Amended', []]);
    for (const tag of ['v1.0', 'no tag', '-d']) {
      expect((await place.jobs.failure('save', { ...everything, versionTag: tag })).kind).toBe('bad-request');
    }
  });

  it('says that nothing was saved, and that changes stay behind in subdatasets', async () => {
    const before = await commits();
    expect((await place.jobs.failure('save', everything)).kind).toBe('nothing-saved');
    await place.workspace.write({ 'ds/sub/inner.txt': 'inner' });
    const failure = await place.jobs.failure('save', everything);
    expect(failure).toMatchObject({ kind: 'nothing-saved', parameters: { subdatasets: 1 } });
    expect(failure.hint).toContain('recursive');
    expect(await commits()).toBe(before);

    await place.workspace.write({ 'ds/outer.txt': 'outer' });
    const task = await place.jobs.run('save', everything);
    expect(task.notices).toMatchObject([{ kind: 'nothing-saved', parameters: { subdatasets: 1 } }]);

    const recursive = await place.jobs.run('save', { ...everything, recursive: true });
    expect(recursive.summary).toEqual(expect.arrayContaining(['add ok ds/sub/inner.txt', 'save ok ds/sub', 'save ok ds']));
    expect(recursive.notices).toEqual([]);
    expect(await place.workspace.git(['status', '--porcelain'], path)).toBe('');
  });

  it('refuses paths outside before anything starts', async () => {
    await place.workspace.write({ 'ds/good.txt': 'good', 'outside.txt': 'x' });
    const before = await place.workspace.git(['status', '--porcelain'], path);
    const outside = await place.jobs.failure('save', { ...everything, paths: ['outside.txt'] });
    expect(outside.kind).toBe('outside-root');
    expect(await place.workspace.git(['status', '--porcelain'], path)).toBe(before);
  });

  it('touches nothing during a merge', async () => {
    await place.workspace.git(['checkout', '-q', '-b', 'other'], path);
    await place.workspace.write({ 'ds/merged.txt': 'one' });
    await place.workspace.git(['add', 'merged.txt'], path);
    await place.workspace.git(['commit', '-q', '-m', 'one'], path);
    await place.workspace.git(['checkout', '-q', 'main'], path);
    await place.workspace.write({ 'ds/merged.txt': 'two' });
    await place.workspace.git(['add', 'merged.txt'], path);
    await place.workspace.git(['commit', '-q', '-m', 'two'], path);
    await expect(place.workspace.git(['merge', 'other'], path)).rejects.toThrow('CONFLICT');
    const failure = await place.jobs.failure('save', everything);
    expect(failure).toMatchObject({ kind: 'merge-in-progress', parameters: { what: 'merge' } });
    await place.workspace.git(['merge', '--abort'], path);
    expect(await readFile(`${path}/merged.txt`, 'utf8')).toBe('two');
  });

  it('explains a stale lock and loses nothing', async () => {
    await writeFile(`${path}/.git/index.lock`, '');
    expect((await place.jobs.failure('save', everything)).kind).toBe('locked');
    await rm(`${path}/.git/index.lock`);
    await place.jobs.run('save', everything);
    expect(await place.workspace.git(['show', '--format=', '--name-only', 'HEAD'], path)).toBe('good.txt\n');
  });

  describe('while a terminal commits', () => {
    let besides: JobBench;
    /** Runs once, in the dataset, right before DataLad commits. */
    const terminal = async (script: string): Promise<void> => {
      await writeFile(`${place.workspace.base}/script`, script);
    };

    beforeAll(async () => {
      const real = (await place.workspace.run('sh', ['-c', 'command -v git'])).trim();
      await mkdir(`${place.workspace.base}/bin`);
      const shim = [
        '#!/bin/sh',
        `once=${place.workspace.base}/script`,
        'for word; do if [ "$word" = commit ] && [ -f $once ]; then mv $once $once.used; sh $once.used >&2; fi; done',
        `exec ${real} "$@"`
      ];
      await writeFile(`${place.workspace.base}/bin/git`, `${shim.join('\n')}\n`);
      await chmod(`${place.workspace.base}/bin/git`, 0o755);
      const env = workerEnvironment({
        ...place.workspace.env,
        PATH: `${place.workspace.base}/bin:${place.workspace.env['PATH']}`
      });
      besides = new JobBench(place.workspace, { env });
    });

    afterAll(() => besides.dispose());

    it('reports another commit in between', async () => {
      await place.workspace.write({ 'ds/ours.txt': 'ours', 'ds/theirs.txt': 'theirs' });
      await terminal('git add theirs.txt; git commit -q -m Theirs -- theirs.txt');
      const task = await besides.run('save', { ...everything, paths: ['ds/ours.txt'] });
      expect(task.notices).toMatchObject([{ kind: 'mixed-commit', detail: 'theirs.txt', parameters: { commits: 2 } }]);
      expect(await place.workspace.git(['log', '-2', '--format=%s'], path)).toBe('A change\nTheirs\n');
      expect(await place.workspace.git(['status', '--porcelain'], path)).toBe('');
    });

    it('reports that its files went into the commit of another', async () => {
      await place.workspace.write({ 'ds/taken.txt': 'taken' });
      await terminal('git commit -q -a -m Theirs');
      const failure = await besides.failure('save', everything);
      expect(failure).toMatchObject({ kind: 'mixed-commit', parameters: { commits: 1, files: 0 } });
      expect(await subject()).toBe('Theirs');
      expect(await readFile(`${path}/taken.txt`, 'utf8')).toBe('taken');
      expect(await place.workspace.git(['status', '--porcelain'], path)).toBe('');
    });
  });
});
