import { rm, symlink, writeFile } from 'node:fs/promises';
import type { Blame } from '../../src/protocol/blame';
import { contentsPath } from '../../src/protocol/paths';
import { importHistory } from '../support/fastHistory';
import { HistoryReading } from '../support/historyReading';
import { useReading } from '../support/place';
import { seeded } from '../support/random';
import { failureOf } from '../support/recordingTask';

jest.setTimeout(120_000);

const place = useReading();
const past = new HistoryReading(place);

/** For each line the commit, or null, as the answer has it. */
function commitsOf({ runs, commits }: Blame): (string | null)[] {
  return runs.flatMap(({ count, commit }) =>
    Array.from({ length: count }, () => (commit === null ? null : (commits[commit]?.id ?? '?')))
  );
}

/** The same by git itself. */
async function gitsCommits(dataset: string, ...args: string[]): Promise<(string | null)[]> {
  const text = await place.workspace.git(
    ['blame', '-l', '-s', '--root', '--no-ignore-revs-file', ...args],
    place.workspace.path(dataset)
  );
  return text
    .split('\n')
    .filter(Boolean)
    .map(line => line.slice(0, 40))
    .map(id => (/^0+$/.test(id) ? null : id));
}

async function write(dataset: string, name: string, text: string | Uint8Array): Promise<void> {
  await writeFile(place.workspace.path(dataset, name), text);
}

