import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Commit } from '../../src/protocol/history';
import { searchLine } from '../../src/protocol/historySearch';
import { contentsPath } from '../../src/protocol/paths';
import { run } from '../../src/server/process/run';
import { importHistory } from '../support/fastHistory';
import { type HistoryQuery, HistoryReading, idsOf, travelling } from '../support/historyReading';
import { useReading } from '../support/place';
import { failureOf } from '../support/recordingTask';

jest.setTimeout(120_000);

describe('history', () => {
  const place = useReading();
  const past = new HistoryReading(place);

  it('tells branches, merges, octopus merges and several beginnings page by page in the order of git', async () => {
    await importHistory(place.workspace, 'graph', [
      { parents: [] },
      { parents: [0], files: { a: '1' } },
      { parents: [0], files: { b: '1' } },
      { parents: [0], files: { c: '1' } },
      { parents: [1, 2, 3] },
      { parents: [] },
      { parents: [4, 5] },
      ...Array.from({ length: 40 }, (_, at) => ({ parents: at % 5 === 4 ? [6 + at, 5 + at] : [6 + at] }))
    ]);
    const all = await past.log('graph');
    for (const limit of [1, 2, 3, 7, 200]) {
      expect(idsOf(await past.whole('graph', { limit }))).toEqual(all);
    }
    const parents = await past.git('graph', 'log', '--format=%P');
    expect(
      (await past.whole('graph'))
        .map(commit => commit.parents.join(' '))
        .join('\n')
        .trimEnd()
    ).toBe(parents);
    // The last of the 47 has nothing behind it.
    expect((await past.page('graph', { limit: 47 })).next).toBeNull();
    expect((await past.page('graph', { limit: 46 })).next).not.toBeNull();
  });

  it('tells every commit where clocks went wrong', async () => {
    const skewed = Array.from({ length: 60 }, (_, at) => ({
      parents: at === 0 ? [] : at % 3 === 2 ? [at - 1, at - 2] : [Math.max(0, at - 1 - (at % 2))],
      time: 1_700_000_000 + ((at * 7_919) % 101) * 1_000
    }));
    await importHistory(place.workspace, 'skewed', skewed);
    for (const limit of [1, 4, 9]) {
      expect([...new Set(idsOf(await past.whole('skewed', { limit })))].sort()).toEqual((await past.log('skewed')).sort());
    }
  });

  it('goes on at the same commits while new ones come', async () => {
    const path = await importHistory(
      place.workspace,
      'moving',
      Array.from({ length: 10 }, (_, at) => ({ parents: at === 0 ? [] : [at - 1] }))
    );
    const before = await past.log('moving');
    const { commits, next } = await past.page('moving', { limit: 4 });
    await place.workspace.git(['commit', '-q', '--allow-empty', '-m', 'new'], path);
    const rest = await past.page('moving', { limit: 200, ...(next === null ? {} : { cursor: next }) });
    expect([...idsOf(commits), ...idsOf(rest.commits)]).toEqual(before);
  });

  it('reads messages and names of any bytes, and nothing in them does anything', async () => {
    const messages = [
      '<img src=x onerror=alert(1)> <b>bold</b>',
      'red \u001b[31malert\u001b[0m \u0007',
      'bidi \u202Egpj.exe\u2066 and \u200b',
      Buffer.from('caf\xe9 latin', 'latin1'),
      'subject\n\nbody\n\nM\n\n100644 \nR100',
      '',
      `${'long '.repeat(400)}\nsecond line\n\nbody`
    ];
    await importHistory(
      place.workspace,
      'words',
      messages.map((message, at) => ({
        parents: at === 0 ? [] : [at - 1],
        message,
        author: at === 3 ? Buffer.from('Ren\xe9', 'latin1') : 'Ada <script>'.replace(/[<>]/gu, '')
      }))
    );
    const commits = (await past.whole('words')).reverse();
    expect(commits.map(({ subject }) => subject.slice(0, 40))).toEqual([
      '<img src=x onerror=alert(1)> <b>bold</b>',
      'red \u001b[31malert\u001b[0m \u0007',
      'bidi \u202Egpj.exe\u2066 and \u200b',
      'caf\udce9 latin',
      'subject',
      '',
      'long '.repeat(8)
    ]);
    expect(commits[3]?.author.name).toBe('Ren\udce9');
    expect((await past.details('words', commits[4]?.id ?? '')).message).toBe('subject\n\nbody\n\nM\n\n100644 \nR100');
  });

  it('follows one file across renames, and tells its names', async () => {
    const lines = (count: number): string => Array.from({ length: count }, (_, at) => `line ${at}\n`).join('');
    await importHistory(place.workspace, 'renames', [
      { parents: [], files: { 'first.txt': lines(20), other: 'x' } },
      { parents: [0], files: { other: 'y' } },
      { parents: [1], files: { 'first.txt': null, 'dir/second.txt': lines(21) } },
      { parents: [2], files: { 'dir/second.txt': lines(22) } },
      { parents: [3], files: { 'dir/second.txt': null, '"dir/th\\nird\\377.txt"': lines(22) } },
      { parents: [4], files: { other: 'z' } }
    ]);
    const followed = await past.whole('renames', { path: contentsPath('renames/dir/second.txt'), limit: 1 });
    expect(idsOf(followed)).toEqual(await past.log('renames', '--follow', '--', 'dir/second.txt'));
    // At its end the file is gone: the rename to the third name.
    expect(followed.map(({ path }) => path)).toEqual([
      'renames/dir/second.txt',
      'renames/dir/second.txt',
      'renames/dir/second.txt',
      'renames/first.txt'
    ]);
    const folder = await past.whole('renames', { path: contentsPath('renames/dir') });
    expect(idsOf(folder)).toEqual(await past.log('renames', '--', 'dir'));
    const none = await failureOf(past.page('renames', { path: travelling('renames/dir/th\nird\udcff.txt') }));
    expect(none.kind).toBe('unsafe-name');
  });

  it('knows the history of names that can be no argument', async () => {
    await importHistory(place.workspace, 'bytes', [
      { parents: [], files: { '"caf\\351"': '1', '"new\\nline"': '1', '"*"': '1', '":(top)"': '1', '"-n"': '1' } },
      { parents: [0], files: { '"caf\\351"': '2' } },
      { parents: [1], files: { '"new\\nline"': '2' } },
      { parents: [2], files: { '"*"': '2' } },
      { parents: [3], files: { '":(top)"': '2' } },
      { parents: [4], files: { '"-n"': '2' } }
    ]);
    const subjects = async (name: string): Promise<string[]> =>
      (await past.whole('bytes', { path: travelling(`bytes/${name}`) })).map(({ subject }) => subject);
    expect(await subjects('caf\udce9')).toEqual(['Commit 1', 'Commit 0']);
    expect(await subjects('new\nline')).toEqual(['Commit 2', 'Commit 0']);
    expect(await subjects('*')).toEqual(['Commit 3', 'Commit 0']);
    expect(await subjects(':(top)')).toEqual(['Commit 4', 'Commit 0']);
    expect(await subjects('-n')).toEqual(['Commit 5', 'Commit 0']);
  });

  it('searches by message, author, time and path as git does', async () => {
    const path = await importHistory(
      place.workspace,
      'search',
      Array.from({ length: 30 }, (_, at) => ({
        parents: at === 0 ? [] : [at - 1],
        message: at % 3 === 0 ? `Fix the ${at % 2 === 0 ? 'Mask' : 'table'} .* ${at}` : `Other ${at}`,
        author: at % 4 === 0 ? 'Grace Hopper' : 'Ada',
        files: { [at % 5 === 0 ? 'a' : 'b']: String(at) },
        time: 1_700_000_000 + at * 86_400
      }))
    );
    const of = async (query: HistoryQuery): Promise<string[]> => idsOf(await past.whole('search', { limit: 2, ...query }));
    const words = ['-i', '-F', '--all-match'];
    expect(await of({ search: { message: 'mask fix' } })).toEqual(
      await past.log('search', ...words, '--grep=mask', '--grep=fix')
    );
    expect((await of({ search: { message: '.*' } })).length).toBe(10);
    expect((await of({ search: { message: 'm.sk' } })).length).toBe(0);
    expect((await of({ search: { message: '--all' } })).length).toBe(0);
    expect(await of({ search: { author: 'HOPPER', message: 'fix' } })).toEqual(
      await past.log('search', ...words, '--author=hopper', '--grep=fix')
    );
    const [since, until] = [1_700_000_000 + 5 * 86_400, 1_700_000_000 + 9 * 86_400];
    expect((await of({ search: { since: since * 1000, until: until * 1000 } })).length).toBe(5);
    expect(await of({ search: { author: 'ada' }, path: contentsPath('search/a') })).toEqual(
      await past.log('search', '-i', '--author=ada', '--follow', '--', 'a')
    );
    expect(path).toBe(place.workspace.path('search'));
  });

  it('searches by path: files, folders and patterns, also what is gone, and nothing that is typed is magic', async () => {
    const path = await importHistory(place.workspace, 'paths', [
      { parents: [], files: { 'mask.py': '1', 'code/mask.py': '1', 'figures/a.png': '1', 'code/figures/b.png': '1' } },
      { parents: [0], files: { 'mask.py': '2' } },
      { parents: [1], files: { 'code/mask.py': '2' } },
      { parents: [2], files: { 'figures/a.png': null } },
      { parents: [3], files: { 'code/figures/b.png': '2' } },
      { parents: [4], files: { 'data/deep/x [1].csv': '1', 'data/x 1.csv': '1' } },
      { parents: [5], files: { 'data/deep/x [1].csv': null } },
      { parents: [6], files: { ':(top)mask.py': '1', '!mask.py': '1' } },
      { parents: [7], files: { 'code/unmask.py': '1', 'a\\b': '1' } }
    ]);
    const of = async (typed: string): Promise<string[]> => {
      const search = { path: typed };
      const found = idsOf(await past.whole('paths', { limit: 2, search }));
      // What is shown to be typed in a terminal finds the same.
      const line = searchLine(search, 'main').replace('git log', 'git log --format=%H');
      const { stdout } = await run('bash', ['-c', line], { cwd: path, env: place.workspace.env, timeout: 60_000 });
      expect(stdout.toString().split('\n').filter(Boolean)).toEqual(found);
      return found;
    };
    const git = (...paths: string[]): Promise<string[]> => past.log('paths', '--', ...paths);
    expect(await of('mask.py')).toEqual(await git('mask.py', 'code/mask.py'));
    expect(await of('/mask.py')).toEqual(await git('mask.py'));
    expect(await of('../code/mask.py')).toEqual(await git('code/mask.py'));
    expect(await of('figures')).toEqual(await git('figures', 'code/figures'));
    expect(await of('figures/a.png')).toEqual(await git('figures'));
    expect(await of('code/')).toEqual(await git('code'));
    expect(await of('code/*.py')).toEqual(await git('code/mask.py', 'code/unmask.py'));
    expect(await of('*mask.py')).toEqual(await git('*mask.py'));
    expect(await of('*.csv')).toEqual(await git('*.csv'));
    expect(await of('data/**/x*')).toEqual(await git('data'));
    expect(await of('x [1].csv')).toEqual(await git(':(literal)data/deep/x [1].csv'));
    expect((await of('x [1].csv')).length).toBe(2);
    expect(await of('x ?1?.csv')).toEqual(await git('data/deep'));
    expect(await of(':(top)mask.py')).toEqual(await git(':(literal):(top)mask.py'));
    expect(await of('!mask.py')).toEqual(await git(':(literal)!mask.py'));
    expect((await of(':(exclude)code')).length + (await of(':!code')).length + (await of('--all')).length).toBe(0);
    expect(await of('a\\b')).toEqual(await git(':(literal)a\\b'));
    expect(idsOf(await past.whole('paths', { search: { path: 'code', message: 'commit 4' } }))).toEqual(
      await past.log('paths', '-i', '--grep=commit 4', '--', 'code')
    );
    const both = past.page('paths', { path: contentsPath('paths/code'), search: { path: 'x' } });
    expect((await failureOf(both)).kind).toBe('bad-request');
  });

  it('tells names of commits, but none of git-annex’s own, and on an adjusted branch the branch it was made of', async () => {
    const path = await place.workspace.dataset({ path: 'adjusted', files: { a: '1' }, annexed: { 'b.bin': 10 } });
    await place.workspace.git(['tag', 'v1'], path);
    await place.workspace.git(['tag', '-a', '-m', 'Release', 'v2,x'], path);
    await place.workspace.git(['branch', 'topic/one'], path);
    await place.workspace.git(['branch', 'synced/main'], path);
    await place.workspace.git(['update-ref', 'refs/remotes/hub/main', 'HEAD'], path);
    await place.workspace.git(['update-ref', 'refs/remotes/hub/git-annex', 'git-annex'], path);
    const names = [
      { kind: 'branch', name: 'main', head: true },
      { kind: 'branch', name: 'topic/one' },
      { kind: 'remote', name: 'hub/main' },
      { kind: 'tag', name: 'v1' },
      { kind: 'tag', name: 'v2,x' }
    ];
    const sorted = (commit: Commit | undefined): unknown =>
      commit?.names.toSorted((one, other) => `${one.kind}${one.name}`.localeCompare(`${other.kind}${other.name}`));
    const before = await past.page('adjusted');
    expect(before.branch).toBe('main');
    expect(sorted(before.commits[0])).toEqual(names);
    await place.workspace.annex(['adjust', '--unlock'], path);
    expect(await past.git('adjusted', 'rev-parse', '--abbrev-ref', 'HEAD')).toBe('adjusted/main(unlocked)');
    const after = await past.page('adjusted');
    expect(after).toEqual(before);
    expect(idsOf(after.commits)).toEqual(await past.log('adjusted', 'main'));
    // Named, any branch can be looked at.
    expect(idsOf((await past.page('adjusted', { from: 'topic/one' })).commits)).toEqual(idsOf(before.commits));
    expect((await failureOf(past.page('adjusted', { from: '--all' }))).kind).toBe('not-found');
    expect((await failureOf(past.page('adjusted', { from: 'nothing' }))).kind).toBe('not-found');
  });

  it('recognises what DataLad ran, merges, and commits that touch subdatasets', async () => {
    await place.workspace.datalad(['create', 'ran']);
    const path = place.workspace.path('ran');
    const options = ['-m', 'Make it', '--output', 'made.txt'];
    await place.workspace.datalad(['run', ...options, 'echo hello > made.txt'], path);
    await place.workspace.datalad(['create', '-d', '.', 'parts/sub'], path);
    await place.workspace.git(['mv', 'parts/sub', 'moved'], path);
    await place.workspace.git(['commit', '-q', '-m', 'Move the subdataset'], path);
    await place.workspace.git(
      ['commit', '-q', '--allow-empty', '-m', '[DATALAD RUNCMD] Only says so\n\n=== Do not change lines below ==='],
      path
    );
    await place.workspace.git(['switch', '-q', '-c', 'side', 'HEAD~2'], path);
    await writeFile(join(path, 'side.txt'), 'x');
    await place.workspace.git(['add', 'side.txt'], path);
    await place.workspace.git(['commit', '-q', '-m', 'Side'], path);
    await place.workspace.git(['merge', '-q', '--no-ff', '-m', 'Merged', 'main'], path);
    const commits = await past.whole('ran');
    const ran = commits.filter(({ run }) => run === true);
    expect(ran.map(({ subject }) => subject)).toEqual(['[DATALAD RUNCMD] Make it']);
    const { ran: facts } = await past.details('ran', ran[0]?.id ?? '');
    expect(facts).toMatchObject({ state: 'read', facts: { command: 'echo hello > made.txt', outputs: ['made.txt'], exit: 0 } });
    expect((await past.details('ran', commits[0]?.id ?? '')).ran).toBeUndefined();
    expect(commits[0]?.parents.length).toBe(2);
    const subdatasets = await past.subdatasets('ran', idsOf(commits));
    const marked = commits.filter(({ id }) => subdatasets.includes(id)).map(({ subject }) => subject);
    // The merge brought the move to its first parent.
    expect(marked.sort()).toEqual(['Merged', 'Move the subdataset', '[DATALAD] Created subdataset'].sort());

    const move = commits.find(({ subject }) => subject === 'Move the subdataset');
    const commit = await past.git('ran', 'rev-parse', 'main:moved');
    const { files } = await past.details('ran', move?.id ?? '');
    expect(files).toContainEqual({
      path: 'ran/moved',
      oldPath: 'ran/parts/sub',
      status: 'renamed',
      before: { kind: 'dataset', commit },
      after: { kind: 'dataset', commit }
    });
  });

  it('tells the files of a commit with kinds and sizes, of a merge against any of its parents', async () => {
    const path = await place.workspace.dataset({
      path: 'files',
      files: { text: 'four', 'to move': 'the same content\n', gone: 'x' },
      annexed: { 'big.bin': 1_000, 'other.bin': 2_000 }
    });
    await place.workspace.git(['mv', 'to move', 'moved'], path);
    await place.workspace.git(['rm', '-q', 'gone'], path);
    await writeFile(join(path, 'text'), 'fourteen');
    await place.workspace.annex(['unlock', 'big.bin'], path);
    await writeFile(join(path, 'big.bin'), 'b'.repeat(3_000));
    await place.workspace.git(['add', '-A'], path);
    await place.workspace.git(['commit', '-q', '-m', 'Second'], path);
    const head = await past.git('files', 'rev-parse', 'HEAD');
    const found = await past.details('files', head);
    expect(found.files).toEqual([
      {
        path: 'files/big.bin',
        status: 'typechange',
        before: { kind: 'annex', bytes: 1_000 },
        after: { kind: 'annex', bytes: 3_000 }
      },
      { path: 'files/gone', status: 'deleted', before: { kind: 'git', bytes: 1 }, after: null },
      {
        path: 'files/moved',
        oldPath: 'files/to move',
        status: 'renamed',
        before: { kind: 'git', bytes: 17 },
        after: { kind: 'git', bytes: 17 }
      },
      { path: 'files/text', status: 'modified', before: { kind: 'git', bytes: 4 }, after: { kind: 'git', bytes: 8 } }
    ]);
    expect(found).toMatchObject({ count: 4, parent: await past.git('files', 'rev-parse', 'HEAD~'), message: 'Second' });
    const first = await past.details('files', await past.git('files', 'rev-parse', 'HEAD~'));
    expect(first.parent).toBeNull();
    expect(first.files.every(({ status, before }) => status === 'added' && before === null)).toBe(true);

    await place.workspace.git(['switch', '-q', '-c', 'side', 'HEAD~'], path);
    await writeFile(join(path, 'new'), 'new');
    await place.workspace.git(['add', 'new'], path);
    await place.workspace.git(['commit', '-q', '-m', 'Side'], path);
    await place.workspace.git(['merge', '-q', '-m', 'Merged', head], path);
    const merge = await past.git('files', 'rev-parse', 'HEAD');
    expect((await past.details('files', merge)).files.map(file => file.path)).toEqual(found.files.map(file => file.path));
    expect((await past.details('files', merge, head)).files.map(file => file.path)).toEqual(['files/new']);
    expect((await failureOf(past.details('files', merge, merge))).kind).toBe('bad-request');
    expect((await failureOf(past.details('files', '0'.repeat(40)))).kind).toBe('not-found');
  });
});
