import { appendFile, chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePath, encodePath, fsPath } from '../../src/server/bytes';
import { contentsPath } from '../../src/protocol/paths';
import { FailureError } from '../../src/protocol/failure';
import { Reading } from '../support/reading';
import { snapshot } from '../support/snapshot';
import { useReading } from '../support/place';

jest.setTimeout(120_000);

describe('rows at the edges', () => {
  const place = useReading();

  const kindOf = async (work: Promise<unknown>): Promise<string> =>
    await work.then(
      () => 'none',
      (error: unknown) => (error instanceof FailureError ? error.failure.kind : String(error))
    );

  it('show any name, tracked or not, changed or not', async () => {
    const names = ['sp ace', 'new\nline', 'quo"te\'s', '-dash', ':(glob)**', '*.txt', 'ünï 😀', 'tab\there', 'back\\slash', 'é'];
    const annexed = Object.fromEntries(names.map((name, index) => [`${name}.bin`, 100 + index]));
    const files = Object.fromEntries(
      names.flatMap(name => [
        [`${name}.txt`, name],
        [`${name}/in side`, 'x']
      ])
    );
    const path = await place.workspace.dataset({
      path: 'names',
      files,
      annexed,
      dropped: names.slice(0, 5).map(name => `${name}.bin`)
    });
    const invalid = decodePath(Buffer.from([0x62, 0xff, 0x64]));
    await mkdir(fsPath(join(path, invalid)));
    await writeFile(fsPath(join(path, invalid, 'inner')), 'tracked');
    await writeFile(fsPath(join(path, `${invalid}.txt`)), 'tracked');
    await place.workspace.git(['add', '.'], path);
    await place.workspace.git(['commit', '-q', '-m', 'Names'], path);
    for (const name of [...names, invalid]) {
      await appendFile(fsPath(join(path, `${name}.txt`)), 'more');
      await writeFile(fsPath(join(path, `${name} untracked`)), 'x');
    }
    const { rows } = await place.reading.datasets.rows({ folder: contentsPath('names'), complete: true }, place.reading.signal);
    const at = (name: string) => rows.find(row => row.path === contents(`names/${name}`));
    names.forEach((name, index) => {
      expect(at(`${name}.bin`)).toMatchObject({ kind: 'annex', here: index < 5 ? 'no' : 'yes', bytes: 100 + index });
      expect(at(name)).toMatchObject({ kind: 'directory', name });
    });
    for (const name of [...names, invalid]) {
      expect(at(`${name}.txt`)).toMatchObject({ kind: 'git', change: 'modified' });
      expect(at(`${name} untracked`)).toMatchObject({ kind: 'other', change: 'new' });
    }
    expect(at(invalid)).toMatchObject({ kind: 'directory', name: 'b\\xffd' });
    const below = await place.reading.datasets.rows({ folder: contents(`names/${invalid}`) }, place.reading.signal);
    expect(below.rows).toEqual([{ name: 'inner', path: contents(`names/${invalid}/inner`), kind: 'git', bytes: 7 }]);
    for (const name of names) {
      expect(await place.reading.rows(`names/${name}`)).toEqual({ 'in side': { kind: 'git', bytes: 1 } });
    }
    const summary = await place.reading.datasets.dataset({ path: contentsPath('names') }, place.reading.signal);
    expect(summary?.changes).toHaveLength(2 * (names.length + 1));
  });

  const contents = (path: string) =>
    path === decodePath(Buffer.from(path)) ? contentsPath(path) : contentsPath(`bytes:${encodePath(path).toString('base64url')}`);

  it('show conflicts, and that a merge is unfinished', async () => {
    const path = await place.workspace.dataset({
      path: 'conflict',
      files: { text: 'one\n', calm: 'x', theirs: 'x\n' },
      annexed: { 'a.bin': 10 }
    });
    await place.workspace.git(['checkout', '-q', '-b', 'side'], path);
    await writeFile(join(path, 'text'), 'two\n');
    await place.workspace.git(['rm', '-q', 'theirs'], path);
    await place.workspace.git(['commit', '-q', '-a', '-m', 'Two'], path);
    await place.workspace.git(['checkout', '-q', 'main'], path);
    await writeFile(join(path, 'text'), 'three\n');
    await writeFile(join(path, 'theirs'), 'changed\n');
    await place.workspace.git(['commit', '-q', '-a', '-m', 'Three'], path);
    await place.workspace.git(['merge', '-q', 'side'], path).catch(() => undefined);
    const rows = await place.reading.rows('conflict');
    expect(rows).toMatchObject({
      text: { kind: 'git', change: 'conflict' },
      theirs: { kind: 'git', change: 'conflict' },
      'a.bin': { kind: 'annex', here: 'yes' }
    });
    expect(rows['calm']).toEqual({ kind: 'git', bytes: 1 });
    const summary = await place.reading.datasets.dataset({ path: contentsPath('conflict') }, place.reading.signal);
    expect(summary?.obstacles).toContainEqual({ kind: 'unfinished', what: 'merge' });
    expect(summary?.changes.map(({ name, change }) => [name, change])).toEqual([
      ['text', 'conflict'],
      ['theirs', 'conflict']
    ]);
  });

  it('list the roots of datasets and repositories among ordinary folders, and nothing else', async () => {
    await place.workspace.dataset({ path: 'folder/inner', annexed: { 'x.bin': 5 } });
    await place.workspace.write({
      'folder/plain.txt': 'x',
      'folder/ordinary/file': 'x',
      'folder/repo/file': 'x',
      'folder/repo/d/e': 'y'
    });
    await place.workspace.git(['init', '-q', 'repo'], place.workspace.path('folder'));
    expect(await place.reading.rows('folder')).toEqual({
      inner: { kind: 'dataset', here: 'yes', bytes: 5, below: { files: 1, filesHere: 1, bytesHere: 5 } },
      repo: { kind: 'dataset', change: 'modified' }
    });
    const listing = await place.reading.datasets.rows({ folder: contentsPath('folder') }, place.reading.signal);
    expect(listing.dataset).toBeNull();
    // A repository without a commit.
    await place.workspace.git(['add', 'file'], place.workspace.path('folder/repo'));
    expect(await place.reading.rows('folder/repo')).toEqual({
      file: { kind: 'git', change: 'added', bytes: 1 },
      d: { kind: 'directory', change: 'new' }
    });
    const summary = await place.reading.datasets.dataset({ path: contentsPath('folder/repo') }, place.reading.signal);
    expect(summary).toMatchObject({ dataset: { annex: 'none' }, branch: { name: 'main' }, siblings: [] });
    expect(summary?.branch.commit).toBeUndefined();
    expect(summary?.id).toBeUndefined();
  });

  it('never follow a link out of the contents root', async () => {
    const path = await place.workspace.dataset({ path: 'links', files: { 'inside/file': 'x' } });
    await symlink('/etc', join(path, 'outside'));
    await symlink('inside', join(path, 'within'));
    await symlink('../../../elsewhere/.git/annex/objects/aa/bb/MD5E-s5--0/MD5E-s5--0', join(path, 'foreign'));
    expect(await place.reading.rows('links')).toMatchObject({
      outside: { kind: 'link', change: 'new' },
      within: { kind: 'link', change: 'new' },
      foreign: { kind: 'annex', here: 'no', bytes: 5 }
    });
    expect(await kindOf(place.reading.rows('links/outside'))).toBe('outside-root');
    expect(await kindOf(place.reading.rows('links/outside/ssh'))).toBe('outside-root');
    const within = await place.reading.datasets.rows({ folder: contentsPath('links/within') }, place.reading.signal);
    expect(within.rows).toEqual([{ name: 'file', path: 'links/within/file', kind: 'git', bytes: 1 }]);
  });

  it('of a subdataset that is not installed are none', async () => {
    const path = await place.workspace.dataset({
      path: 'outer',
      subdatasets: { gone: { absent: true }, 'deep/gone': { absent: true } }
    });
    expect(await place.reading.rows('outer/gone')).toEqual({});
    expect(await place.reading.row('outer/deep/gone')).toMatchObject({ kind: 'dataset-absent', here: 'no' });
    await writeFile(join(path, 'gone/stray'), 'x');
    expect(await place.reading.rows('outer/gone')).toEqual({ stray: { kind: 'other', bytes: 1 } });
    await rm(join(path, 'deep'), { recursive: true });
    expect((await place.reading.rows('outer'))['deep']).toEqual({ kind: 'directory', change: 'deleted' });
  });

  it('follow what git hides: sparse checkouts, linked work trees, submodules that git keeps elsewhere', async () => {
    const path = await place.workspace.dataset({
      path: 'hidden',
      files: { 'in/a': 'x', 'out/b': 'x' },
      annexed: { 'in/c.bin': 7 },
      subdatasets: { sub: { annexed: { 's.bin': 9 } } }
    });
    await place.workspace.git(['worktree', 'add', '-q', '--detach', place.workspace.path('linked')], path);
    expect((await place.reading.rows('linked/in'))['c.bin']).toMatchObject({ kind: 'annex', here: 'yes', bytes: 7 });
    await place.workspace.git(['submodule', '--quiet', 'absorbgitdirs'], path);
    expect((await place.reading.rows('hidden/sub'))['s.bin']).toMatchObject({ kind: 'annex', here: 'yes', bytes: 9 });
    await place.workspace.git(['sparse-checkout', 'set', 'in'], path);
    const rows = await place.reading.rows('hidden');
    expect(rows['out']).toBeUndefined();
    expect(rows['in']).toEqual({ kind: 'directory', here: 'yes', bytes: 7, below: { files: 1, filesHere: 1, bytesHere: 7 } });
  });

  it('fail with what is wrong', async () => {
    expect(await place.reading.row('no/such/file')).toBeNull();
    expect(await kindOf(place.reading.rows('no/such/folder'))).toBe('not-found');
    const path = await place.workspace.dataset({ path: 'doomed', files: { file: 'x' } });
    await place.reading.rows('doomed');
    await rm(path, { recursive: true });
    expect(await kindOf(place.reading.rows('doomed'))).toBe('not-found');
    expect(await place.reading.row('doomed')).toBeNull();
    await place.workspace.write({ 'broken/.git/HEAD': 'nonsense', 'broken/file': 'x' });
    const broken = await place.reading.datasets.rows({ folder: contentsPath('broken') }, place.reading.signal);
    expect(broken.failure?.kind).toBe('damaged-repository');
    expect(broken.rows).toMatchObject([{ name: 'file', unread: true }]);
    expect((await place.reading.rows(''))['broken']).toEqual({ kind: 'dataset' });
  });

  it('run nothing that a repository configures, not even git-annex, and change nothing', async () => {
    const path = await place.workspace.dataset({
      path: 'hostile',
      files: { '.gitattributes': '* diff=evil\n', file: 'x', racy: 'one' },
      annexed: { 'a.bin': 5, 'u.bin': 6 },
      unlocked: ['u.bin']
    });
    // Written again within the second in which the index was: git must look at the content, through filters, to tell.
    await place.workspace.run('sh', ['-c', 'printf two > racy; git add racy; printf six > racy'], path);
    const [trap, marker] = [place.workspace.path('trap/git-annex'), place.workspace.path('ran')];
    await place.workspace.write({ 'trap/git-annex': `#!/bin/sh\necho "$0 $@" >> ${marker}\nexit 1\n` });
    await chmod(trap, 0o755);
    await place.workspace.run('cp', [trap, place.workspace.path('trap/datalad')]);
    const keys = [
      'core.fsmonitor',
      'filter.evil.clean',
      'filter.evil.smudge',
      'filter.evil.process',
      'diff.external',
      'core.sshCommand'
    ];
    for (const key of [
      ...keys,
      'diff.evil.textconv',
      'core.pager',
      'core.editor',
      'remote.origin.annex-cost-command',
      'gpg.program'
    ]) {
      await place.workspace.git(['config', key, trap], path);
    }
    await place.workspace.git(['config', 'filter.evil.required', 'true'], path);
    await place.workspace.run('cp', [trap, join(path, '.git/hooks/post-index-change')]);
    await place.workspace.run('sh', ['-c', 'printf y > file; printf "sizes!" > u.bin; touch -d @1 a.bin'], path);
    await rm(marker, { force: true });
    const trapped = new Reading(place.workspace, {
      PATH: `${place.workspace.path('trap')}:${place.workspace.env['PATH'] ?? ''}`
    });
    // First as git-annex sets filters up, then with another one in its place.
    for (const attributes of [null, '* filter=evil diff=evil\n']) {
      if (attributes !== null) {
        await writeFile(join(path, '.git/info/attributes'), attributes);
      }
      const before = await snapshot(join(path, '.git'));
      const input = { dataset: contentsPath('hostile'), paths: [contentsPath('hostile')] };
      expect(await trapped.rows('hostile')).toMatchObject({
        racy: { kind: 'git', change: 'modified' },
        file: { kind: 'git', change: 'modified' },
        'u.bin': { kind: 'annex-unlocked', change: 'modified' }
      });
      await trapped.datasets.dataset({ path: contentsPath('hostile') }, trapped.signal);
      await trapped.datasets.planGet(input, trapped.signal);
      await trapped.datasets.planDrop(input, trapped.signal);
      await trapped.row('hostile/u.bin');
      expect(await snapshot(join(path, '.git'))).toEqual(before);
    }
    await expect(place.workspace.run('cat', [marker])).rejects.toThrow('No such file');
    // The trap does work.
    await place.workspace.git(['status'], path).catch(() => undefined);
    expect(await place.workspace.run('cat', [marker])).toContain(trap);
    trapped.dispose();
  });
});
