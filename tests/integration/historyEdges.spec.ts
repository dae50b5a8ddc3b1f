import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { importHistory } from '../support/fastHistory';
import { HistoryReading } from '../support/historyReading';
import { useReading } from '../support/place';
import { failureOf } from '../support/recordingTask';

jest.setTimeout(120_000);

describe('history that is not as it should be, or long', () => {
  const place = useReading();
  const past = new HistoryReading(place);

  it('ends where a shallow clone ends, and says so', async () => {
    await importHistory(
      place.workspace,
      'deep',
      Array.from({ length: 8 }, (_, at) => ({ parents: at === 0 ? [] : [at - 1], files: { a: String(at) } }))
    );
    await place.workspace.git(['clone', '-q', '--depth=3', `file://${place.workspace.path('deep')}`, 'shallow']);
    const { commits, next } = await past.page('shallow', { limit: 3 });
    expect(commits.map(({ shallow }) => shallow ?? false)).toEqual([false, false, true]);
    expect(next).toBeNull();
    expect((await past.details('shallow', commits[2]?.id ?? '')).parent).toBeNull();
  });

  it('shows what it can of a history with missing objects, and says what is wrong', async () => {
    const path = await importHistory(
      place.workspace,
      'damaged',
      Array.from({ length: 6 }, (_, at) => ({ parents: at === 0 ? [] : [at - 1], files: { a: `${at}`.repeat(100), b: 'x' } }))
    );
    const lost = await past.git('damaged', 'rev-parse', 'HEAD~3');
    await rm(join(path, '.git/objects', lost.slice(0, 2), lost.slice(2)));
    const { commits, next, failure } = await past.page('damaged');
    expect(commits.length).toBeGreaterThan(0);
    expect(commits.length).toBeLessThan(4);
    expect(next).toBeNull();
    expect(failure).toMatchObject({ kind: 'damaged-repository', parameters: { part: 'objects' } });

    const blob = await past.git('damaged', 'rev-parse', 'HEAD:a');
    await rm(join(path, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    expect((await past.details('damaged', await past.git('damaged', 'rev-parse', 'HEAD'))).files).toEqual([
      { path: 'damaged/a', status: 'modified', before: { kind: 'git', bytes: 100 }, after: { kind: 'git' } }
    ]);
    const tree = await past.git('damaged', 'rev-parse', 'HEAD^{tree}');
    await rm(join(path, '.git/objects', tree.slice(0, 2), tree.slice(2)));
    expect((await past.details('damaged', await past.git('damaged', 'rev-parse', 'HEAD'))).failure?.kind).toBe(
      'damaged-repository'
    );
  });

  it('is empty before the first commit, and detached without a branch', async () => {
    await place.workspace.git(['init', '-q', 'unborn']);
    expect(await past.page('unborn')).toEqual({ commits: [], next: null, branch: 'main' });
    const path = await importHistory(place.workspace, 'detached', [{ parents: [] }, { parents: [0] }]);
    await place.workspace.git(['checkout', '-q', '--detach', 'HEAD~'], path);
    expect(await past.page('detached')).toMatchObject({ branch: null, commits: [{ subject: 'Commit 0' }] });
    expect((await failureOf(past.page(''))).kind).toBe('not-a-dataset');
  });

  it('reads a partial clone without fetching', async () => {
    const path = await importHistory(place.workspace, 'full', [
      { parents: [], files: { 'a.txt': 'a\n'.repeat(50) } },
      { parents: [0], files: { 'a.txt': null, 'b.txt': 'a\n'.repeat(50) } },
      { parents: [1], files: { 'b.txt': 'a\n'.repeat(51) } }
    ]);
    await place.workspace.git(['config', 'uploadpack.allowFilter', 'true'], path);
    await place.workspace.git(['clone', '-q', '--no-checkout', '--filter=blob:none', `file://${path}`, 'partial']);
    const missing = await past.git('partial', 'rev-list', '--objects', '--missing=print', '--all');
    expect((await past.whole('partial', { path: contentsPath('partial/b.txt') })).map(({ path: then }) => then)).toEqual([
      'partial/b.txt',
      'partial/b.txt',
      'partial/a.txt'
    ]);
    const { files, failure } = await past.details('partial', await past.git('partial', 'rev-parse', 'HEAD'));
    expect(failure).toBeUndefined();
    expect(files).toEqual([{ path: 'partial/b.txt', status: 'modified', before: { kind: 'git' }, after: { kind: 'git' } }]);
    expect(await past.git('partial', 'rev-list', '--objects', '--missing=print', '--all')).toBe(missing);
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
    await past.whole('hostile');
    await past.whole('hostile', { path: contentsPath('hostile/b'), search: { message: 'Commit' } });
    const { files } = await past.details('hostile', await past.git('hostile', 'rev-parse', 'HEAD'));
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
    const { next } = await past.page('long', { limit: 200 });
    let deep = next;
    for (let at = 0; at < 20 && deep !== null; at++) {
      deep = (await past.page('long', { limit: 200, cursor: deep })).next;
    }
    const top = await timed(() => past.page('long', { limit: 100 }));
    const below = await timed(() => past.page('long', { limit: 100, ...(deep === null ? {} : { cursor: deep }) }));
    const reference = await timed(() => past.git('long', 'log', '-100'));
    const all = await timed(() => past.git('long', 'log', '--format=%H'));
    expect(top).toBeLessThan(10 * reference);
    expect(below).toBeLessThan(10 * reference);
    // Were either to walk the whole of it, it would take as long as that does.
    expect(top).toBeLessThan(all);
    expect(below).toBeLessThan(all);
    expect(deep?.tips.length).toBeLessThan(4);
  });
});