describe('who changed each line', () => {
  it('is told across renames, with what is not saved yet, and leads to what was before', async () => {
    await importHistory(place.workspace, 'renamed', [
      { parents: [], author: 'Ada', message: 'Begin', files: { 'old.txt': 'one\ntwo\nthree\nfour\n' } },
      {
        parents: [0],
        author: 'Grace',
        message: 'Go on',
        files: { 'old.txt': null, 'new name.txt': 'one\nTWO\nthree\nfour\n' }
      }
    ]);
    await write('renamed', 'new name.txt', 'one\nTWO\nthree\nfour\nfive');
    const [second = '', first = ''] = await past.log('renamed');
    const now = await past.blame('renamed', 'new name.txt');
    expect(now.text).toBe('one\nTWO\nthree\nfour\nfive');
    expect(commitsOf(now)).toEqual([first, second, first, first, null]);
    const before = { path: 'renamed/old.txt', commit: first };
    expect(now.commits).toEqual([
      expect.objectContaining({
        id: first,
        subject: 'Begin',
        path: 'renamed/old.txt',
        author: expect.objectContaining({ name: 'Ada' })
      }),
      expect.objectContaining({ id: second, path: 'renamed/new name.txt', before })
    ]);
    expect(now.commits[0]?.before).toBeUndefined();
    expect(now.saved).toEqual({ path: 'renamed/new name.txt', commit: second });
    const then = await past.blame('renamed', 'old.txt', first);
    expect([then.text, then.runs, then.saved]).toEqual(['one\ntwo\nthree\nfour', [{ count: 4, commit: 0 }], undefined]);
    expect(await past.git('renamed', 'status', '--porcelain')).toBe(' M "new name.txt"');
  });

  it('is what git says, line by line, whatever was changed, merged and renamed', async () => {
    const random = seeded(20_261_129);
    const below = (most: number): number => Math.floor(random() * most);
    for (let round = 0; round < 12; round++) {
      const dataset = `random${round}`;
      const ends = ['\n', '\r\n'][round % 2] ?? '\n';
      const texts: string[][] = [Array.from({ length: 6 + below(9) }, (_, at) => `line ${at}`)];
      const names = ['a b.txt'];
      const edited = (lines: readonly string[], mark: string): string[] => {
        const next = [...lines];
        next.splice(
          below(next.length + 1),
          below(3),
          ...Array.from({ length: below(3) }, (_, at) => [`${mark} ${at}`, '\t', '', `${'0'.repeat(40)} 1 1 1`][below(4)] ?? '')
        );
        return next;
      };
      const whole = (lines: readonly string[]): string => lines.map(line => line + ends).join('');
      const commits = [{ parents: [] as number[], files: { 'a b.txt': whole(texts[0] ?? []) } as Record<string, string | null> }];
      for (let at = 1; at < 9; at++) {
        const from = Math.max(0, at - 1 - below(2));
        const other = below(at);
        const [old = '', text = []] = [names[from], texts[from]];
        const name = below(4) === 0 ? `"${at}"\t.txt` : old;
        const lines = edited(text, `commit ${at}`);
        names.push(name);
        texts.push(lines);
        const written = (path: string): string => (/["\t]/.test(path) ? JSON.stringify(path) : path);
        commits.push({
          parents: other === from || below(3) > 0 ? [from] : [from, other],
          files: { ...(name === old ? {} : { [written(old)]: null }), [written(name)]: whole(lines) }
        });
      }
      await importHistory(place.workspace, dataset, commits);
      const [name, lines] = [names.at(-1) ?? '', texts.at(-1) ?? []];
      const head = await past.git(dataset, 'rev-parse', 'HEAD');
      const saved = await past.blame(dataset, name, head);
      expect(saved.text).toBe(whole(lines).slice(0, -1));
      expect(commitsOf(saved)).toEqual(await gitsCommits(dataset, 'HEAD', '--', name));
      const unsaved = edited([...lines, 'more'], 'now').join(ends);
      await write(dataset, name, unsaved);
      const now = await past.blame(dataset, name);
      expect(now.text).toBe(unsaved.replace(/\n$/, ''));
      expect(commitsOf(now)).toEqual(await gitsCommits(dataset, '--', name));
    }
  });

  it('is told in spite of what the configuration would leave out, and under the names of the history', async () => {
    const path = await importHistory(place.workspace, 'configured', [
      { parents: [], author: 'Ada', files: { 'a.txt': 'one\ntwo\n' } },
      { parents: [0], author: 'Grace', files: { 'a.txt': 'one\nTWO\n' } }
    ]);
    const [second = ''] = await past.log('configured');
    await write('configured', 'ignored', `${second}\n`);
    // Who opens it for reading waits for good.
    await place.workspace.run('mkfifo', ['map'], path);
    await past.git('configured', 'config', 'mailmap.file', `${path}/map`);
    await write('configured', '.mailmap', 'Eve <eve@example.org> <ada@example.org>\n');
    for (const list of [`${path}/ignored`, '/nowhere/at/all']) {
      await past.git('configured', 'config', 'blame.ignoreRevsFile', list);
      const { commits } = await past.blame('configured', 'a.txt');
      expect(commits.map(({ author }) => author.name)).toEqual(['Ada', 'Grace']);
    }
  });

  it('ends when nobody waits for it any more', async () => {
    await importHistory(place.workspace, 'left', [{ parents: [], files: { 'a.txt': 'one\n' } }]);
    const asked = { dataset: contentsPath('left'), path: contentsPath('left/a.txt') };
    const { history } = place.reading.datasets;
    expect((await failureOf(history.blame(asked, AbortSignal.abort()))).kind).toBe('cancelled');
  });

  it('ends where a shallow clone ends', async () => {
    await importHistory(place.workspace, 'deep', [
      { parents: [], files: { 'a.txt': 'one\n' } },
      { parents: [0], files: { 'a.txt': 'one\ntwo\n' } },
      { parents: [1], files: { 'a.txt': 'one\ntwo\nthree\n' } }
    ]);
    await place.workspace.git(['clone', '-q', '--depth=2', `file://${place.workspace.path('deep')}`, 'shallow']);
    const [last = '', edge = ''] = await past.log('shallow');
    const { runs, commits } = await past.blame('shallow', 'a.txt');
    expect([runs.map(({ count }) => count), commits.map(({ id }) => id)]).toEqual([
      [2, 1],
      [edge, last]
    ]);
    expect(commits.map(({ before }) => before?.commit)).toEqual([undefined, edge]);
  });

  it('is empty of an empty file, and shows bytes that are no UTF-8', async () => {
    await importHistory(place.workspace, 'odd', [{ parents: [], files: { 'empty.txt': '', 'bytes.txt': 'one\n' } }]);
    expect(await past.blame('odd', 'empty.txt')).toEqual({ text: '', commits: [], runs: [] });
    await write('odd', 'bytes.txt', Buffer.from('one\nt\xffo\n', 'latin1'));
    expect(await past.blame('odd', 'bytes.txt')).toMatchObject({ text: 'one\nt\ufffdo', damaged: true });
  });

  it('is refused in plain words of what has no lines', async () => {
    const ds = await place.workspace.dataset({
      path: 'ds',
      files: { 'a.txt': 'one\n', 'zero.bin': 'a\0b', 'long.txt': 'x\n'.repeat(20_001), 'large.txt': 'x'.repeat(1_000_001) },
      annexed: { 'data.bin': 5_000, 'u.bin': 6_000 },
      unlocked: ['u.bin'],
      subdatasets: { sub: { files: { 'b.txt': 'b\n' } } }
    });
    await write('ds', 'new.txt', 'new\n');
    await symlink('a.txt', `${ds}/link.txt`);
    const why = async (path: string, commit?: string): Promise<unknown> => {
      const { kind, parameters } = await failureOf(past.blame('ds', path, commit));
      return parameters?.['why'] ?? kind;
    };
    const head = await past.git('ds', 'rev-parse', 'HEAD');
    expect(await why('data.bin')).toBe('annex');
    expect(await why('data.bin', head)).toBe('annex');
    expect(await why('u.bin')).toBe('annex');
    expect(await why('zero.bin')).toBe('binary');
    expect(await why('long.txt')).toBe('large');
    expect(await why('large.txt', head)).toBe('large');
    expect(await why('new.txt')).toBe('unsaved');
    expect(await why('link.txt')).toBe('link');
    expect(await why('sub')).toBe('dataset');
    expect(await why('nothing.txt')).toBe('not-found');
    expect((await past.blame('ds', 'a.txt', head)).runs).toHaveLength(1);
    await place.workspace.git(['init', '-q', 'unborn']);
    await write('unborn', 'a.txt', 'one\n');
    await past.git('unborn', 'add', 'a.txt');
    expect((await failureOf(past.blame('unborn', 'a.txt'))).parameters).toEqual({ why: 'unsaved' });
    await past.git('ds', 'add', 'new.txt');
    expect(commitsOf(await past.blame('ds', 'new.txt'))).toEqual([null]);
    await rm(`${ds}/a.txt`);
    expect(await why('a.txt')).toBe('not-found');
  });
});
