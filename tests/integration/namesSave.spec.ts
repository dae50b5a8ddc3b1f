import { appendFile, chmod, readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { FailureError } from '../../src/protocol/failure';
import { type ContentsPath, contentsPath } from '../../src/protocol/paths';
import { encodePath, fsPath } from '../../src/server/bytes';
import { type IGitEntry, parseTree, SYMLINK } from '../../src/server/git/entry';
import { splitZero } from '../../src/server/git/split';
import type { AbsolutePath } from '../../src/server/paths';
import { run } from '../../src/server/process/run';
import { contentAt, LOST_NAMES, splits, WELL_FORMED_NAMES, WORST_NAME, writeNasty } from '../support/nastyNames';
import { useJobs } from '../support/place';
import { failureOf, RecordingTask } from '../support/recordingTask';

jest.setTimeout(180_000);

/** Git-annex adds to a name while it takes the file in, so that the longest names are too long for it. */
const isLong = (name: string): boolean => encodePath(name).length > 230;
const ATTRIBUTES = 'annexed/** annex.largefiles=anything\nsmall/** annex.largefiles=nothing\n';

describe('every name is saved', () => {
  const place = useJobs();

  beforeAll(async () => {
    await place.workspace.dataset({ path: 'bad', files: { '.gitattributes': ATTRIBUTES } });
  });

  /** Output of git, whatever bytes are in it. */
  const git = async (folder: string, ...args: string[]): Promise<Buffer> =>
    (await run('git', args, { cwd: place.workspace.path(folder), env: place.workspace.env, timeout: 60_000 })).stdout;
  const contents = (folder: string, name: string): ContentsPath =>
    place.jobs.boundary.toContents(place.workspace.path(folder, name) as AbsolutePath);
  const tree = async (folder: string): Promise<Map<string, IGitEntry>> =>
    new Map(parseTree(await git(folder, 'ls-tree', '-r', '-z', 'HEAD')).map(entry => [entry.path, entry]));
  const committed = async (folder: string): Promise<string[]> =>
    splitZero(await git(folder, 'show', '--format=', '--name-only', '--no-renames', '-z', 'HEAD')).sort();

  const save = async (folder: string, names: readonly string[], more: object = {}): Promise<RecordingTask> => {
    const task = new RecordingTask();
    const paths = names.map(name => contents(folder, name));
    await place.jobs.run('save', { dataset: contentsPath(folder), paths, message: 'Chosen', ...more }, task);
    return task;
  };

  /** Saves the names in two halves, cut in several ways, and looks at what each commit holds. */
  const saveInSplits = async (folder: string, names: readonly string[]): Promise<void> => {
    let turn = 0;
    for (const halves of splits(names)) {
      const toGit = turn++ % 2 === 1;
      const at = (name: string): string => `annexed/${turn}/${name}`;
      for (const name of names) {
        await writeNasty(place.workspace.path(folder, at(name)), contentAt(at(name)));
      }
      for (const half of halves) {
        const usable = toGit ? half : half.filter(name => !isLong(name) && name !== WORST_NAME);
        const task = await save(folder, usable.map(at), { toGit });
        expect(await committed(folder)).toEqual(usable.map(at).sort());
        const added = task.results.filter(({ action, status }) => action === 'add' && status === 'ok').map(({ path }) => path);
        expect(added.sort()).toEqual(usable.map(name => contents(folder, at(name))).sort());
        expect(task.notices).toEqual([]);
      }
      const saved = await tree(folder);
      for (const name of names.filter(name => saved.has(at(name)))) {
        expect([name, saved.get(at(name))?.mode]).toEqual([name, toGit ? '100644' : SYMLINK]);
        expect(await readFile(fsPath(place.workspace.path(folder, at(name))))).toEqual(contentAt(at(name)));
      }
      await rm(place.workspace.path(folder, `annexed/${turn}`), { recursive: true });
      await place.workspace.git(['reset', '-q', '--hard'], place.workspace.path(folder));
    }
  };

  it('by DataLad, where all names of the dataset are well-formed', async () => {
    await place.workspace.dataset({ path: 'good', files: { '.gitattributes': ATTRIBUTES } });
    await saveInSplits('good', WELL_FORMED_NAMES);
  });

  it('by git-annex and git, where one is not', async () => {
    await saveInSplits('bad', [...LOST_NAMES, WORST_NAME, ...WELL_FORMED_NAMES.slice(0, 40)]);
    expect((await place.workspace.run('find', ['.', '-name', 'PWNED*'])).trim()).toBe('');
    await place.workspace.annex(['fsck', '-q', '--all'], place.workspace.path('bad'));
  });

  it('or refused with the reason, and left as it is', async () => {
    const name = `annexed/${WORST_NAME}`;
    await writeNasty(place.workspace.path('bad', name), 'mine');
    expect((await failureOf(save('bad', [name]))).kind).toBe('unsafe-name');
    expect(await readFile(fsPath(place.workspace.path('bad', name)), 'utf8')).toBe('mine');
    expect((await git('bad', 'diff', '--cached', '--name-only', '-z')).length).toBe(0);
    await save('bad', [name], { toGit: true });
    expect(await committed('bad')).toEqual([name]);
  });

  // Git-annex adds its process id and a random number, in hex, to a name while it takes the file in: how many digits those
  // have decides whether the longest names still fit, so that either end may come, but nothing between them.
  it('or refused where it is too long, and left as it is', async () => {
    const name = `annexed/${'L'.repeat(255)}`;
    await writeNasty(place.workspace.path('bad', name), 'mine');
    const before = await git('bad', 'rev-parse', 'HEAD');
    const end = await save('bad', [name]).then(
      () => 'saved',
      (error: FailureError) => error.failure.kind
    );
    expect(['saved', 'long-name']).toContain(end);
    expect(await readFile(fsPath(place.workspace.path('bad', name)), 'utf8')).toBe('mine');
    expect((await git('bad', 'diff', '--cached', '--name-only', '-z')).length).toBe(0);
    if (end === 'long-name') {
      expect(await git('bad', 'rev-parse', 'HEAD')).toEqual(before);
      await save('bad', [name], { toGit: true });
    }
    expect(await committed('bad')).toEqual([name]);
    expect((await tree('bad')).get(name)?.mode).toBe(end === 'saved' ? SYMLINK : '100644');
  });

  it('with the result DataLad has where it can', async () => {
    const spec = {
      files: {
        '.datalad/config': '[datalad "dataset"]\n\tid = 6f0a3f5e-5f6e-4f0e-8a5b-000000000002\n',
        '.gitattributes': '* annex.largefiles=(largerthan=20b)\n*.txt annex.largefiles=nothing\n',
        'a.txt': 'old',
        'gone.txt': 'x',
        run: '#!'
      },
      annexed: { 'locked.bin': 1_000, 'edited.bin': 1_100, 'open.bin': 1_200, 'gone.bin': 1_300, 'replaced.bin': 1_400 },
      unlocked: ['open.bin'],
      subdatasets: { moved: { files: { f: 'x' } }, dirty: { files: { f: 'x' } } }
    };
    for (const folder of ['theirs', 'ours']) {
      const path = await place.workspace.dataset({ path: folder, ...spec });
      await place.workspace.annex(['unlock', '-q', 'edited.bin'], path);
      await Promise.all(
        ['edited.bin', 'open.bin', 'a.txt', 'dirty/f'].map(name => appendFile(join(path, name), ' and more of it all'))
      );
      await chmod(join(path, 'run'), 0o755);
      await Promise.all(['gone.txt', 'gone.bin', 'replaced.bin'].map(name => rm(join(path, name), { force: true })));
      await place.workspace.write({
        [`${folder}/replaced.bin`]: 'a plain file of more than twenty bytes',
        [`${folder}/new/big`]: 'more than twenty bytes of it',
        [`${folder}/new/small`]: 'small',
        [`${folder}/new/large.txt`]: 'text of more than twenty bytes',
        [`${folder}/.hidden`]: 'hidden, and more than twenty bytes',
        [`${folder}/staged.txt`]: 'staged',
        [`${folder}/script.sh`]: '#!/bin/sh',
        [`${folder}/moved/f`]: 'y'
      });
      await chmod(join(path, 'script.sh'), 0o755);
      await symlink('new/big', join(path, 'link'));
      await place.workspace.git(['add', 'staged.txt'], path);
      await place.workspace.git(['commit', '-q', '-a', '-m', 'Moved', '--date=2026-01-01'], join(path, 'moved'));
    }
    await writeNasty(place.workspace.path('ours', LOST_NAMES[0] ?? ''), 'lost');
    const everything = { message: ' All of it\n\n\nwith a body  \n' };
    for (const folder of ['theirs', 'ours']) {
      const task = await place.jobs.run('save', { dataset: contentsPath(folder), ...everything });
      expect(task.notices).toMatchObject([{ kind: 'nothing-saved', parameters: { subdatasets: 1 } }]);
    }
    const [theirs, ours] = await Promise.all([tree('theirs'), tree('ours')]);
    ours.delete(LOST_NAMES[0] ?? '');
    // Commits of subdatasets differ by their times.
    const plain = (all: Map<string, IGitEntry>) =>
      [...all.values()].map(entry => (entry.mode === '160000' ? { ...entry, oid: '' } : entry));
    expect(plain(ours)).toEqual(plain(theirs));
    expect((await git('ours', 'log', '-1', '--format=%B')).toString()).toBe(
      (await git('theirs', 'log', '-1', '--format=%B')).toString()
    );
    expect((await git('ours', 'status', '--porcelain')).toString()).toBe(
      (await git('theirs', 'status', '--porcelain')).toString()
    );
  });
});
