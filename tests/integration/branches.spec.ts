import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { BranchReading } from '../support/branchReading';
import { everythingIn } from '../support/everything';
import { useReadingAndJobs } from '../support/place';

jest.setTimeout(120_000);
const dataset = contentsPath('ds');

describe('branches', () => {
  const place = useReadingAndJobs();
  const past = new BranchReading(place);
  let ds = '';
  const git = (...args: string[]): Promise<string> => past.git('ds', ...args);
  const commit = async (name: string, content: string): Promise<void> => {
    await writeFile(join(ds, name), content);
    await git('add', '--', name);
    await git('commit', '-q', '-m', `Add ${name}`);
  };

  beforeAll(async () => {
    ds = await place.workspace.dataset({
      files: { 'notes.txt': 'one\n', '.gitignore': 'ignored.*\n' },
      annexed: { 'a.bin': 'annexed a', 'u.bin': 'unlocked u' },
      unlocked: ['u.bin'],
      clone: true
    });
    await git('switch', '-q', '-c', 'feature/mask');
    await commit('mask.txt', 'mask\n');
    await place.workspace.annex(['unlock', '-q', 'u.bin'], ds);
    await writeFile(join(ds, 'u.bin'), 'unlocked u, on the branch');
    await git('commit', '-q', '-am', 'Change u');
    await git('switch', '-q', 'main');
  });

  it('are listed as git lists them, but for what git-annex keeps for itself', async () => {
    await git('branch', 'synced/main');
    await git('tag', 'v1');
    await git('tag', '-a', '-m', '<b>Second</b> \u202e', 'v2', 'feature/mask');
    const { branches, tags, current, head, loose, unfinished, conflicts, broken } = await past.branches('ds');
    expect(
      branches
        .filter(({ place: where }) => where === 'here')
        .map(({ ref }) => ref)
        .sort()
    ).toEqual(['feature/mask', 'main']);
    expect(branches.filter(({ place: where }) => where === 'sibling').map(({ ref }) => ref)).toEqual(['origin/main']);
    for (const { ref, commit: tip, subject, time } of branches) {
      expect([tip, subject, time]).toEqual([
        await past.at('ds', ref),
        await git('log', '-1', '--format=%s', ref),
        Number(await git('log', '-1', '--format=%ct', ref)) * 1000
      ]);
    }
    expect(branches.find(({ ref }) => ref === 'main')).toMatchObject({
      current: true,
      upstream: { name: 'origin/main', ahead: 0, behind: 0 }
    });
    expect(tags.map(({ name }) => name).sort()).toEqual(['v1', 'v2']);
    expect(tags.find(({ name }) => name === 'v2')).toMatchObject({
      commit: await past.at('ds', 'feature/mask'),
      object: await past.at('ds', 'refs/tags/v2'),
      subject: '<b>Second</b> \u202e'
    });
    expect({ current, head, loose, unfinished, conflicts, broken }).toEqual({
      current: 'main',
      head: await past.at('ds', 'HEAD'),
      loose: 0,
      unfinished: null,
      conflicts: [],
      broken: []
    });
  });

  it('are switched there and back without a change to any content', async () => {
    const before = await everythingIn(ds);
    await place.jobs.run('switchBranch', { dataset, branch: 'feature/mask' });
    expect(await past.current('ds')).toBe('feature/mask');
    expect(await readFile(join(ds, 'mask.txt'), 'utf8')).toBe('mask\n');
    expect(await readFile(join(ds, 'u.bin'), 'utf8')).toBe('unlocked u, on the branch');
    expect(await git('status', '--porcelain')).toBe('');
    await place.jobs.run('switchBranch', { dataset, branch: 'main' });
    expect(await everythingIn(ds)).toEqual(before);
    expect((await place.jobs.failure('switchBranch', { dataset, branch: 'git-annex' })).kind).toBe('not-found');
    expect((await place.jobs.failure('switchBranch', { dataset, branch: 'nowhere' })).kind).toBe('not-found');
  });

  it('carry along what is not saved where they can, and are refused where it would be lost', async () => {
    await writeFile(join(ds, 'notes.txt'), 'edited\n');
    await place.jobs.run('switchBranch', { dataset, branch: 'feature/mask' });
    expect(await readFile(join(ds, 'notes.txt'), 'utf8')).toBe('edited\n');
    await git('checkout', '-q', '--', 'notes.txt');
    await commit('notes.txt', 'of the branch\n');
    await place.jobs.run('switchBranch', { dataset, branch: 'main' });
    await writeFile(join(ds, 'notes.txt'), 'edited again\n');
    await writeFile(join(ds, 'mask.txt'), 'mine, not tracked\n');
    const before = await everythingIn(ds);
    const untracked = await place.jobs.failure('switchBranch', { dataset, branch: 'feature/mask' });
    expect(untracked).toMatchObject({ kind: 'unsaved-changes', parameters: { files: 1, path: 'notes.txt' } });
    await git('checkout', '-q', '--', 'notes.txt');
    expect(await place.jobs.failure('switchBranch', { dataset, branch: 'feature/mask' })).toMatchObject({
      kind: 'in-the-way',
      parameters: { files: 1, path: 'mask.txt' }
    });
    expect({ ...(await everythingIn(ds)).work, 'notes.txt': '' }).toEqual({ ...before.work, 'notes.txt': '' });
    await place.workspace.run('rm', ['mask.txt'], ds);
  });

  it('do not write over a file that git was told to ignore', async () => {
    await git('switch', '-q', '-c', 'with-ignored');
    await writeFile(join(ds, 'ignored.txt'), 'of the branch\n');
    await git('add', '-f', 'ignored.txt');
    await git('commit', '-q', '-m', 'Add what is ignored');
    await git('switch', '-q', 'main');
    await writeFile(join(ds, 'ignored.txt'), 'precious\n');
    const before = await everythingIn(ds);
    expect((await place.jobs.failure('switchBranch', { dataset, branch: 'with-ignored' })).kind).toBe('in-the-way');
    expect((await place.jobs.failure('mergeBranch', { dataset, branch: 'with-ignored' })).kind).toBe('in-the-way');
    expect(await everythingIn(ds)).toEqual(before);
    await place.workspace.run('rm', ['ignored.txt'], ds);
    await git('branch', '-q', '-D', 'with-ignored');
  });

  it('are made here or at a commit, renamed, and come from a sibling', async () => {
    await place.jobs.run('createBranch', { dataset, branch: 'idea', stay: true });
    expect([await past.current('ds'), await past.at('ds', 'idea')]).toEqual(['main', await past.at('ds', 'main')]);
    await place.jobs.run('createBranch', { dataset, branch: 'older', commit: await past.at('ds', 'feature/mask~2') });
    expect([await past.current('ds'), await past.at('ds', 'HEAD')]).toEqual(['older', await past.at('ds', 'feature/mask~2')]);
    expect((await place.jobs.failure('createBranch', { dataset, branch: 'idea' })).kind).toBe('name-taken');
    for (const branch of ['two words', 'git-annex', 'adjusted/x(unlocked)', 'a..b']) {
      expect((await place.jobs.failure('createBranch', { dataset, branch })).kind).toBe('bad-name');
    }
    await place.jobs.run('renameBranch', { dataset, branch: 'older', name: 'newer' });
    expect(await past.current('ds')).toBe('newer');
    await place.jobs.run('switchBranch', { dataset, branch: 'main' });
    const source = join(place.workspace.sources, 'ds');
    await place.workspace.git(['branch', 'theirs'], source);
    await git('fetch', '-q');
    await place.jobs.run('switchBranch', { dataset, branch: 'theirs', sibling: 'origin' });
    expect((await past.branches('ds')).branches.find(({ ref }) => ref === 'theirs')).toMatchObject({
      current: true,
      upstream: { name: 'origin/theirs', ahead: 0, behind: 0 }
    });
    await place.jobs.run('switchBranch', { dataset, branch: 'main' });
  });

  it('are deleted only where nothing is lost, or when told so; what is deleted can be made again', async () => {
    const tip = await past.at('ds', 'feature/mask');
    await git('tag', '-d', 'v2');
    await git('branch', '-q', '-D', 'newer');
    const lost = await past.lost('ds', 'feature/mask');
    expect(lost.commits.map(({ id }) => id)).toEqual((await git('log', '--format=%H', 'main..feature/mask')).split('\n'));
    expect(lost.count).toBe(3);
    const input = { dataset, branch: 'feature/mask', commit: tip };
    expect(await place.jobs.failure('deleteBranch', input)).toMatchObject({ kind: 'commits-lost', parameters: { commits: 3 } });
    expect((await place.jobs.failure('deleteBranch', { ...input, commit: await past.at('ds', 'main') })).kind).toBe(
      'changed-since'
    );
    for (const branch of ['main', 'git-annex']) {
      const at = await past.at('ds', branch);
      expect((await place.jobs.failure('deleteBranch', { dataset, branch, commit: at, lose: true })).kind).toBe('bad-request');
    }
    const before = await everythingIn(ds);
    await place.jobs.run('deleteBranch', { ...input, lose: true });
    expect((await past.branches('ds')).branches.map(({ ref }) => ref)).not.toContain('feature/mask');
    // Neither git nor git-annex takes what it held for rubbish.
    await git('reflog', 'expire', '--expire=now', '--all');
    await git('gc', '-q', '--prune=now');
    expect(await place.workspace.annex(['unused', '-q'], ds)).not.toContain('SHA256');
    await place.jobs.run('createBranch', { dataset, branch: 'feature/mask', commit: tip, stay: true });
    expect(await past.at('ds', 'feature/mask')).toBe(tip);
    expect(await everythingIn(ds)).toEqual(before);
    await place.jobs.run('deleteBranch', { dataset, branch: 'idea', commit: await past.at('ds', 'idea') });
  });

  it('may be left for a commit, which is kept', async () => {
    await git('switch', '-q', '--detach');
    await git('commit', '-q', '--allow-empty', '-m', 'On no branch');
    const loose = await past.at('ds', 'HEAD');
    expect(await past.branches('ds')).toMatchObject({ current: null, head: loose, loose: 1 });
    expect((await past.lost('ds')).commits.map(({ subject }) => subject)).toEqual(['On no branch']);
    const back = { dataset, branch: 'main' };
    expect((await place.jobs.failure('switchBranch', back)).kind).toBe('commits-lost');
    await place.jobs.run('switchBranch', { ...back, leave: true });
    await git('reflog', 'expire', '--expire=now', '--all');
    await git('gc', '-q', '--prune=now');
    expect(await git('cat-file', '-t', loose)).toBe('commit');
  });

  it('have tags beside them, made and deleted as git does', async () => {
    const tip = await past.at('ds', 'feature/mask');
    await place.jobs.run('createTag', { dataset, tag: 'v3', commit: tip, message: '# Third\n\nwith <i>more</i>' });
    expect(await git('cat-file', 'tag', 'v3')).toMatch(
      /^object .*\ntype commit\ntag v3\ntagger Test Person[^\n]*\n\n# Third\n\nwith <i>more<\/i>$/u
    );
    await place.jobs.run('createTag', { dataset, tag: 'plain' });
    expect(await past.at('ds', 'refs/tags/plain')).toBe(await past.at('ds', 'main'));
    expect((await place.jobs.failure('createTag', { dataset, tag: 'v3' })).kind).toBe('name-taken');
    expect((await place.jobs.failure('createTag', { dataset, tag: 'a b' })).kind).toBe('bad-name');
    const object = await past.at('ds', 'refs/tags/v3');
    await place.jobs.run('deleteTag', { dataset, tag: 'v3', object });
    expect((await past.branches('ds')).tags.map(({ name }) => name)).not.toContain('v3');
    await git('gc', '-q', '--prune=now');
    // Just the same again, with its message.
    await place.jobs.run('createTag', { dataset, tag: 'v3', commit: object });
    expect(await past.at('ds', 'refs/tags/v3')).toBe(object);
  });

  it('that are broken are named, and the others stand', async () => {
    await mkdir(join(ds, '.git/refs/heads/bad'), { recursive: true });
    await writeFile(join(ds, '.git/refs/heads/bad/text'), 'nonsense\n');
    const first = await past.branches('ds');
    expect(first.broken).toEqual(['refs/heads/bad/text']);
    await writeFile(join(ds, '.git/refs/heads/bad/gone'), `${'1'.repeat(40)}\n`);
    const second = await past.branches('ds');
    expect(second.broken).toContain('refs/heads/bad/gone');
    expect(second.branches).toEqual(first.branches);
    await place.workspace.run('rm', ['-r', '.git/refs/heads/bad'], ds);
  });

  it('that git-annex adjusted hand on what was saved, and take over what came meanwhile', async () => {
    await place.workspace.annex(['adjust', '-q', '--unlock'], ds);
    await commit('adjusted.txt', 'saved while adjusted\n');
    const { branches, current } = await past.branches('ds');
    expect(current).toBe('adjusted/main(unlocked)');
    expect(branches.find(({ ref }) => ref === current)).toMatchObject({ name: 'main', adjustment: 'unlocked', current: true });
    expect(await readFile(join(ds, 'a.bin'), 'utf8')).toBe('annexed a');
    const main = await past.at('ds', 'main');
    expect((await place.jobs.failure('deleteBranch', { dataset, branch: 'main', commit: main })).kind).toBe('bad-request');

    await place.jobs.run('switchBranch', { dataset, branch: 'main' });
    expect(await readFile(join(ds, 'adjusted.txt'), 'utf8')).toBe('saved while adjusted\n');
    expect(await git('ls-tree', 'HEAD', 'a.bin')).toMatch(/^120000/u);
    await commit('meanwhile.txt', 'on main\n');
    await place.jobs.run('switchBranch', { dataset, branch: 'adjusted/main(unlocked)' });
    expect(await readFile(join(ds, 'meanwhile.txt'), 'utf8')).toBe('on main\n');
    expect(await git('ls-tree', 'HEAD', 'a.bin')).toMatch(/^100644/u);

    await place.jobs.run('mergeBranch', { dataset, branch: 'feature/mask' });
    expect(await readFile(join(ds, 'mask.txt'), 'utf8')).toBe('mask\n');
    expect(await git('merge-base', '--is-ancestor', 'feature/mask', 'main')).toBe('');
    expect(await git('ls-tree', 'main', 'a.bin')).toMatch(/^120000/u);
    expect(await git('status', '--porcelain')).toBe('');

    await place.jobs.run('createBranch', { dataset, branch: 'from-adjusted' });
    expect(await past.at('ds', 'from-adjusted')).toBe(await past.at('ds', 'main'));
    await writeFile(join(ds, 'notes.txt'), 'in conflict, there\n');
    await git('commit', '-q', '-am', 'There');
    await place.jobs.run('switchBranch', { dataset, branch: 'adjusted/main(unlocked)' });
    await writeFile(join(ds, 'notes.txt'), 'in conflict, here\n');
    expect((await place.jobs.failure('mergeBranch', { dataset, branch: 'from-adjusted' })).kind).toBe('unsaved-changes');
    await git('commit', '-q', '-am', 'Here');
    const before = await everythingIn(ds);
    expect(await place.jobs.failure('mergeBranch', { dataset, branch: 'from-adjusted' })).toMatchObject({
      kind: 'conflicts',
      parameters: { adjusted: 'main' }
    });
    expect(await everythingIn(ds)).toEqual(before);
    expect(await git('status', '--porcelain')).toBe('');
    await place.jobs.run('switchBranch', { dataset, branch: 'main' });
    expect(await readFile(join(ds, 'notes.txt'), 'utf8')).toBe('in conflict, here\n');
  });
});
