import { appendFile, chmod, mkdir, readFile, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { everythingIn } from '../support/everything';
import { useJobs } from '../support/place';
import { JobBench } from '../support/jobBench';
import { RecordingTask } from '../support/recordingTask';

jest.setTimeout(60_000);

const place = useJobs();
let count = 0;
let dataset = '';
let path = '';

/** A fresh dataset with a file of each kind. */
async function fresh(): Promise<void> {
  count += 1;
  dataset = `ds${count}`;
  path = await place.workspace.dataset({
    path: dataset,
    files: { 'notes.txt': 'in Git\n', 'run.sh': '#!/bin/sh\n', 'deep/er/text.txt': 'deep\n', 'other.txt': 'other\n' },
    annexed: { 'locked.bin': 5_000, 'open.bin': 6_000, 'deep/data.bin': 7_000 },
    unlocked: ['open.bin']
  });
}

const status = (): Promise<string> => place.workspace.git(['status', '--porcelain=v1', '--untracked-files=all'], path);
const staged = (): Promise<string> => place.workspace.git(['ls-files', '-s'], path);
const discard = (...names: string[]): Promise<RecordingTask> =>
  place.jobs.run('discard', { dataset, paths: names.map(name => (name === '' ? dataset : `${dataset}/${name}`)) });

interface IAll {
  work: Record<string, string>;
  annexed: string[];
  status: string;
  index: string;
}

/** Everything a person has, as a whole. */
async function all(): Promise<IAll> {
  return { ...(await everythingIn(path)), status: await status(), index: await staged() };
}

/** Git-annex may have taken content in meanwhile, as it does when git only looks at an unlocked file. */
function expectSame(now: IAll, before: IAll): void {
  expect(now).toEqual({ ...before, annexed: now.annexed });
  expect(now.annexed).toEqual(expect.arrayContaining(before.annexed));
}

/**
 * Changes a fresh dataset, discards what is named, and expects what git would make of it; then undoes it and expects the very same
 * files, index and status as before.
 */
async function thereAndBack(change: () => Promise<void>, names: string[], after: string[] = []): Promise<void> {
  await fresh();
  const clean = await everythingIn(path);
  await change();
  const before = await all();
  expect(await status()).not.toBe('');
  const task = await discard(...names);
  expect((await status()).split('\n').filter(Boolean)).toEqual(after);
  if (after.length === 0) {
    const { work } = await everythingIn(path);
    expect(work).toEqual(clean.work);
  }
  await place.workspace.annex(['fsck', '--quiet', '--fast'], path);
  const undo = await place.jobs.run('undoDiscard', { dataset, discard: task.id });
  expectSame(await all(), before);
  expect(undo.results.length).toBe(task.results.length);
  // Nothing is left of it in the repository.
  expect(await place.workspace.git(['for-each-ref', 'refs/jupyterlab-datalad'], path)).toBe('');
  expect((await place.jobs.failure('undoDiscard', { dataset, discard: task.id })).kind).toBe('not-found');
}

const write = (name: string, content: string): Promise<void> => writeFile(`${path}/${name}`, content);
const git = (...args: string[]): Promise<string> => place.workspace.git(args, path);
const annex = (...args: string[]): Promise<string> => place.workspace.annex(args, path);

describe('discard, and its undo', () => {
  const cases: Record<string, [change: () => Promise<void>, names: string[], after?: string[]]> = {
    'an edited file in Git': [() => appendFile(`${path}/notes.txt`, 'more'), ['notes.txt']],
    'one of two edited files': [
      async () => {
        await appendFile(`${path}/notes.txt`, 'more');
        await appendFile(`${path}/other.txt`, 'more');
      },
      ['notes.txt'],
      [' M other.txt']
    ],
    'a file that was staged and then edited again': [
      async () => {
        await write('notes.txt', 'one');
        await git('add', 'notes.txt');
        await write('notes.txt', 'two');
      },
      ['notes.txt']
    ],
    'a locked file that was unlocked, which is a staged change of type': [
      async () => {
        await annex('unlock', '-q', 'locked.bin');
      },
      ['locked.bin']
    ],
    'a locked file that was unlocked and edited': [
      async () => {
        await annex('unlock', '-q', 'locked.bin');
        await appendFile(`${path}/locked.bin`, 'edited');
      },
      ['locked.bin']
    ],
    'an edited unlocked file': [() => appendFile(`${path}/open.bin`, 'edited'), ['open.bin']],
    'a locked file that a plain one took the place of': [
      async () => {
        await unlink(`${path}/locked.bin`);
        await write('locked.bin', 'plain');
      },
      ['locked.bin']
    ],
    'deleted files, staged and not': [
      async () => {
        await rm(`${path}/notes.txt`);
        await git('rm', '-q', 'other.txt', 'locked.bin');
        await rm(`${path}/deep`, { recursive: true });
      },
      ['']
    ],
    'a file that was taken out of the index alone': [
      async () => {
        await git('rm', '-q', '--cached', 'notes.txt');
        await appendFile(`${path}/notes.txt`, 'and edited');
      },
      ['notes.txt']
    ],
    'a renamed file': [
      async () => {
        await git('mv', 'notes.txt', 'renamed.txt');
        await git('mv', 'locked.bin', 'moved.bin');
      },
      ['notes.txt', 'renamed.txt', 'locked.bin', 'moved.bin']
    ],
    'a new folder with everything in it, an empty one, too': [
      async () => {
        await mkdir(`${path}/new/inner/empty`, { recursive: true });
        await write('new/a.txt', 'a');
        await write('new/inner/b.bin', 'b'.repeat(10_000));
        await symlink('../nowhere', `${path}/new/link`);
        await chmod(`${path}/new/inner`, 0o700);
      },
      ['new']
    ],
    'added files, in Git, in the annex, and only announced': [
      async () => {
        await write('added.txt', 'added');
        await git('-c', 'annex.largefiles=nothing', 'add', 'added.txt');
        await write('added.bin', 'added to the annex');
        await annex('add', '-q', '--force-large', 'added.bin');
        await write('announced.txt', 'announced');
        await git('-c', 'annex.largefiles=nothing', 'add', '-N', 'announced.txt');
      },
      ['added.txt', 'added.bin', 'announced.txt']
    ],
    'the executable bit': [() => chmod(`${path}/run.sh`, 0o755), ['run.sh']],
    'a link in the place of a file, and a link that leads elsewhere': [
      async () => {
        await unlink(`${path}/notes.txt`);
        await symlink('other.txt', `${path}/notes.txt`);
        await symlink('/etc/hostname', `${path}/outside`);
      },
      ['notes.txt', 'outside']
    ],
    'a folder in the place of a file': [
      async () => {
        await unlink(`${path}/notes.txt`);
        await mkdir(`${path}/notes.txt`);
        await write('notes.txt/inner', 'inner');
      },
      ['notes.txt']
    ],
    'a file in the place of a folder': [
      async () => {
        await rm(`${path}/deep`, { recursive: true });
        await write('deep', 'a file');
      },
      ['deep']
    ],
    'a link to elsewhere in the place of a folder': [
      async () => {
        await rm(`${path}/deep`, { recursive: true });
        await mkdir(`${place.workspace.base}/elsewhere`, { recursive: true });
        await symlink(`${place.workspace.base}/elsewhere`, `${path}/deep`);
      },
      ['deep']
    ],
    'what lies behind a link that took the place of a folder': [
      async () => {
        await rm(`${path}/deep`, { recursive: true });
        await mkdir(`${place.workspace.base}/behind`, { recursive: true });
        await writeFile(`${place.workspace.base}/behind/data.bin`, 'of somebody else');
        await symlink(`${place.workspace.base}/behind`, `${path}/deep`);
      },
      ['deep'],
      []
    ],
    'names with any characters': [
      async () => {
        await write('new\nline', 'a line break');
        await write('-rf', 'an option');
        await write('*.txt', 'a pattern');
        await write('bytes:x', 'bytes');
        await write('späce ☃ "quoted"', 'umlauts');
      },
      ['new\nline', '-rf', '*.txt', 'späce ☃ "quoted"'],
      ['?? bytes:x']
    ],
    'everything at once': [
      async () => {
        await appendFile(`${path}/notes.txt`, 'more');
        await annex('unlock', '-q', 'locked.bin');
        await rm(`${path}/other.txt`);
        await mkdir(`${path}/new`);
        await write('new/file', 'file');
      },
      ['']
    ]
  };
  it.each(Object.keys(cases))('%s', async name => {
    const [change, names, after] = cases[name]!;
    await thereAndBack(change, names, after);
  });
});

describe('discard', () => {
  beforeEach(fresh);
  const failure = (...names: string[]): Promise<{ kind: string }> =>
    place.jobs.failure('discard', { dataset, paths: names.map(name => `${dataset}/${name}`) });

  it('keeps annexed content that only a discarded file named from being unused', async () => {
    await write('added.bin', 'added to the annex');
    await annex('add', '-q', '--force-large', 'added.bin');
    const task = await discard('added.bin');
    expect(await annex('unused')).not.toContain('SHA256');
    await place.jobs.run('removeDiscard', { dataset, discard: task.id });
    expect(await annex('unused')).toContain('SHA256');
  });

  it('refuses what it could not take back, and touches nothing', async () => {
    await git('checkout', '-q', '-b', 'other');
    await write('notes.txt', 'theirs\n');
    await git('commit', '-q', '-a', '-m', 'theirs');
    await git('checkout', '-q', 'main');
    await write('notes.txt', 'ours\n');
    await git('commit', '-q', '-a', '-m', 'ours');
    await expect(git('merge', 'other')).rejects.toThrow('CONFLICT');
    const before = await all();
    expect(await failure('notes.txt')).toMatchObject({ kind: 'merge-in-progress', parameters: { what: 'merge' } });
    expect(await all()).toEqual(before);
  });

  it('says that there is no change, and that a path is of another dataset', async () => {
    expect((await failure('notes.txt')).kind).toBe('no-change');
    expect((await failure('nowhere')).kind).toBe('no-change');
    const outside = await place.jobs.failure('discard', { dataset, paths: ['elsewhere'] });
    expect(outside.kind).toBe('outside-root');
  });

  it('leaves ignored files, and repositories of their own', async () => {
    await write('.gitignore', 'ignored\n');
    await git('add', '.gitignore');
    await git('commit', '-q', '-m', 'ignore');
    await mkdir(`${path}/new`);
    await write('new/ignored', 'ignored');
    await write('new/file', 'file');
    await place.workspace.git(['init', '-q', `${path}/new/repository`]);
    await writeFile(`${path}/new/repository/file`, 'of another');
    const failed = await failure('new');
    expect(failed).toMatchObject({ kind: 'not-undoable', parameters: { why: 'repository', failed: 1, records: 2 } });
    expect(await readFile(`${path}/new/ignored`, 'utf8')).toBe('ignored');
    expect(await readFile(`${path}/new/repository/file`, 'utf8')).toBe('of another');
    expect(Object.keys((await everythingIn(path)).work)).not.toContain('new/file');
  });

  it('puts everything back where it cannot go on', async () => {
    await appendFile(`${path}/notes.txt`, 'more');
    await write('new.txt', 'new');
    await git('add', 'new.txt');
    const before = await all();
    await writeFile(`${path}/.git/index.lock`, '');
    expect((await failure('notes.txt', 'new.txt')).kind).toBe('locked');
    await rm(`${path}/.git/index.lock`);
    expect(await all()).toEqual(before);
    expect(await git('for-each-ref', 'refs/jupyterlab-datalad')).toBe('');
  });
});

describe('the undo of a discard', () => {
  beforeEach(fresh);

  it('refuses, before it touches anything, where a file was changed since', async () => {
    await appendFile(`${path}/notes.txt`, 'more');
    await appendFile(`${path}/other.txt`, 'more');
    await write('new.txt', 'new');
    const { id } = await discard('notes.txt', 'other.txt', 'new.txt');
    await write('other.txt', 'by a terminal');
    const before = await all();
    const failure = await place.jobs.failure('undoDiscard', { dataset, discard: id });
    expect(failure).toMatchObject({ kind: 'changed-since', detail: 'other.txt', parameters: { files: 1 } });
    expect(await all()).toEqual(before);
    await git('checkout', '-q', 'other.txt');
    await write('new.txt', 'by a terminal');
    expect(await place.jobs.failure('undoDiscard', { dataset, discard: id })).toMatchObject({ detail: 'new.txt' });
    await rename(`${path}/new.txt`, `${path}/theirs.txt`);
    await place.jobs.run('undoDiscard', { dataset, discard: id });
    expect(await readFile(`${path}/new.txt`, 'utf8')).toBe('new');
    expect(await readFile(`${path}/other.txt`, 'utf8')).toBe('other\nmore');
    expect(await readFile(`${path}/theirs.txt`, 'utf8')).toBe('by a terminal');
  });

  it('refuses where the file was saved since', async () => {
    await appendFile(`${path}/notes.txt`, 'more');
    const { id } = await discard('notes.txt');
    await appendFile(`${path}/notes.txt`, 'other');
    await git('commit', '-q', '-a', '-m', 'saved since');
    expect((await place.jobs.failure('undoDiscard', { dataset, discard: id })).kind).toBe('changed-since');
    expect(await readFile(`${path}/notes.txt`, 'utf8')).toBe('in Git\nother');
  });

  it('goes back by one discard after the other', async () => {
    await write('notes.txt', 'first');
    const first = await discard('notes.txt');
    await write('notes.txt', 'second');
    const second = await discard('notes.txt');
    await place.jobs.run('undoDiscard', { dataset, discard: second.id });
    expect(await readFile(`${path}/notes.txt`, 'utf8')).toBe('second');
    expect((await place.jobs.failure('undoDiscard', { dataset, discard: first.id })).kind).toBe('changed-since');
    await discard('notes.txt');
    await place.jobs.run('undoDiscard', { dataset, discard: first.id });
    expect(await readFile(`${path}/notes.txt`, 'utf8')).toBe('first');
  });
});

describe('discard in datasets of other kinds', () => {
  /** There and back in what was made, where a clean dataset is the outcome in between. */
  async function back(names: string[] = ['']): Promise<void> {
    const before = await all();
    expect(before.status).not.toBe('');
    const task = await discard(...names);
    expect(await git('status', '--porcelain', '--ignore-submodules=dirty')).toBe('');
    await place.jobs.run('undoDiscard', { dataset, discard: task.id });
    expectSame(await all(), before);
  }

  it('an adjusted branch, where every annexed file is unlocked', async () => {
    await fresh();
    await annex('adjust', '-q', '--unlock');
    await appendFile(`${path}/locked.bin`, 'edited');
    await appendFile(`${path}/notes.txt`, 'edited');
    await rm(`${path}/open.bin`);
    await back();
    // What is discarded has its content again, not a pointer to it.
    await discard('');
    expect((await readFile(`${path}/locked.bin`)).length).toBe(5_000);
    expect((await readFile(`${path}/open.bin`)).length).toBe(6_000);
  });

  it('a clone whose content is not here', async () => {
    count += 1;
    dataset = `ds${count}`;
    const spec = { path: dataset, files: { 'a.txt': 'a' }, annexed: { 'x.bin': 100, 'y.bin': 200 }, unlocked: ['y.bin'] };
    path = await place.workspace.dataset({ ...spec, dropped: true });
    await rm(`${path}/x.bin`);
    await writeFile(`${path}/y.bin`, 'written over the pointer');
    await rm(`${path}/a.txt`);
    await back();
    await discard('');
    expect(await readFile(`${path}/y.bin`, 'utf8')).toMatch(/^\/annex\/objects\//);
  });

  it('a HEAD that names a commit itself, and one that names none yet', async () => {
    await fresh();
    await git('checkout', '-q', '--detach');
    await appendFile(`${path}/notes.txt`, 'edited');
    await back();

    count += 1;
    dataset = `ds${count}`;
    path = place.workspace.path(dataset);
    await place.workspace.git(['init', '-q', path]);
    await write('staged.txt', 'staged');
    await git('add', 'staged.txt');
    await write('staged.txt', 'staged, then edited');
    await write('new.txt', 'new');
    await back();
  });

  it('objects of the longer kind', async () => {
    count += 1;
    dataset = `ds${count}`;
    path = place.workspace.path(dataset);
    await place.workspace.git(['init', '-q', '--object-format=sha256', path]);
    await write('a.txt', 'a');
    await git('add', 'a.txt');
    await git('commit', '-q', '-m', 'a');
    await git('mv', 'a.txt', 'b.txt');
    await back();
  });

  it('subdatasets: their commits stay, and what is changed in them is discarded there', async () => {
    await fresh();
    await rm(path, { recursive: true, force: true });
    path = await place.workspace.dataset({
      path: dataset,
      files: { 'notes.txt': 'a\n' },
      subdatasets: { sub: { files: { 's.txt': 's\n' } } }
    });
    await appendFile(`${path}/sub/s.txt`, 'edited');
    await appendFile(`${path}/notes.txt`, 'edited');
    expect((await place.jobs.failure('discard', { dataset, paths: [`${dataset}/sub/s.txt`] })).kind).toBe('bad-request');
    await back();
    expect(await readFile(`${path}/sub/s.txt`, 'utf8')).toBe('s\nedited');

    await place.workspace.git(['commit', '-q', '-a', '-m', 'moved on'], `${path}/sub`);
    const moved = await place.workspace.git(['rev-parse', 'HEAD'], `${path}/sub`);
    const refused = await place.jobs.failure('discard', { dataset, paths: [dataset] });
    expect(refused).toMatchObject({ kind: 'not-undoable', parameters: { why: 'subdataset' } });
    expect(await place.workspace.git(['rev-parse', 'HEAD'], `${path}/sub`)).toBe(moved);
    expect(await readFile(`${path}/notes.txt`, 'utf8')).toBe('a\n');

    await appendFile(`${path}/sub/s.txt`, 'again');
    const inner = { dataset: `${dataset}/sub`, paths: [`${dataset}/sub/s.txt`] };
    const { id } = await place.jobs.run('discard', inner);
    expect(await readFile(`${path}/sub/s.txt`, 'utf8')).toBe('s\nedited');
    await place.jobs.run('undoDiscard', { dataset: inner.dataset, discard: id });
    expect(await readFile(`${path}/sub/s.txt`, 'utf8')).toBe('s\neditedagain');
  });

  it('names that are no UTF-8', async () => {
    await fresh();
    const name = Buffer.concat([Buffer.from(`${path}/caf`), Buffer.from([0xe9])]);
    await writeFile(name, 'bytes');
    await write('caf', 'another');
    const bytes = `bytes:${Buffer.concat([Buffer.from(`${dataset}/caf`), Buffer.from([0xe9])]).toString('base64url')}`;
    const task = await place.jobs.run('discard', { dataset, paths: [bytes] });
    await expect(readFile(name)).rejects.toThrow('ENOENT');
    expect(await readFile(`${path}/caf`, 'utf8')).toBe('another');
    await place.jobs.run('undoDiscard', { dataset, discard: task.id });
    expect(await readFile(name, 'utf8')).toBe('bytes');
  });
});

describe('a terminal that writes meanwhile', () => {
  it('is not written over by a discard: what it made stays, and so does what was there before', async () => {
    await fresh();
    await appendFile(`${path}/notes.txt`, 'more');
    // Right before git writes the files, somebody writes one of them.
    const real = (await place.workspace.run('sh', ['-c', 'command -v git'])).trim();
    const bin = `${place.workspace.base}/bin`;
    await mkdir(bin, { recursive: true });
    const shim = `#!/bin/sh\ncase "$*" in *--index-info*) [ -e ${path}/notes.txt ] || echo theirs > ${path}/notes.txt;; esac\nexec ${real} "$@"\n`;
    await writeFile(`${bin}/git`, shim);
    await chmod(`${bin}/git`, 0o755);
    const besides = new JobBench(place.workspace, {}, { ...place.workspace.env, PATH: `${bin}:${place.workspace.env['PATH']}` });
    const task = new RecordingTask();
    try {
      const failed = await besides.failure('discard', { dataset, paths: [`${dataset}/notes.txt`] }, task);
      expect(failed.kind).toBe('changed-since');
    } finally {
      await besides.dispose();
    }
    expect(await readFile(`${path}/notes.txt`, 'utf8')).toBe('theirs\n');
    await rename(`${path}/notes.txt`, `${path}/theirs.txt`);
    await place.jobs.run('undoDiscard', { dataset, discard: task.id });
    expect(await readFile(`${path}/notes.txt`, 'utf8')).toBe('in Git\nmore');
    expect(await readFile(`${path}/theirs.txt`, 'utf8')).toBe('theirs\n');
  });
});
