import { lstat, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ContentsPath, contentsPath } from '../../src/protocol/paths';
import { BranchReading } from '../support/branchReading';
import { everythingIn } from '../support/everything';
import { useReadingAndJobs } from '../support/place';

jest.setTimeout(120_000);
const dataset = contentsPath('ds');
const NAMES = ['text.txt', 'gone.txt', 'nasty\nname.txt', 'locked.bin', 'unlocked.bin'];

describe('merges', () => {
  const place = useReadingAndJobs();
  const past = new BranchReading(place);
  let ds = '';
  const git = (...args: string[]): Promise<string> => past.git('ds', ...args);
  const paths = (...names: string[]): ContentsPath[] => names.map(name => contentsPath(`ds/${name}`));
  const text = (name: string): Promise<string> => readFile(join(ds, name), 'utf8');

  /** Commits to the branch that is checked out, annexed files as new content. */
  const change = async (side: string, { without = '' } = {}): Promise<void> => {
    for (const name of NAMES.filter(each => each !== without)) {
      await place.workspace.run('rm', ['-f', '--', name], ds);
      await writeFile(join(ds, name), `${name}, ${side}\n`);
    }
    const inGit = NAMES.filter(name => name.endsWith('.txt') && name !== without);
    await git('-c', 'annex.largefiles=nothing', 'add', '--', ...inGit);
    await place.workspace.annex(['add', '-q', '--force-large', '--', 'locked.bin', 'unlocked.bin'], ds);
    await place.workspace.annex(['unlock', '-q', '--', 'unlocked.bin'], ds);
    await git('add', '--', 'unlocked.bin');
    if (without !== '') {
      await git('rm', '-q', '--', without);
    }
    await git('commit', '-q', '-m', `All of ${side}`);
  };

  beforeAll(async () => {
    ds = await place.workspace.dataset({ files: { 'other.txt': 'other\n' } });
    await change('base');
    await git('branch', 'ahead');
    await git('switch', '-q', '-c', 'theirs');
    await change('theirs', { without: 'gone.txt' });
    await git('switch', '-q', 'main');
  });

  it('move on where nothing came meanwhile, and do nothing where all is there', async () => {
    await git('switch', '-q', 'ahead');
    await writeFile(join(ds, 'ahead.txt'), 'ahead\n');
    await git('add', 'ahead.txt');
    await git('commit', '-q', '-m', 'Ahead');
    await git('switch', '-q', 'main');
    await place.jobs.run('mergeBranch', { dataset, branch: 'ahead' });
    expect(await past.at('ds', 'HEAD')).toBe(await past.at('ds', 'ahead'));
    const { results } = await place.jobs.run('mergeBranch', { dataset, branch: 'ahead' });
    expect(results.map(({ status }) => status)).toEqual(['notneeded']);
    expect((await place.jobs.failure('mergeBranch', { dataset, branch: 'nowhere' })).kind).toBe('not-found');
  });

  it('make a commit where both sides went on', async () => {
    await git('branch', 'side', 'HEAD~1');
    await git('switch', '-q', 'side');
    await writeFile(join(ds, 'side.txt'), 'side\n');
    await git('add', 'side.txt');
    await git('commit', '-q', '-m', 'Side');
    await git('switch', '-q', 'main');
    await place.jobs.run('mergeBranch', { dataset, branch: 'side' });
    expect((await git('log', '-1', '--format=%P')).split(' ')).toHaveLength(2);
    expect([await text('side.txt'), await text('ahead.txt')]).toEqual(['side\n', 'ahead\n']);
    expect(await git('status', '--porcelain')).toBe('');
  });

  it('leave files in conflict, and giving up brings back all that was', async () => {
    await change('mine');
    await writeFile(join(ds, 'not-tracked.txt'), 'mine alone\n');
    const before = await everythingIn(ds);
    const head = await past.at('ds', 'HEAD');
    const failure = await place.jobs.failure('mergeBranch', { dataset, branch: 'theirs' });
    expect(failure).toMatchObject({ kind: 'conflicts', parameters: { files: NAMES.length } });
    const { conflicts, unfinished } = await past.branches('ds');
    expect(unfinished).toBe('merge');
    expect(conflicts.map(({ path }) => path).sort()).toEqual(paths(...NAMES).sort());
    const kinds = Object.fromEntries(
      conflicts.map(({ path, mine, theirs, marked, edited }) => [path, [mine, theirs, marked, edited]])
    );
    expect(kinds['ds/text.txt']).toEqual(['git', 'git', true, undefined]);
    expect(kinds['ds/gone.txt']).toEqual(['git', null, undefined, undefined]);
    expect(kinds['ds/locked.bin']?.slice(0, 2)).toEqual(['annex', 'annex']);
    expect(kinds['ds/unlocked.bin']?.slice(0, 2)).toEqual(['annex', 'annex']);
    for (const job of ['switchBranch', 'mergeBranch'] as const) {
      expect((await place.jobs.failure(job, { dataset, branch: 'side' })).kind).toBe('merge-in-progress');
    }
    expect((await place.jobs.failure('conclude', { dataset, what: 'merge', how: 'continue' })).kind).toBe('conflicts');
    expect((await place.jobs.failure('conclude', { dataset, what: 'rebase', how: 'abort' })).kind).toBe('changed-since');
    await place.jobs.run('conclude', { dataset, what: 'merge', how: 'abort' });
    expect(await everythingIn(ds)).toEqual(before);
    expect([await past.at('ds', 'HEAD'), await git('status', '--porcelain')]).toEqual([head, '?? not-tracked.txt']);
  });

  it('are finished with mine, theirs, or what somebody made of both', async () => {
    await place.jobs.failure('mergeBranch', { dataset, branch: 'theirs' });
    await place.jobs.run('resolve', { dataset, paths: paths('locked.bin', 'nasty\nname.txt'), take: 'mine' });
    await place.jobs.run('resolve', { dataset, paths: paths('unlocked.bin', 'gone.txt'), take: 'theirs' });
    expect(await text('locked.bin')).toBe('locked.bin, mine\n');
    expect(await text('unlocked.bin')).toBe('unlocked.bin, theirs\n');
    expect(await text('nasty\nname.txt')).toBe('nasty\nname.txt, mine\n');
    await expect(lstat(join(ds, 'gone.txt'))).rejects.toThrow('ENOENT');
    expect((await past.branches('ds')).conflicts.map(({ path }) => path)).toEqual(['ds/text.txt']);
    const now = { dataset, paths: paths('text.txt'), take: 'now' } as const;
    expect((await place.jobs.failure('resolve', now)).kind).toBe('bad-request');
    await writeFile(join(ds, 'text.txt'), 'made of both\n');
    expect((await past.branches('ds')).conflicts).toMatchObject([{ edited: true }]);
    // What was typed since is thrown away by nothing but a word.
    expect((await place.jobs.failure('resolve', { ...now, take: 'theirs' })).kind).toBe('unsaved-changes');
    expect(await text('text.txt')).toBe('made of both\n');
    await place.jobs.run('resolve', now);
    expect((await place.jobs.failure('resolve', now)).kind).toBe('not-found');
    await place.jobs.run('conclude', { dataset, what: 'merge', how: 'continue' });
    expect(await git('log', '-1', '--format=%P')).toBe(`${await past.at('ds', 'HEAD^1')} ${await past.at('ds', 'theirs')}`);
    expect(await git('show', 'HEAD:text.txt')).toBe('made of both');
    expect(await git('status', '--porcelain')).toBe('?? not-tracked.txt');
    expect(await git('ls-tree', '-r', '--name-only', 'HEAD')).not.toContain('gone.txt');
    expect((await past.branches('ds')).unfinished).toBeNull();
    expect(await place.workspace.annex(['fsck', '--fast', '--quiet'], ds)).toBe('');
  });

  it.each(['rebase', 'cherry-pick', 'revert'] as const)('a %s that git stopped in goes on, or is given up', async what => {
    await git('switch', '-q', '-C', 'work', 'side');
    for (const content of ['first', 'second']) {
      await writeFile(join(ds, 'text.txt'), `${content}\n`);
      await git('commit', '-q', '-am', content);
    }
    const start = { rebase: ['main'], 'cherry-pick': ['main~1'], revert: ['HEAD~1'] }[what];
    const before = await everythingIn(ds);
    const head = await past.at('ds', 'HEAD');
    const stop = (): Promise<unknown> => git(what, ...(what === 'revert' ? ['--no-edit'] : []), ...start).catch(() => undefined);
    if (what === 'cherry-pick') {
      await git('switch', '-q', '-C', 'picked', 'theirs');
      start.splice(0, 1, 'work');
    }
    const here = what === 'cherry-pick' ? await everythingIn(ds) : before;
    const at = what === 'cherry-pick' ? await past.at('ds', 'HEAD') : head;
    await stop();
    expect(await past.branches('ds')).toMatchObject({ unfinished: what, conflicts: [{ path: 'ds/text.txt' }] });
    if (what === 'rebase') {
      await writeFile(join(ds, 'other.txt'), 'not of git\n');
      expect((await place.jobs.failure('conclude', { dataset, what, how: 'abort' })).kind).toBe('unsaved-changes');
      expect(await text('other.txt')).toBe('not of git\n');
      await git('checkout', '-q', '--', 'other.txt');
    }
    await place.jobs.run('conclude', { dataset, what, how: 'abort' });
    expect(await everythingIn(ds)).toEqual(here);
    expect(await past.at('ds', 'HEAD')).toBe(at);
    await stop();
    for (let round = 0; round < 3 && (await past.branches('ds')).unfinished !== null; round++) {
      if ((await past.branches('ds')).conflicts.length > 0) {
        await writeFile(join(ds, 'text.txt'), `settled ${round}\n`);
        await place.jobs.run('resolve', { dataset, paths: paths('text.txt'), take: 'now' });
      }
      const again = what === 'rebase' && round === 0;
      // The rebase stops once more.
      await (again
        ? expect(place.jobs.failure('conclude', { dataset, what, how: 'continue' })).resolves.toMatchObject({ kind: 'conflicts' })
        : place.jobs.run('conclude', { dataset, what, how: 'continue' }));
    }
    expect((await past.branches('ds')).unfinished).toBeNull();
    expect(await text('text.txt')).toMatch(/^settled/u);
  });

  it('tell subdatasets that are not as the other branch has them, and touch nothing in them', async () => {
    await place.workspace.dataset({
      path: 'super',
      files: { 'a.txt': 'a\n' },
      subdatasets: { sub: { files: { 's.txt': 's\n' } } }
    });
    const top = contentsPath('super');
    const sub = place.workspace.path('super/sub');
    await past.git('super', 'switch', '-q', '-c', 'newer');
    await writeFile(join(sub, 's.txt'), 'newer\n');
    await place.workspace.git(['commit', '-q', '-am', 'Newer'], sub);
    await past.git('super', 'commit', '-q', '-am', 'Newer sub');
    await past.git('super', 'switch', '-q', '-c', 'without');
    await past.git('super', 'rm', '-q', '--cached', 'sub');
    await past.git('super', 'rm', '-q', '-f', '.gitmodules');
    await past.git('super', 'commit', '-q', '-m', 'Without');
    const before = await everythingIn(sub);
    const left = await place.jobs.run('switchBranch', { dataset: top, branch: 'newer' });
    expect(left.notices).toEqual([]);
    const moved = await place.jobs.run('switchBranch', { dataset: top, branch: 'main' });
    expect(moved.notices).toMatchObject([{ kind: 'subdatasets-differ', parameters: { differing: 1, left: 0, path: 'sub' } }]);
    const gone = await place.jobs.run('switchBranch', { dataset: top, branch: 'without' });
    expect(gone.notices).toMatchObject([{ kind: 'subdatasets-differ', parameters: { differing: 0, left: 1, path: 'sub' } }]);
    expect(await everythingIn(sub)).toEqual(before);
  });
});
