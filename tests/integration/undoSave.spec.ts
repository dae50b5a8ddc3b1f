import { appendFile, chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UndoAnswer } from '../../src/protocol/undo';
import { everythingIn } from '../support/everything';
import { useJobs } from '../support/place';
import type { RecordingTask } from '../support/recordingTask';
import { UndoBench } from '../support/undoBench';

jest.setTimeout(120_000);

const place = useJobs();
let count = 0;
let dataset = '';
let path = '';
let bench: UndoBench | undefined;

afterAll(() => bench?.dispose());

async function fresh(spec: Parameters<typeof place.workspace.dataset>[0] = {}): Promise<void> {
  count += 1;
  dataset = `ds${count}`;
  bench?.dispose();
  bench = new UndoBench(place.jobs, place.workspace);
  path = await place.workspace.dataset({
    path: dataset,
    files: { 'notes.txt': 'in Git\n' },
    annexed: { 'locked.bin': 5_000, 'open.bin': 6_000 },
    unlocked: ['open.bin'],
    ...spec
  });
}

const run: UndoBench['run'] = (...asked) => bench!.run(...asked);
const plan = (job?: string, at = dataset): Promise<UndoAnswer> => bench!.plan(at, job);

/** Undoes by the plan, and expects one. */
async function undo(job?: string, at?: string): Promise<RecordingTask> {
  const { plan: found, failure } = await plan(job, at);
  expect(failure).toBeUndefined();
  return await run(found!.action.operation, found!.action.input);
}

