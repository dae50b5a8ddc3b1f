import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Summary } from '../../src/protocol/dataset';
import { type ContentsPath, contentsPath } from '../../src/protocol/paths';
import { asToolsSay, asWeSee } from '../support/asTools';
import { useReadingAndJobs } from '../support/place';

jest.setTimeout(120_000);

/** A rebase stops at unlocked files whose content git-annex has just put there, before it comes to any conflict. */
const PLAIN = ['process', 'clean', 'smudge']
  .flatMap(name => ['-c', `filter.annex.${name}=`])
  .concat('-c', 'core.hooksPath=/dev/null');

describe('work that is unfinished, and files that git was told to look at in another way', () => {
  const place = useReadingAndJobs();
  /** Each test has a copy of its own: git leaves traces behind. */
  let original: string;
  beforeAll(async () => {
    original = await place.workspace.dataset({
      path: 'original',
      files: { text: 'one\n', 'd/x': 'x', 'e/y': 'y' },
      annexed: { 'link.bin': 100, 'pointer.bin': 200, 'd/calm.bin': 300, 'e/other.bin': 400 },
      unlocked: ['pointer.bin']
    });
    // Two branches that disagree about a text, a locked and an unlocked annexed file.
    const edit = async (word: string): Promise<void> => {
      await writeFile(join(original, 'text'), `${word}\n`);
      await rm(join(original, 'link.bin'));
      await writeFile(join(original, 'link.bin'), `${word} locked`);
      await writeFile(join(original, 'pointer.bin'), `${word} unlocked`);
      await place.workspace.annex(['add', '-q', '--force-large', 'link.bin'], original);
      await place.workspace.git(['add', 'text', 'pointer.bin'], original);
      await place.workspace.git(['commit', '-q', '-m', word], original);
    };
    await place.workspace.git(['checkout', '-q', '-b', 'side'], original);
    await edit('two');
    await place.workspace.git(['checkout', '-q', 'main'], original);
    await edit('three');
  });

  const copy = async (name: string): Promise<{ path: string; dataset: ContentsPath }> => {
    await place.workspace.run('cp', ['-a', original, place.workspace.path(name)]);
    await place.workspace.git(['update-index', '-q', '--refresh'], place.workspace.path(name));
    return { path: place.workspace.path(name), dataset: contentsPath(name) };
  };
  const summary = async (path: ContentsPath): Promise<Summary> => {
    const found = await place.reading.datasets.dataset({ path }, place.reading.signal);
    return found ?? Promise.reject(new Error('no dataset'));
  };

  it.each([
    ['merge', ['merge', '-q', 'side'], ['merge', '--abort']],
    ['rebase', [...PLAIN, 'rebase', '-q', 'side'], ['rebase', '--abort']],
    ['cherry-pick', ['cherry-pick', 'side'], ['cherry-pick', '--abort']]
  ])('a %s with conflicts: one row for each file, and a save is refused with its cure', async (what, begin, abort) => {
    const { path, dataset } = await copy(what);
    await place.workspace.git(begin, path).catch(() => undefined);
    expect((await summary(dataset)).obstacles).toEqual([{ kind: 'unfinished', what }]);
    const changes = (await asWeSee(place.reading, dataset)).changes;
    expect(changes).toEqual((await asToolsSay(place.workspace, path)).changes);
    expect(changes.filter(change => change.startsWith('conflict'))).toEqual([
      'conflict link.bin',
      'conflict pointer.bin',
      'conflict text'
    ]);
    const { rows } = await place.reading.datasets.rows({ folder: dataset, complete: true }, place.reading.signal);
    const names = rows.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    const byName = Object.fromEntries(rows.map(row => [row.name, row]));
    expect(byName).toMatchObject({
      text: { kind: 'git', change: 'conflict' },
      'link.bin': { kind: 'annex', change: 'conflict', here: 'yes' },
      'pointer.bin': { change: 'conflict' },
      d: { kind: 'directory', here: 'yes' }
    });
    const status = await place.workspace.git(['status', '--porcelain'], path);
    const failure = await place.jobs.failure('save', { dataset, message: 'No' });
    expect(failure).toMatchObject({
      kind: 'merge-in-progress',
      hint: expect.stringContaining(`git ${what} --abort`) as string
    });
    expect(await place.workspace.git(['status', '--porcelain'], path)).toBe(status);
    await place.workspace.git(abort, path);
    expect(await summary(dataset)).toMatchObject({ obstacles: [], changes: [] });
  });

  it('a bisect: says so, and on which commit it stands', async () => {
    const { path, dataset } = await copy('bisect');
    await place.workspace.git(['bisect', 'start', 'HEAD', 'HEAD~1'], path);
    const { obstacles, changes, branch } = await summary(dataset);
    expect(obstacles).toEqual([{ kind: 'unfinished', what: 'bisect' }]);
    expect(changes).toEqual([]);
    expect(branch.commit).toMatch(/^[0-9a-f]{10}$/);
  });

  it.each(['--cone', '--no-cone'])(
    'a sparse checkout (%s): what git left out is not deleted, and its content is counted',
    async how => {
      const { path, dataset } = await copy(`sparse${how}`);
      await place.workspace.git(['sparse-checkout', 'set', how, how === '--cone' ? 'd' : '/d/'], path);
      const [ours, tools] = [await asWeSee(place.reading, dataset), await asToolsSay(place.workspace, path)];
      expect(ours.changes).toEqual(tools.changes);
      expect(ours.changes).toEqual([]);
      expect(Object.keys(await place.reading.rows(dataset))).not.toContain('e');
      expect((await place.reading.rows(dataset))['d']).toEqual({
        kind: 'directory',
        here: 'yes',
        bytes: 300,
        below: { files: 1, filesHere: 1, bytesHere: 300 }
      });
      // Content that is here is counted, whether its files are checked out or not.
      expect(ours).toMatchObject({ here: 4, notHere: 0 });
      await writeFile(join(path, 'd/x'), 'changed');
      expect((await asWeSee(place.reading, dataset)).changes).toEqual(['modified d/x']);
    }
  );

  it('assume-unchanged, skip-worktree and intent-to-add', async () => {
    const { path, dataset } = await copy('flags');
    await place.workspace.git(['update-index', '--assume-unchanged', 'text'], path);
    await place.workspace.git(['update-index', '--skip-worktree', 'd/x'], path);
    await writeFile(join(path, 'text'), 'unseen');
    await rm(join(path, 'd/x'));
    await writeFile(join(path, 'planned'), 'x');
    await place.workspace.git(['add', '-N', 'planned'], path);
    const [ours, tools] = [await asWeSee(place.reading, dataset), await asToolsSay(place.workspace, path)];
    expect(ours).toEqual(tools);
    expect(ours.changes).toEqual(['added planned']);
    expect(await place.reading.rows(`${dataset}/d`)).toEqual({
      'calm.bin': expect.objectContaining({ kind: 'annex' }) as object
    });
  });

  it.each([
    ['core.fileMode', 'false', ['chmod', '+x', 'text']],
    ['core.ignoreCase', 'true', ['true']],
    ['core.symlinks', 'false', ['true']],
    ['annex.crippledfilesystem', 'true', ['true']]
  ])('%s=%s, as git sets it on other file systems', async (key, value, [program = '', ...args]) => {
    const { path, dataset } = await copy(key);
    await place.workspace.git(['config', key, value], path);
    await place.workspace.run(program, args, path);
    await writeFile(join(path, 'd/x'), 'changed');
    const [ours, tools] = [await asWeSee(place.reading, dataset), await asToolsSay(place.workspace, path)];
    expect(ours).toEqual(tools);
    expect(ours.changes).toEqual(['modified d/x']);
  });
});
