import { appendFile, chmod, mkdir, readFile, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { useDiscards } from '../support/discards';
import { everythingIn } from '../support/everything';

jest.setTimeout(60_000);

const at = useDiscards();

/**
 * Changes a fresh dataset, discards what is named, and expects what git would make of it; then undoes it and expects the very same
 * files, index and status as before.
 */
async function thereAndBack(change: () => Promise<void>, names: string[], after: string[] = []): Promise<void> {
  await at.fresh();
  const clean = await everythingIn(at.path);
  await change();
  const before = await at.all();
  expect(await at.status()).not.toBe('');
  const task = await at.discard(...names);
  expect((await at.status()).split('\n').filter(Boolean)).toEqual(after);
  if (after.length === 0) {
    const { work } = await everythingIn(at.path);
    expect(work).toEqual(clean.work);
  }
  await at.place.workspace.annex(['fsck', '--quiet', '--fast'], at.path);
  const undo = await at.place.jobs.run('undoDiscard', { dataset: at.dataset, discard: task.id });
  at.expectSame(await at.all(), before);
  expect(undo.results.length).toBe(task.results.length);
  // Nothing is left of it in the repository.
  expect(await at.place.workspace.git(['for-each-ref', 'refs/jupyterlab-datalad'], at.path)).toBe('');
  expect((await at.place.jobs.failure('undoDiscard', { dataset: at.dataset, discard: task.id })).kind).toBe('not-found');
}

describe('discard, and its undo', () => {
  const cases: Record<string, [change: () => Promise<void>, names: string[], after?: string[]]> = {
    'an edited file in Git': [() => appendFile(`${at.path}/notes.txt`, 'more'), ['notes.txt']],
    'one of two edited files': [
      async () => {
        await appendFile(`${at.path}/notes.txt`, 'more');
        await appendFile(`${at.path}/other.txt`, 'more');
      },
      ['notes.txt'],
      [' M other.txt']
    ],
    'a file that was staged and then edited again': [
      async () => {
        await at.write('notes.txt', 'one');
        await at.git('add', 'notes.txt');
        await at.write('notes.txt', 'two');
      },
      ['notes.txt']
    ],
    'a locked file that was unlocked, which is a staged change of type': [
      async () => {
        await at.annex('unlock', '-q', 'locked.bin');
      },
      ['locked.bin']
    ],
    'a locked file that was unlocked and edited': [
      async () => {
        await at.annex('unlock', '-q', 'locked.bin');
        await appendFile(`${at.path}/locked.bin`, 'edited');
      },
      ['locked.bin']
    ],
    'an edited unlocked file': [() => appendFile(`${at.path}/open.bin`, 'edited'), ['open.bin']],
    'a locked file that a plain one took the place of': [
      async () => {
        await unlink(`${at.path}/locked.bin`);
        await at.write('locked.bin', 'plain');
      },
      ['locked.bin']
    ],
    'deleted files, staged and not': [
      async () => {
        await rm(`${at.path}/notes.txt`);
        await at.git('rm', '-q', 'other.txt', 'locked.bin');
        await rm(`${at.path}/deep`, { recursive: true });
      },
      ['']
    ],
    'a file that was taken out of the index alone': [
      async () => {
        await at.git('rm', '-q', '--cached', 'notes.txt');
        await appendFile(`${at.path}/notes.txt`, 'and edited');
      },
      ['notes.txt']
    ],
    'a renamed file': [
      async () => {
        await at.git('mv', 'notes.txt', 'renamed.txt');
        await at.git('mv', 'locked.bin', 'moved.bin');
      },
      ['notes.txt', 'renamed.txt', 'locked.bin', 'moved.bin']
    ],
    'a new folder with everything in it, an empty one, too': [
      async () => {
        await mkdir(`${at.path}/new/inner/empty`, { recursive: true });
        await at.write('new/a.txt', 'a');
        await at.write('new/inner/b.bin', 'b'.repeat(10_000));
        await symlink('../nowhere', `${at.path}/new/link`);
        await chmod(`${at.path}/new/inner`, 0o700);
      },
      ['new']
    ],
    'added files, in Git, in the annex, and only announced': [
      async () => {
        await at.write('added.txt', 'added');
        await at.git('-c', 'annex.largefiles=nothing', 'add', 'added.txt');
        await at.write('added.bin', 'added to the annex');
        await at.annex('add', '-q', '--force-large', 'added.bin');
        await at.write('announced.txt', 'announced');
        await at.git('-c', 'annex.largefiles=nothing', 'add', '-N', 'announced.txt');
      },
      ['added.txt', 'added.bin', 'announced.txt']
    ],
    'the executable bit': [() => chmod(`${at.path}/run.sh`, 0o755), ['run.sh']],
    'a link in the place of a file, and a link that leads elsewhere': [
      async () => {
        await unlink(`${at.path}/notes.txt`);
        await symlink('other.txt', `${at.path}/notes.txt`);
        await symlink('/etc/hostname', `${at.path}/outside`);
      },
      ['notes.txt', 'outside']
    ],
    'a folder in the place of a file': [
      async () => {
        await unlink(`${at.path}/notes.txt`);
        await mkdir(`${at.path}/notes.txt`);
        await at.write('notes.txt/inner', 'inner');
      },
      ['notes.txt']
    ],
    'a file in the place of a folder': [
      async () => {
        await rm(`${at.path}/deep`, { recursive: true });
        await at.write('deep', 'a file');
      },
      ['deep']
    ],
    'a link to elsewhere in the place of a folder': [
      async () => {
        await rm(`${at.path}/deep`, { recursive: true });
        await mkdir(`${at.place.workspace.base}/elsewhere`, { recursive: true });
        await symlink(`${at.place.workspace.base}/elsewhere`, `${at.path}/deep`);
      },
      ['deep']
    ],
    'what lies behind a link that took the place of a folder': [
      async () => {
        await rm(`${at.path}/deep`, { recursive: true });
        await mkdir(`${at.place.workspace.base}/behind`, { recursive: true });
        await writeFile(`${at.place.workspace.base}/behind/data.bin`, 'of somebody else');
        await symlink(`${at.place.workspace.base}/behind`, `${at.path}/deep`);
      },
      ['deep'],
      []
    ],
    'names with any characters': [
      async () => {
        await at.write('new\nline', 'a line break');
        await at.write('-rf', 'an option');
        await at.write('*.txt', 'a pattern');
        await at.write('bytes:x', 'bytes');
        await at.write('späce ☃ "quoted"', 'umlauts');
      },
      ['new\nline', '-rf', '*.txt', 'späce ☃ "quoted"'],
      ['?? bytes:x']
    ],
    'everything at once': [
      async () => {
        await appendFile(`${at.path}/notes.txt`, 'more');
        await at.annex('unlock', '-q', 'locked.bin');
        await rm(`${at.path}/other.txt`);
        await mkdir(`${at.path}/new`);
        await at.write('new/file', 'file');
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
  beforeEach(() => at.fresh());
  const failure = (...names: string[]): Promise<{ kind: string }> =>
    at.place.jobs.failure('discard', { dataset: at.dataset, paths: names.map(name => `${at.dataset}/${name}`) });

  it('keeps annexed content that only a discarded file named from being unused', async () => {
    await at.write('added.bin', 'added to the annex');
    await at.annex('add', '-q', '--force-large', 'added.bin');
    const task = await at.discard('added.bin');
    expect(await at.annex('unused')).not.toContain('SHA256');
    await at.place.jobs.run('removeDiscard', { dataset: at.dataset, discard: task.id });
    expect(await at.annex('unused')).toContain('SHA256');
  });

  it('refuses what it could not take back, and touches nothing', async () => {
    await at.git('checkout', '-q', '-b', 'other');
    await at.write('notes.txt', 'theirs\n');
    await at.git('commit', '-q', '-a', '-m', 'theirs');
    await at.git('checkout', '-q', 'main');
    await at.write('notes.txt', 'ours\n');
    await at.git('commit', '-q', '-a', '-m', 'ours');
    await expect(at.git('merge', 'other')).rejects.toThrow('CONFLICT');
    const before = await at.all();
    expect(await failure('notes.txt')).toMatchObject({ kind: 'merge-in-progress', parameters: { what: 'merge' } });
    expect(await at.all()).toEqual(before);
  });

  it('says that there is no change, and that a path is of another dataset', async () => {
    expect((await failure('notes.txt')).kind).toBe('no-change');
    expect((await failure('nowhere')).kind).toBe('no-change');
    const outside = await at.place.jobs.failure('discard', { dataset: at.dataset, paths: ['elsewhere'] });
    expect(outside.kind).toBe('outside-root');
  });

  it('leaves ignored files, and repositories of their own', async () => {
    await at.write('.gitignore', 'ignored\n');
    await at.git('add', '.gitignore');
    await at.git('commit', '-q', '-m', 'ignore');
    await mkdir(`${at.path}/new`);
    await at.write('new/ignored', 'ignored');
    await at.write('new/file', 'file');
    await at.place.workspace.git(['init', '-q', `${at.path}/new/repository`]);
    await writeFile(`${at.path}/new/repository/file`, 'of another');
    const failed = await failure('new');
    expect(failed).toMatchObject({ kind: 'not-undoable', parameters: { why: 'repository', failed: 1, records: 2 } });
    expect(await readFile(`${at.path}/new/ignored`, 'utf8')).toBe('ignored');
    expect(await readFile(`${at.path}/new/repository/file`, 'utf8')).toBe('of another');
    expect(Object.keys((await everythingIn(at.path)).work)).not.toContain('new/file');
  });

  it('puts everything back where it cannot go on', async () => {
    await appendFile(`${at.path}/notes.txt`, 'more');
    await at.write('new.txt', 'new');
    await at.git('add', 'new.txt');
    const before = await at.all();
    await writeFile(`${at.path}/.git/index.lock`, '');
    expect((await failure('notes.txt', 'new.txt')).kind).toBe('locked');
    await rm(`${at.path}/.git/index.lock`);
    expect(await at.all()).toEqual(before);
    expect(await at.git('for-each-ref', 'refs/jupyterlab-datalad')).toBe('');
  });
});

describe('the undo of a discard', () => {
  beforeEach(() => at.fresh());

  it('refuses, before it touches anything, where a file was changed since', async () => {
    await appendFile(`${at.path}/notes.txt`, 'more');
    await appendFile(`${at.path}/other.txt`, 'more');
    await at.write('new.txt', 'new');
    const { id } = await at.discard('notes.txt', 'other.txt', 'new.txt');
    await at.write('other.txt', 'by a terminal');
    const before = await at.all();
    const failure = await at.place.jobs.failure('undoDiscard', { dataset: at.dataset, discard: id });
    expect(failure).toMatchObject({ kind: 'changed-since', detail: 'other.txt', parameters: { files: 1 } });
    expect(await at.all()).toEqual(before);
    await at.git('checkout', '-q', 'other.txt');
    await at.write('new.txt', 'by a terminal');
    expect(await at.place.jobs.failure('undoDiscard', { dataset: at.dataset, discard: id })).toMatchObject({ detail: 'new.txt' });
    await rename(`${at.path}/new.txt`, `${at.path}/theirs.txt`);
    await at.place.jobs.run('undoDiscard', { dataset: at.dataset, discard: id });
    expect(await readFile(`${at.path}/new.txt`, 'utf8')).toBe('new');
    expect(await readFile(`${at.path}/other.txt`, 'utf8')).toBe('other\nmore');
    expect(await readFile(`${at.path}/theirs.txt`, 'utf8')).toBe('by a terminal');
  });

  it('refuses where the file was saved since', async () => {
    await appendFile(`${at.path}/notes.txt`, 'more');
    const { id } = await at.discard('notes.txt');
    await appendFile(`${at.path}/notes.txt`, 'other');
    await at.git('commit', '-q', '-a', '-m', 'saved since');
    expect((await at.place.jobs.failure('undoDiscard', { dataset: at.dataset, discard: id })).kind).toBe('changed-since');
    expect(await readFile(`${at.path}/notes.txt`, 'utf8')).toBe('in Git\nother');
  });

  it('goes back by one discard after the other', async () => {
    await at.write('notes.txt', 'first');
    const first = await at.discard('notes.txt');
    await at.write('notes.txt', 'second');
    const second = await at.discard('notes.txt');
    await at.place.jobs.run('undoDiscard', { dataset: at.dataset, discard: second.id });
    expect(await readFile(`${at.path}/notes.txt`, 'utf8')).toBe('second');
    expect((await at.place.jobs.failure('undoDiscard', { dataset: at.dataset, discard: first.id })).kind).toBe('changed-since');
    await at.discard('notes.txt');
    await at.place.jobs.run('undoDiscard', { dataset: at.dataset, discard: first.id });
    expect(await readFile(`${at.path}/notes.txt`, 'utf8')).toBe('first');
  });
});
