import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallInput, CallOutput } from '../../src/protocol/contract';
import type { Commit } from '../../src/protocol/history';
import { contentsPath } from '../../src/protocol/paths';
import * as v from 'valibot';
import { calls } from '../../src/protocol/contract';
import { encodePath } from '../../src/server/bytes';
import { importHistory } from '../support/fastHistory';
import { useReading } from '../support/place';
import { failureOf } from '../support/recordingTask';

jest.setTimeout(120_000);

type Query = Omit<CallInput<'history'>, 'dataset'>;

describe('history', () => {
  const place = useReading();

  const git = async (path: string, ...args: string[]): Promise<string> =>
    (await place.workspace.git(args, place.workspace.path(path))).trimEnd();

  const page = async (dataset: string, query: Query = {}): Promise<CallOutput<'history'>> => {
    const { history } = place.reading.datasets.history;
    const answer = await history(v.parse(calls.history.input, { dataset, ...query }), place.reading.signal);
    // It travels as JSON and is parsed: what is no text must survive that.
    return v.parse(calls.history.output, JSON.parse(JSON.stringify(answer)));
  };

  /** All of it, page by page. */
  const whole = async (dataset: string, query: Query = {}): Promise<Commit[]> => {
    const commits: Commit[] = [];
    for (let cursor: Query['cursor']; ;) {
      const { commits: some, next } = await page(dataset, { ...query, ...(cursor === undefined ? {} : { cursor }) });
      commits.push(...some);
      if (next === null) {
        return commits;
      }
      cursor = next;
    }
  };

  const details = async (dataset: string, commit: string, parent?: string): Promise<CallOutput<'commit'>> => {
    const input = v.parse(calls.commit.input, { dataset, commit, ...(parent === undefined ? {} : { parent }) });
    const answer = await place.reading.datasets.history.commit(input, place.reading.signal);
    return v.parse(calls.commit.output, JSON.parse(JSON.stringify(answer)));
  };

  const ids = (commits: readonly Commit[]): string[] => commits.map(({ id }) => id);

  /** What git says itself. */
  const log = async (path: string, ...args: string[]): Promise<string[]> =>
    (await git(path, 'log', '--format=%H', ...args)).split('\n').filter(Boolean);

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
    const all = await log('graph');
    for (const limit of [1, 2, 3, 7, 200]) {
      expect(ids(await whole('graph', { limit }))).toEqual(all);
    }
    const parents = await git('graph', 'log', '--format=%P');
    expect(
      (await whole('graph'))
        .map(commit => commit.parents.join(' '))
        .join('\n')
        .trimEnd()
    ).toBe(parents);
    // The last of the 47 has nothing behind it.
    expect((await page('graph', { limit: 47 })).next).toBeNull();
    expect((await page('graph', { limit: 46 })).next).not.toBeNull();
  });

  it('tells every commit where clocks went wrong', async () => {
    const skewed = Array.from({ length: 60 }, (_, at) => ({
      parents: at === 0 ? [] : at % 3 === 2 ? [at - 1, at - 2] : [Math.max(0, at - 1 - (at % 2))],
      time: 1_700_000_000 + ((at * 7_919) % 101) * 1_000
    }));
    await importHistory(place.workspace, 'skewed', skewed);
    for (const limit of [1, 4, 9]) {
      expect([...new Set(ids(await whole('skewed', { limit })))].sort()).toEqual((await log('skewed')).sort());
    }
  });

  it('goes on at the same commits while new ones come', async () => {
    const path = await importHistory(
      place.workspace,
      'moving',
      Array.from({ length: 10 }, (_, at) => ({ parents: at === 0 ? [] : [at - 1] }))
    );
    const before = await log('moving');
    const { commits, next } = await page('moving', { limit: 4 });
    await place.workspace.git(['commit', '-q', '--allow-empty', '-m', 'new'], path);
    const rest = await page('moving', { limit: 200, ...(next === null ? {} : { cursor: next }) });
    expect([...ids(commits), ...ids(rest.commits)]).toEqual(before);
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
    const commits = (await whole('words')).reverse();
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
    expect((await details('words', commits[4]?.id ?? '')).message).toBe('subject\n\nbody\n\nM\n\n100644 \nR100');
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
    const followed = await whole('renames', { path: contentsPath('renames/dir/second.txt'), limit: 1 });
    expect(ids(followed)).toEqual(await log('renames', '--follow', '--', 'dir/second.txt'));
    // At its end the file is gone: the rename to the third name.
    expect(followed.map(({ path }) => path)).toEqual([
      'renames/dir/second.txt',
      'renames/dir/second.txt',
      'renames/dir/second.txt',
      'renames/first.txt'
    ]);
    const folder = await whole('renames', { path: contentsPath('renames/dir') });
    expect(ids(folder)).toEqual(await log('renames', '--', 'dir'));
    const none = await failureOf(page('renames', { path: named('renames/dir/th\nird\udcff.txt') }));
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
      (await whole('bytes', { path: named(`bytes/${name}`) })).map(({ subject }) => subject);
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
    const of = async (query: Query): Promise<string[]> => ids(await whole('search', { limit: 2, ...query }));
    const words = ['-i', '-F', '--all-match'];
    expect(await of({ search: { message: 'mask fix' } })).toEqual(await log('search', ...words, '--grep=mask', '--grep=fix'));
    expect((await of({ search: { message: '.*' } })).length).toBe(10);
    expect((await of({ search: { message: 'm.sk' } })).length).toBe(0);
    expect((await of({ search: { message: '--all' } })).length).toBe(0);
    expect(await of({ search: { author: 'HOPPER', message: 'fix' } })).toEqual(
      await log('search', ...words, '--author=hopper', '--grep=fix')
    );
    const [since, until] = [1_700_000_000 + 5 * 86_400, 1_700_000_000 + 9 * 86_400];
    expect((await of({ search: { since: since * 1000, until: until * 1000 } })).length).toBe(5);
    expect(await of({ search: { author: 'ada' }, path: contentsPath('search/a') })).toEqual(
      await log('search', '-i', '--author=ada', '--follow', '--', 'a')
    );
    expect(path).toBe(place.workspace.path('search'));
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
    const before = await page('adjusted');
    expect(before.branch).toBe('main');
    expect(sorted(before.commits[0])).toEqual(names);
    await place.workspace.annex(['adjust', '--unlock'], path);
    expect(await git('adjusted', 'rev-parse', '--abbrev-ref', 'HEAD')).toBe('adjusted/main(unlocked)');
    const after = await page('adjusted');
    expect(after).toEqual(before);
    expect(ids(after.commits)).toEqual(await log('adjusted', 'main'));
    // Named, any branch can be looked at.
    expect(ids((await page('adjusted', { from: 'topic/one' })).commits)).toEqual(ids(before.commits));
    expect((await failureOf(page('adjusted', { from: '--all' }))).kind).toBe('not-found');
    expect((await failureOf(page('adjusted', { from: 'nothing' }))).kind).toBe('not-found');
  });

  it('recognises what DataLad ran, merges, and commits that touch subdatasets', async () => {
    await place.workspace.datalad(['create', 'ran']);
    const path = place.workspace.path('ran');
    await place.workspace.datalad(['run', '-m', 'Make it', 'echo hello > made.txt'], path);
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
    const commits = await whole('ran');
    const ran = commits.filter(({ run }) => run === true);
    expect(ran.map(({ subject }) => subject)).toEqual(['[DATALAD RUNCMD] Make it']);
    expect(commits[0]?.parents.length).toBe(2);
    const input = v.parse(calls.historyMarks.input, { dataset: 'ran', commits: ids(commits) });
    const { subdatasets } = await place.reading.datasets.history.historyMarks(input, place.reading.signal);
    const marked = commits.filter(({ id }) => subdatasets.includes(id)).map(({ subject }) => subject);
    // The merge brought the move to its first parent.
    expect(marked.sort()).toEqual(['Merged', 'Move the subdataset', '[DATALAD] Created subdataset'].sort());

    const move = commits.find(({ subject }) => subject === 'Move the subdataset');
    const commit = await git('ran', 'rev-parse', 'main:moved');
    const { files } = await details('ran', move?.id ?? '');
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
    const head = await git('files', 'rev-parse', 'HEAD');
    const found = await details('files', head);
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
    expect(found).toMatchObject({ count: 4, parent: await git('files', 'rev-parse', 'HEAD~'), message: 'Second' });
    const first = await details('files', await git('files', 'rev-parse', 'HEAD~'));
    expect(first.parent).toBeNull();
    expect(first.files.every(({ status, before }) => status === 'added' && before === null)).toBe(true);

    await place.workspace.git(['switch', '-q', '-c', 'side', 'HEAD~'], path);
    await writeFile(join(path, 'new'), 'new');
    await place.workspace.git(['add', 'new'], path);
    await place.workspace.git(['commit', '-q', '-m', 'Side'], path);
    await place.workspace.git(['merge', '-q', '-m', 'Merged', head], path);
    const merge = await git('files', 'rev-parse', 'HEAD');
    expect((await details('files', merge)).files.map(file => file.path)).toEqual(found.files.map(file => file.path));
    expect((await details('files', merge, head)).files.map(file => file.path)).toEqual(['files/new']);
    expect((await failureOf(details('files', merge, merge))).kind).toBe('bad-request');
    expect((await failureOf(details('files', '0'.repeat(40)))).kind).toBe('not-found');
  });

  it('ends where a shallow clone ends, and says so', async () => {
    await importHistory(
      place.workspace,
      'deep',
      Array.from({ length: 8 }, (_, at) => ({ parents: at === 0 ? [] : [at - 1], files: { a: String(at) } }))
    );
    await place.workspace.git(['clone', '-q', '--depth=3', `file://${place.workspace.path('deep')}`, 'shallow']);
    const { commits, next } = await page('shallow', { limit: 3 });
    expect(commits.map(({ shallow }) => shallow ?? false)).toEqual([false, false, true]);
    expect(next).toBeNull();
    expect((await details('shallow', commits[2]?.id ?? '')).parent).toBeNull();
  });

  it('shows what it can of a history with missing objects, and says what is wrong', async () => {
    const path = await importHistory(
      place.workspace,
      'damaged',
      Array.from({ length: 6 }, (_, at) => ({ parents: at === 0 ? [] : [at - 1], files: { a: `${at}`.repeat(100), b: 'x' } }))
    );
    const lost = await git('damaged', 'rev-parse', 'HEAD~3');
    await rm(join(path, '.git/objects', lost.slice(0, 2), lost.slice(2)));
    const { commits, next, failure } = await page('damaged');
    expect(commits.length).toBeGreaterThan(0);
    expect(commits.length).toBeLessThan(4);
    expect(next).toBeNull();
    expect(failure).toMatchObject({ kind: 'damaged-repository', parameters: { part: 'objects' } });

    const blob = await git('damaged', 'rev-parse', 'HEAD:a');
    await rm(join(path, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    expect((await details('damaged', await git('damaged', 'rev-parse', 'HEAD'))).files).toEqual([
      { path: 'damaged/a', status: 'modified', before: { kind: 'git', bytes: 100 }, after: { kind: 'git' } }
    ]);
    const tree = await git('damaged', 'rev-parse', 'HEAD^{tree}');
    await rm(join(path, '.git/objects', tree.slice(0, 2), tree.slice(2)));
    expect((await details('damaged', await git('damaged', 'rev-parse', 'HEAD'))).failure?.kind).toBe('damaged-repository');
  });

  it('is empty before the first commit, and detached without a branch', async () => {
    await place.workspace.git(['init', '-q', 'unborn']);
    expect(await page('unborn')).toEqual({ commits: [], next: null, branch: 'main' });
    const path = await importHistory(place.workspace, 'detached', [{ parents: [] }, { parents: [0] }]);
    await place.workspace.git(['checkout', '-q', '--detach', 'HEAD~'], path);
    expect(await page('detached')).toMatchObject({ branch: null, commits: [{ subject: 'Commit 0' }] });
    expect((await failureOf(page(''))).kind).toBe('not-a-dataset');
  });

  it('reads a partial clone without fetching', async () => {
    const path = await importHistory(place.workspace, 'full', [
      { parents: [], files: { 'a.txt': 'a\n'.repeat(50) } },
      { parents: [0], files: { 'a.txt': null, 'b.txt': 'a\n'.repeat(50) } },
      { parents: [1], files: { 'b.txt': 'a\n'.repeat(51) } }
    ]);
    await place.workspace.git(['config', 'uploadpack.allowFilter', 'true'], path);
    await place.workspace.git(['clone', '-q', '--no-checkout', '--filter=blob:none', `file://${path}`, 'partial']);
    const missing = await git('partial', 'rev-list', '--objects', '--missing=print', '--all');
    expect((await whole('partial', { path: contentsPath('partial/b.txt') })).map(({ path: then }) => then)).toEqual([
      'partial/b.txt',
      'partial/b.txt',
      'partial/a.txt'
    ]);
    const { files, failure } = await details('partial', await git('partial', 'rev-parse', 'HEAD'));
    expect(failure).toBeUndefined();
    expect(files).toEqual([{ path: 'partial/b.txt', status: 'modified', before: { kind: 'git' }, after: { kind: 'git' } }]);
    expect(await git('partial', 'rev-list', '--objects', '--missing=print', '--all')).toBe(missing);
  });

  it('runs nothing that a repository names', async () => {
    const path = await importHistory(place.workspace, 'hostile', [
      { parents: [], files: { a: '1\n'.repeat(30), '.gitattributes': '* diff=evil filter=evil\n' } },
      { parents: [0], files: { a: null, b: '1\n'.repeat(31) } }
    ]);
    const mark = join(place.workspace.base, 'ran');
    const program = `sh -c 'touch ${mark}'`;
    const settings = ['diff.evil.textconv', 'diff.evil.command', 'diff.external', 'core.pager', 'pager.log', 'gpg.program'];
    for (const name of [...settings, 'filter.evil.smudge', 'core.fsmonitor', 'core.sshCommand']) {
      await place.workspace.git(['config', name, program], path);
    }
    await place.workspace.git(['config', 'log.showSignature', 'true'], path);
    await place.workspace.git(['config', 'log.follow', 'true'], path);
    await place.workspace.git(['config', 'format.pretty', 'fuller'], path);
    await whole('hostile');
    await whole('hostile', { path: contentsPath('hostile/b'), search: { message: 'Commit' } });
    const { files } = await details('hostile', await git('hostile', 'rev-parse', 'HEAD'));
    expect(files.map(({ status }) => status)).toEqual(['renamed']);
    await expect(place.workspace.run('test', ['!', '-e', mark])).resolves.toBe('');
  });

  it('is lazy: a page at the top and one far below cost as much as so many commits of git', async () => {
    const count = 25_000;
    await importHistory(
      place.workspace,
      'long',
      Array.from({ length: count }, (_, at) => ({ parents: at === 0 ? [] : at % 50 === 49 ? [at - 1, at - 2] : [at - 1] }))
    );
    const timed = async (work: () => Promise<unknown>): Promise<number> => {
      const times: number[] = [];
      for (let round = 0; round < 5; round++) {
        const start = performance.now();
        await work();
        times.push(performance.now() - start);
      }
      return Math.min(...times);
    };
    const { next } = await page('long', { limit: 200 });
    let deep = next;
    for (let at = 0; at < 20 && deep !== null; at++) {
      deep = (await page('long', { limit: 200, cursor: deep })).next;
    }
    const top = await timed(() => page('long', { limit: 100 }));
    const below = await timed(() => page('long', { limit: 100, ...(deep === null ? {} : { cursor: deep }) }));
    const reference = await timed(() => git('long', 'log', '-100'));
    const all = await timed(() => git('long', 'log', '--format=%H'));
    expect(top).toBeLessThan(10 * reference);
    expect(below).toBeLessThan(10 * reference);
    // Were either to walk the whole of it, it would take as long as that does.
    expect(top).toBeLessThan(all);
    expect(below).toBeLessThan(all);
    expect(deep?.tips.length).toBeLessThan(4);
  });
});

/** A path of any bytes as it travels. */
function named(path: string): ReturnType<typeof contentsPath> {
  return contentsPath(/[\udc80-\udcff]/u.test(path) ? `bytes:${encodePath(path).toString('base64url')}` : path);
}