const git = (...args: string[]): Promise<string> => place.workspace.git(args, path);
const head = async (): Promise<string> => (await git('rev-parse', 'HEAD')).trim();
const refs = async (): Promise<string[]> =>
  (await git('for-each-ref', '--format=%(refname) %(objectname)'))
    .split('\n')
    .filter(line => !/git-annex|refs\/annex\//u.test(line));
const save = (more: Record<string, unknown> = {}): Promise<RecordingTask> => run('save', { dataset, message: 'A save', ...more });

/** Changes a bit of everything. */
async function change(): Promise<void> {
  await appendFile(`${path}/notes.txt`, 'more');
  await appendFile(`${path}/open.bin`, 'edited');
  await place.workspace.annex(['unlock', '-q', 'locked.bin'], path);
  await appendFile(`${path}/locked.bin`, 'edited, too');
  await place.workspace.write({ [`${dataset}/new.bin`]: 'x'.repeat(5_000), [`${dataset}/new.txt`]: 'new' });
}

describe('the undo of a save', () => {
  it('leaves every file as it is, unsaved again, and can be saved again', async () => {
    await fresh();
    const before = await refs();
    await change();
    await save({ versionTag: 'v1' });
    const after = await everythingIn(path);
    const names = ['locked.bin', 'new.bin', 'new.txt', 'notes.txt', 'open.bin'];
    const { plan: found } = await plan();
    expect(found).toMatchObject({ kind: 'save', files: 5, saves: [{ dataset, subject: 'A save' }] });
    expect(found!.names.sort()).toEqual(names);
    await undo();
    expect(await refs()).toEqual(before);
    expect(await everythingIn(path)).toEqual(after);
    const changed = (await git('status', '--porcelain')).split('\n').filter(Boolean);
    expect(changed.map(line => line.slice(3)).sort()).toEqual(names);
    expect(await place.workspace.annex(['unused'], path)).not.toContain('SHA256');
    await save();
    expect(await git('status', '--porcelain')).toBe('');
    expect(await everythingIn(path)).toEqual(after);
    await place.workspace.annex(['fsck', '--quiet'], path);
  });

  it('is not offered once something came after it, and refuses in the same moment', async () => {
    await fresh();
    await change();
    const { id } = await save();
    const { plan: found } = await plan();
    await writeFile(`${path}/later.txt`, 'later');
    await git('add', 'later.txt');
    await git('commit', '-q', '-m', 'Later');
    const now = await head();
    expect(await plan()).toEqual({ plan: null });
    expect(await plan(id)).toMatchObject({ plan: null, failure: { kind: 'changed-since' } });
    expect((await place.jobs.failure('undoSave', found!.action.input as never)).kind).toBe('changed-since');
    expect(await head()).toBe(now);
  });

  it('goes back save by save, also over an amended one', async () => {
    await fresh();
    const start = await head();
    await writeFile(`${path}/one.txt`, 'one');
    await save({ message: 'One' });
    const one = await head();
    await writeFile(`${path}/two.txt`, 'two');
    await save({ message: 'One and two', amend: true });
    await undo();
    expect(await head()).toBe(one);
    await undo();
    expect(await head()).toBe(start);
    expect((await git('status', '--porcelain')).split('\n').filter(Boolean)).toEqual(['A  one.txt', 'A  two.txt']);
    expect((await plan()).plan).toBeNull();
  });

  it('works on a HEAD that names a commit itself', async () => {
    await fresh();
    await git('checkout', '-q', '--detach');
    const start = await head();
    await appendFile(`${path}/notes.txt`, 'more');
    await save();
    await undo();
    expect(await head()).toBe(start);
    expect(await git('status', '--porcelain')).toMatch(/^. {2}notes\.txt\n$/);
  });

  it('works on an adjusted branch, and the save does not come back with the next one', async () => {
    await fresh();
    await place.workspace.annex(['adjust', '-q', '--unlock'], path);
    const before = await refs();
    await appendFile(`${path}/locked.bin`, 'edited');
    await place.workspace.write({ [`${dataset}/new.bin`]: 'x'.repeat(5_000) });
    await save();
    expect(await refs()).not.toEqual(before);
    const after = await everythingIn(path);
    await undo();
    expect(await refs()).toEqual(before);
    expect(await everythingIn(path)).toEqual(after);
    expect(
      (await git('status', '--porcelain'))
        .trim()
        .split('\n')
        .map(line => line.trim())
    ).toEqual(['M  locked.bin', 'A  new.bin']);
    await save({ message: 'Once more' });
    expect(await git('log', '--format=%s', 'main')).toBe('Once more\nStart\n');
    expect(await git('status', '--porcelain')).toBe('');
  });

  it('is done in every dataset that a recursive save touched', async () => {
    await fresh({
      subdatasets: { sub: { files: { 'inner.txt': 'inner\n' }, subdatasets: { deep: { files: { 'd.txt': 'd\n' } } } } }
    });
    const heads = async (): Promise<string[]> =>
      await Promise.all(['', '/sub', '/sub/deep'].map(sub => place.workspace.git(['rev-parse', 'HEAD'], `${path}${sub}`)));
    const before = await heads();
    await appendFile(`${path}/sub/deep/d.txt`, 'more');
    await appendFile(`${path}/notes.txt`, 'more');
    await save({ recursive: true });
    expect(await heads()).not.toEqual(before);
    const { plan: found } = await plan();
    expect(found!.saves.map(one => one.dataset)).toEqual([`${dataset}/sub/deep`, `${dataset}/sub`, dataset]);
    await undo();
    expect(await heads()).toEqual(before);
    // Nothing but the changes themselves: the subdatasets are where their datasets say.
    expect(await git('status', '--porcelain', '--ignore-submodules=dirty')).toMatch(/^. {2}notes\.txt\n$/);
    expect(await place.workspace.git(['status', '--porcelain'], `${path}/sub/deep`)).toMatch(/^. {2}d\.txt\n$/);
    await save({ recursive: true });
    expect(await git('status', '--porcelain')).toBe('');
  });

  it('takes back what a sibling has by a commit of its own', async () => {
    await fresh({ clone: true });
    await writeFile(`${path}/notes.txt`, 'ours\n');
    await place.workspace.write({ [`${dataset}/new.bin`]: 'x'.repeat(5_000) });
    const { id } = await save();
    const saved = await head();
    await git('push', '-q', 'origin', 'HEAD:refs/heads/topic');
    expect((await plan()).plan).toMatchObject({ action: { input: { by: 'revert' } } });
    expect((await place.jobs.failure('undoSave', { dataset, job: id, by: 'reset' })).kind).toBe('changed-since');
    await undo();
    expect((await git('rev-parse', 'HEAD^')).trim()).toBe(saved);
    expect(await git('diff', '--stat', 'HEAD~2', 'HEAD')).toBe('');
    expect(await readFile(`${path}/notes.txt`, 'utf8')).toBe('in Git\n');
    expect(await git('status', '--porcelain')).toBe('');
    // What the save had is in the history, with its content.
    await git('checkout', '-q', saved);
    expect(await readFile(`${path}/new.bin`, 'utf8')).toBe('x'.repeat(5_000));
  });
});

describe('the undo of a recursive save that was pushed', () => {
  const sub = (name: string, ...args: string[]): Promise<string> => place.workspace.git(args, `${path}${name}`);
  const subs = ['', '/sub', '/sub/deep'];
  const heads = async (): Promise<string[]> => await Promise.all(subs.map(name => sub(name, 'rev-parse', 'HEAD')));
  const trees = async (): Promise<string[]> => await Promise.all(subs.map(name => sub(name, 'ls-tree', '-r', 'HEAD')));
  const works = async (): Promise<Record<string, string>[]> =>
    await Promise.all(subs.map(async name => (await everythingIn(`${path}${name}`)).work));
  const onlyFiles = (tree: string): string => tree.replace(/^160000 .*\n/gmu, '');
  let saved: Promise<RecordingTask>;
  let before: { trees: string[]; works: Record<string, string>[]; annexed: string[] };

  beforeAll(async () => {
    await fresh({
      clone: true,
      subdatasets: {
        sub: {
          files: { 'inner.txt': 'inner\n' },
          annexed: { 'open.bin': 4_000 },
          unlocked: ['open.bin'],
          subdatasets: { deep: { files: { 'd.txt': 'd\n', 'gone.txt': 'gone\n' } } }
        }
      }
    });
    before = { trees: await trees(), works: await works(), annexed: (await everythingIn(`${path}/sub`)).annexed };
    await appendFile(`${path}/notes.txt`, 'more');
    await appendFile(`${path}/sub/open.bin`, 'edited');
    await appendFile(`${path}/sub/deep/d.txt`, 'more');
    await rm(`${path}/sub/deep/gone.txt`);
    await place.workspace.write({ [`${dataset}/sub/deep/new.bin`]: 'x'.repeat(3_000) });
    saved = save({ recursive: true });
    await saved;
    // Only one of the datasets was pushed, and the others are named by its commit or name it.
    await sub('/sub', 'push', '-q', 'origin', 'HEAD:refs/heads/topic');
  });

  it('is refused while a file of it has changes, and none of the datasets is touched', async () => {
    // The save put it into the annex, so that it is a link by now.
    await rm(`${path}/notes.txt`);
    await writeFile(`${path}/notes.txt`, 'later');
    const now = await heads();
    expect((await plan((await saved).id)).failure).toMatchObject({
      kind: 'not-undoable',
      message: expect.stringContaining('notes.txt changed since')
    });
    expect((await place.jobs.failure('undoSave', { dataset, job: (await saved).id, by: 'revert' })).kind).toBe('not-undoable');
    expect(await heads()).toEqual(now);
    await sub('', 'checkout', '-q', '--', 'notes.txt');
  });

  it('is taken back in all of them or in none', async () => {
    const now = { heads: await heads(), works: await works() };
    // The outermost cannot commit, after those below it did.
    await writeFile(`${path}/.git/hooks/pre-commit`, '#!/bin/sh\necho not today >&2\nexit 1\n');
    await chmod(`${path}/.git/hooks/pre-commit`, 0o755);
    const { detail } = await place.jobs.failure('undoSave', { dataset, job: (await saved).id, by: 'revert' });
    expect(detail).toContain('not today');
    expect({ heads: await heads(), works: await works() }).toEqual(now);
    expect(await Promise.all(subs.map(name => sub(name, 'status', '--porcelain')))).toEqual(['', '', '']);
    await rm(`${path}/.git/hooks/pre-commit`);
  });

  it('is taken back by one commit in each, from the inside out, and each names those below it', async () => {
    const pushed = await heads();
    const { plan: found } = await plan();
    expect(found).toMatchObject({ kind: 'save', action: { input: { by: 'revert' } } });
    expect(found!.saves.map(one => one.dataset)).toEqual([`${dataset}/sub/deep`, `${dataset}/sub`, dataset]);
    await undo();
    expect(await Promise.all(subs.map(name => sub(name, 'rev-parse', 'HEAD^')))).toEqual(pushed);
    const now = await heads();
    expect((await sub('', 'rev-parse', 'HEAD:sub')).trim()).toBe(now[1]!.trim());
    expect((await sub('/sub', 'rev-parse', 'HEAD:deep')).trim()).toBe(now[2]!.trim());
    expect((await trees()).map(onlyFiles)).toEqual(before.trees.map(onlyFiles));
    expect(await works()).toEqual(before.works);
    // What the save had is in the history, and so is its content.
    expect((await everythingIn(`${path}/sub`)).annexed).toEqual(expect.arrayContaining(before.annexed));
    expect(await Promise.all(subs.map(name => sub(name, 'status', '--porcelain')))).toEqual(['', '', '']);
    expect(await place.workspace.datalad(['-f', 'json', 'status', '-r'], path)).toMatch(/"state": "clean"/u);
    expect(await sub('', 'log', '-1', '--format=%s')).toBe('Revert "A save"\n');
  });
});

describe('the undo of other work', () => {
  it('gets again what was dropped, then drops what was got, and goes on further back', async () => {
    await fresh({ clone: true });
    await writeFile(`${path}/one.txt`, 'one');
    await save({ message: 'One' });
    const before = await everythingIn(path);
    const source = join(place.workspace.sources, dataset);
    const kept = await everythingIn(source);
    const paths = [`${dataset}/locked.bin`, `${dataset}/open.bin`];
    await run('drop', { dataset, paths });
    expect((await everythingIn(path)).annexed.length).toBe(before.annexed.length - 2);
    expect((await plan()).plan).toMatchObject({ kind: 'drop', files: 2, bytes: 11_000 });
    await undo();
    expect(await everythingIn(path)).toEqual(before);
    expect(await everythingIn(source)).toEqual(kept);
    // Not the get that undid it: the save before.
    expect((await plan()).plan).toMatchObject({ kind: 'save' });

    await place.workspace.annex(['drop', '-q', 'locked.bin'], path);
    const without = await everythingIn(path);
    await run('get', { dataset, paths: paths.slice(0, 1) });
    expect(await everythingIn(path)).toEqual(before);
    expect((await plan()).plan).toMatchObject({ kind: 'get', files: 1, bytes: 5_000 });
    await undo();
    expect(await everythingIn(path)).toEqual(without);
    // The only other copy is as it was.
    expect(await everythingIn(source)).toEqual(kept);
  });

  it('keeps what was got, where it was lost everywhere else since', async () => {
    await fresh({ clone: true, dropped: ['locked.bin'] });
    await run('get', { dataset, paths: [`${dataset}/locked.bin`] });
    const source = join(place.workspace.sources, dataset);
    await place.workspace.annex(['drop', '-q', '--force', 'locked.bin'], source);
    const before = await everythingIn(path);
    const { plan: found } = await plan();
    expect((await place.jobs.failure('drop', found!.action.input as never)).kind).toBe('last-copy');
    expect(await everythingIn(path)).toEqual(before);
  });

  it('locks what was unlocked, while it is not edited', async () => {
    await fresh();
    const before = await everythingIn(path);
    const { id } = await run('unlock', { dataset, paths: [`${dataset}/locked.bin`] });
    await undo();
    expect(await everythingIn(path)).toEqual(before);
    expect(await git('status', '--porcelain')).toBe('');
    expect((await plan(id)).failure?.kind).toBe('not-undoable');

    const again = await run('unlock', { dataset, paths: [`${dataset}/locked.bin`] });
    await appendFile(`${path}/locked.bin`, 'edited');
    const edited = await everythingIn(path);
    expect((await plan(again.id)).failure).toMatchObject({ kind: 'not-undoable' });
    expect((await place.jobs.failure('lock', { dataset, paths: [`${dataset}/locked.bin`] })).kind).toBe('modified-content');
    expect((await everythingIn(path)).work).toEqual(edited.work);
    expect((await place.jobs.failure('lock', { dataset, paths: [`${dataset}/notes.txt`] })).kind).toBe('not-annexed');
  });

  it('brings back a discard, also one of a server before', async () => {
    await fresh();
    await change();
    const before = await everythingIn(path);
    const task = await run('discard', { dataset, paths: [dataset] });
    bench!.jobs = [];
    expect((await plan()).plan).toMatchObject({ kind: 'discard', job: task.id, files: 5 });
    await undo();
    expect((await everythingIn(path)).work).toEqual(before.work);
  });

  it('makes branches and tags again that were deleted, just as they were', async () => {
    await fresh();
    await git('branch', 'idea');
    await git('tag', '-a', '-m', 'First', 'v1');
    const [before, tips] = [await everythingIn(path), await refs()];
    const [commit, object] = [await head(), (await git('rev-parse', 'refs/tags/v1')).trim()];
    const branch = await run('deleteBranch', { dataset, branch: 'idea', commit });
    const tag = await run('deleteTag', { dataset, tag: 'v1', object });
    expect((await plan()).plan).toMatchObject({ kind: 'deleteTag', job: tag.id, names: ['v1'] });
    await undo();
    expect((await plan()).plan).toMatchObject({ kind: 'deleteBranch', job: branch.id, names: ['idea'] });
    await git('branch', 'idea', 'HEAD');
    expect((await plan(branch.id)).failure).toMatchObject({ kind: 'not-undoable' });
    await git('branch', '-D', 'idea');
    await undo();
    expect((await refs()).filter(line => !line.includes('jupyterlab-datalad'))).toEqual(tips);
    expect(await everythingIn(path)).toEqual(before);
  });
});
