import { createHash } from 'node:crypto';
import { chmod, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AskedSide, Difference } from '../../src/protocol/compare';
import type { CallInput, CallOutput } from '../../src/protocol/contract';
import { calls } from '../../src/protocol/contract';
import * as v from 'valibot';
import { useReading } from '../support/place';
import { bytesFor } from '../support/makeDataset';
import { seeded } from '../support/random';
import { snapshot } from '../support/snapshot';

jest.setTimeout(120_000);

const place = useReading();
const ID = /^[0-9a-f]{40}$/;

async function differences(
  input: Omit<CallInput<'differences'>, 'dataset'> & { dataset?: string }
): Promise<CallOutput<'differences'>> {
  const asked = v.parse(calls.differences.input, { dataset: 'ds', ...input });
  return v.parse(calls.differences.output, await place.reading.datasets.comparisons.differences(asked, place.reading.signal));
}

async function content(path: string, side: string, more: Partial<CallInput<'content'>> = {}): Promise<CallOutput<'content'>> {
  const asked = v.parse(calls.content.input, { dataset: 'ds', path, side, ...more });
  return v.parse(calls.content.output, await place.reading.datasets.comparisons.content(asked, place.reading.signal));
}

async function hunks(
  path: string,
  from: string,
  to: string,
  more: Partial<CallInput<'hunks'>> = {}
): Promise<CallOutput<'hunks'>> {
  const asked = v.parse(calls.hunks.input, { dataset: 'ds', path, from, to, ...more });
  return v.parse(calls.hunks.output, await place.reading.datasets.comparisons.hunks(asked, place.reading.signal));
}

const git = (...args: string[]): Promise<string> => place.workspace.git(args, place.workspace.path('ds'));
const head = async (name = 'HEAD'): Promise<AskedSide> => (await git('rev-parse', name)).trim() as AskedSide;
const LETTERS: Record<Difference['status'], string> = {
  added: 'A',
  deleted: 'D',
  modified: 'M',
  typechange: 'T',
  renamed: 'R',
  conflict: 'U'
};

/** As `git diff --name-status -M` has it. */
function asNameStatus(files: readonly Difference[]): string[] {
  return files
    .map(({ status, oldName, name }) => [LETTERS[status], ...(oldName === undefined ? [] : [oldName]), name].join('\t'))
    .sort();
}

async function nameStatus(...args: string[]): Promise<string[]> {
  const text = await git('-c', 'core.quotePath=false', 'diff', '--name-status', '-M', ...args);
  return text
    .split('\n')
    .filter(Boolean)
    .map(line => line.replace(/^R\d+/, 'R'))
    .sort();
}

async function write(name: string, text: string | Uint8Array): Promise<void> {
  const file = place.workspace.path('ds', name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

describe('differences', () => {
  let ds: string;

  beforeAll(async () => {
    ds = await place.workspace.dataset({
      files: { 'notes.txt': 'one\ntwo\n', 'code/a.py': 'print(1)\n'.repeat(20), 'empty.txt': '', 'gone.txt': 'gone\n'.repeat(9) },
      annexed: { 'data/x.bin': 5_000, 'u.bin': 6_000, 'v.bin': 7_000 },
      unlocked: ['u.bin', 'v.bin'],
      subdatasets: { sub: { files: { 'inner.txt': 'in' } } }
    });
  });

  it('are those of git between commits of a random history, each way, with renames', async () => {
    const next = seeded(5);
    const pick = (max: number): number => Math.floor(next() * max);
    const commits = [await head()];
    const names = Array.from({ length: 12 }, (_, at) => `r/${at % 3}/file ${at}é.txt`);
    for (let round = 0; round < 12; round++) {
      for (let change = 0; change < 4; change++) {
        const name = names[pick(names.length)]!;
        const action = pick(4);
        const exists = (await git('ls-files', '--', name)) !== '';
        if (action === 0 && exists) {
          await git('rm', '-q', '-f', '--', name);
        } else if (action === 1 && exists) {
          await mkdir(join(ds, `moved/${round}`), { recursive: true });
          await git('mv', '-f', '--', name, `moved/${round}/${change}.txt`);
        } else {
          await write(name, `${name}\n`.repeat(10 + pick(4)) + pick(5));
          await git('add', '--', name);
        }
      }
      await git('commit', '-q', '--allow-empty', '-m', `Round ${round}`);
      commits.push(await head());
    }
    let compared = 0;
    for (let round = 0; round < 14; round++) {
      const [from, to] = [commits[pick(commits.length)]!, commits[pick(commits.length)]!];
      const found = await differences({ from, to });
      expect(asNameStatus(found.files)).toEqual(await nameStatus(from, to));
      compared += found.files.length;
      for (const { path, before, after, oldPath } of found.files.slice(0, 2)) {
        const size = async (side: string, name: string): Promise<number> =>
          Number(await git('cat-file', '-s', `${side}:${name.slice('ds/'.length)}`));
        expect(before?.bytes).toBe(before && (await size(from, oldPath ?? path)));
        expect(after?.bytes).toBe(after && (await size(to, path)));
      }
    }
    expect(compared).toBeGreaterThan(30);
  });

  it('between nothing, a parent and the last save', async () => {
    const first = (await git('rev-list', '--max-parents=0', 'HEAD')).trim();
    const all = await differences({ from: 'nothing', to: first as AskedSide });
    expect(all.files.map(({ name, status, after }) => [name, status, after?.kind])).toEqual(
      [
        ['.datalad/config', 'added', 'git'],
        ['.gitattributes', 'added', 'git'],
        ['.gitmodules', 'added', 'git'],
        ['code/a.py', 'added', 'git'],
        ['data/x.bin', 'added', 'annex'],
        ['empty.txt', 'added', 'git'],
        ['gone.txt', 'added', 'git'],
        ['notes.txt', 'added', 'git'],
        ['sub', 'added', 'dataset'],
        ['u.bin', 'added', 'annex-unlocked'],
        ['v.bin', 'added', 'annex-unlocked']
      ].filter(([name]) => name !== '.gitattributes')
    );
    expect(all.files.find(({ name }) => name === 'u.bin')?.after).toMatchObject({
      bytes: 6_000,
      key: expect.stringMatching(/^SHA256E/)
    });
    expect((await differences({ from: `${first}^` as AskedSide, to: first as AskedSide })).from).toEqual({ side: 'nothing' });
    const last = await differences({ from: `${await head()}^` as AskedSide, to: 'HEAD' });
    expect(last.to.commit).toMatchObject({ id: expect.stringMatching(ID), subject: 'Round 11' });
    expect(Date.now() - last.to.commit!.time).toBeLessThan(120_000);
    expect(asNameStatus(last.files)).toEqual(await nameStatus('HEAD^', 'HEAD'));
    await expect(differences({ from: 'HEAD', to: 'f'.repeat(40) as AskedSide })).rejects.toMatchObject({
      failure: { kind: 'not-found' }
    });
  });

  it('with the folder as it is now: edited, staged, new, gone, moved, unlocked, executable', async () => {
    const clean = await differences({ from: 'HEAD', to: 'worktree' });
    expect(clean.files).toEqual([]);
    await write('notes.txt', 'one\n2\n');
    await write('staged.txt', 'staged\n');
    await git('add', 'staged.txt');
    await write('staged.txt', 'staged and edited\n');
    await write('back.txt', 'x\n');
    await git('add', 'back.txt');
    await rm(join(ds, 'back.txt'));
    await write('new folder/new.txt', 'new\n');
    await rename(join(ds, 'gone.txt'), join(ds, 'moved.txt'));
    await rename(join(ds, 'data/x.bin'), join(ds, 'x.bin'));
    await chmod(join(ds, 'code/a.py'), 0o755);
    await rm(join(ds, 'u.bin'));
    await writeFile(join(ds, 'u.bin'), 'edited');
    await writeFile(join(ds, 'v.bin'), bytesFor('v.bin', 7_000));
    const { files } = await differences({ from: 'HEAD', to: 'worktree' });
    expect(asNameStatus(files)).toEqual(
      [
        'A\tnew folder/new.txt',
        'A\tstaged.txt',
        'M\tcode/a.py',
        'M\tnotes.txt',
        'M\tu.bin',
        'R\tdata/x.bin\tx.bin',
        'R\tgone.txt\tmoved.txt'
      ].sort()
    );
    const one = (name: string): Difference | undefined => files.find(file => file.name === name);
    expect(one('u.bin')).toMatchObject({ before: { bytes: 6_000 }, after: { kind: 'annex-unlocked', bytes: 6 } });
    expect(one('u.bin')?.after?.key).toBeUndefined();
    expect(one('x.bin')?.before?.key).toBe(one('x.bin')?.after?.key);
    expect(one('new folder/new.txt')?.after).toEqual({ kind: 'other', bytes: 4 });
  });

  it('the other way round, against older commits, and below one path', async () => {
    const there = await differences({ from: 'HEAD', to: 'worktree' });
    const back = await differences({ from: 'worktree', to: 'HEAD' });
    expect(back.files.map(({ name }) => name).length).toBe(there.files.length);
    expect(back.files.find(({ name }) => name === 'staged.txt')?.status).toBe('deleted');
    const old = await head('HEAD~6');
    const fromOld = await differences({ from: old, to: 'worktree' });
    const tracked = asNameStatus(fromOld.files).filter(line => !/moved\.txt|x\.bin|new folder/.test(line));
    const expected = (await nameStatus('--no-renames', old)).filter(line => !/gone\.txt|x\.bin|v\.bin/.test(line));
    const unpaired = fromOld.files.flatMap(({ status, name, oldName }) =>
      status === 'renamed' ? [`A\t${name}`, `D\t${oldName}`] : [`${LETTERS[status]}\t${name}`]
    );
    expect(unpaired.filter(line => !/gone\.txt|moved\.txt|x\.bin|new folder/.test(line)).sort()).toEqual(expected);
    expect(tracked.length).toBeGreaterThan(5);
    const below = await differences({ from: 'HEAD', to: 'worktree', path: 'ds/new folder' });
    expect(below.files.map(({ name }) => name)).toEqual(['new folder/new.txt']);
    const single = await differences({ from: 'HEAD', to: 'worktree', path: 'ds/moved.txt' });
    expect(asNameStatus(single.files)).toEqual(['R\tgone.txt\tmoved.txt']);
  });

  it('a subdataset at another commit, a file that became a link, names of all kinds', async () => {
    await place.workspace.git(['commit', '-q', '--allow-empty', '-m', 'On'], join(ds, 'sub'));
    await rm(join(ds, 'empty.txt'));
    await symlink('notes.txt', join(ds, 'empty.txt'));
    await write(' a\nb\t"c', 'odd\n');
    await write('-n', 'dash\n');
    const { files } = await differences({ from: 'HEAD', to: 'worktree' });
    const found = Object.fromEntries(files.map(({ name, status, after }) => [name, [status, after?.kind]]));
    expect(found).toMatchObject({
      sub: ['modified', 'dataset'],
      'empty.txt': ['typechange', 'link'],
      ' a\nb\t"c': ['added', 'other'],
      '-n': ['added', 'other']
    });
    expect((await content('ds/sub', 'HEAD')).body).toEqual({
      type: 'dataset',
      commit: (await git('rev-parse', 'HEAD:sub')).trim()
    });
    const now = (await place.workspace.git(['rev-parse', 'HEAD'], join(ds, 'sub'))).trim();
    expect((await content('ds/sub', 'worktree')).body).toEqual({ type: 'dataset', commit: now });
  });

  it('while a merge is in conflict', async () => {
    await place.workspace.dataset({ path: 'conflict', files: { 'a.txt': 'base\n', 'b.txt': 'b\n' } });
    const inside = (...args: string[]): Promise<string> => place.workspace.git(args, place.workspace.path('conflict'));
    await inside('checkout', '-q', '-b', 'other');
    await place.workspace.write({ 'conflict/a.txt': 'theirs\n' });
    await inside('commit', '-q', '-am', 'Theirs');
    await inside('checkout', '-q', 'main');
    await place.workspace.write({ 'conflict/a.txt': 'ours\n' });
    await inside('commit', '-q', '-am', 'Ours');
    await inside('merge', 'other').catch(() => '');
    const { files } = await differences({ dataset: 'conflict', from: 'HEAD', to: 'worktree' });
    expect(files).toMatchObject([
      { name: 'a.txt', status: 'conflict', before: { kind: 'git', bytes: 5 }, after: { kind: 'git' } }
    ]);
    const shown = await content('conflict/a.txt', 'worktree', { dataset: 'conflict' });
    expect(shown.body).toMatchObject({ type: 'text', text: expect.stringContaining('<<<<<<< HEAD\nours\n') });
  });

  it('before the first commit', async () => {
    await place.workspace.git(['init', '-q', place.workspace.path('unborn')]);
    await place.workspace.write({ 'unborn/a.txt': 'a\n', 'unborn/b.txt': 'b\n' });
    await place.workspace.git(['add', 'a.txt'], place.workspace.path('unborn'));
    const { from, files } = await differences({ dataset: 'unborn', from: 'HEAD', to: 'worktree' });
    expect([from, asNameStatus(files)]).toEqual([{ side: 'nothing' }, ['A\ta.txt', 'A\tb.txt']]);
  });
});

describe('content', () => {
  const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
  const PNG = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64'
  );

  beforeAll(async () => {
    await place.workspace.dataset({
      path: 'many',
      files: {
        'text.txt': 'grüße\r\nende',
        'broken.txt': Buffer.from('a\xff\xfeb\n', 'latin1'),
        'nul.dat': Buffer.from([1, 0, 2]),
        'big.txt': 'x'.repeat(1_000_001),
        'picture.png': PNG,
        'drawing.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
      },
      annexed: { 'table.csv': 'a,b\n1,2\n', 'photo.png': PNG, 'far.bin': 9_000 },
      unlocked: ['table.csv'],
      dropped: ['far.bin']
    });
  });
  const many = (name: string, side = 'HEAD', more: Partial<CallInput<'content'>> = {}): Promise<CallOutput<'content'>> =>
    content(`many/${name}`, side, { dataset: 'many', ...more });

  it('is what git show prints, and says what it is', async () => {
    for (const side of ['HEAD', 'worktree']) {
      expect((await many('text.txt', side)).body).toEqual({ type: 'text', text: 'grüße\r\nende' });
      expect((await many('broken.txt', side)).body).toEqual({ type: 'text', text: 'a\ufffd\ufffdb\n', damaged: true });
      expect(await many('nul.dat', side)).toMatchObject({ facts: { kind: 'git', bytes: 3 }, body: { type: 'binary' } });
      expect(await many('big.txt', side)).toMatchObject({
        facts: { bytes: 1_000_001 },
        body: { type: 'too-large', what: 'text' }
      });
      expect((await many('big.txt', side, { most: 2_000_000 })).body).toMatchObject({ type: 'text' });
      expect((await many('picture.png', side)).body).toEqual({ type: 'image', mime: 'image/png', data: PNG.toString('base64') });
      expect((await many('drawing.svg', side)).body).toMatchObject({ type: 'image', mime: 'image/svg+xml' });
      expect((await many('drawing.svg', side, { asText: true })).body).toMatchObject({ type: 'text' });
      expect((await many('nowhere', side)).body).toEqual({ type: 'absent' });
      expect((await many('.datalad', side)).body).toEqual({ type: 'absent' });
    }
    await expect(many('.git/config', 'worktree')).rejects.toMatchObject({ failure: { kind: 'bad-request' } });
  });

  it('of annexed files is that of exactly the key, here or not', async () => {
    for (const side of ['HEAD', 'worktree']) {
      const table = await many('table.csv', side);
      expect(table).toMatchObject({
        facts: { kind: 'annex-unlocked', bytes: 8 },
        annex: { backend: 'SHA256E', checksum: sha256('a,b\n1,2\n'), here: true },
        body: { type: 'text', text: 'a,b\n1,2\n' }
      });
      expect(await many('photo.png', side)).toMatchObject({ facts: { kind: 'annex' }, body: { type: 'image' } });
      expect(await many('far.bin', side)).toMatchObject({
        facts: { kind: 'annex', bytes: 9_000 },
        annex: { here: false, checksum: sha256(bytesFor('far.bin', 9_000)) },
        body: { type: 'not-here' }
      });
    }
  });

  it('of an earlier version is still shown while its content is here', async () => {
    const old = await head2('HEAD');
    await place.workspace.write({ 'many/table.csv': 'a,b\n1,3\n' });
    const edited = await many('table.csv', 'worktree');
    expect(edited).toMatchObject({ facts: { kind: 'annex-unlocked' }, body: { type: 'text', text: 'a,b\n1,3\n' } });
    expect(edited.facts?.key).toBeUndefined();
    await place.workspace.git(['commit', '-q', '-am', 'Change'], place.workspace.path('many'));
    expect((await many('table.csv', old)).annex).toMatchObject({ checksum: sha256('a,b\n1,2\n') });
    expect((await many('table.csv', 'HEAD')).body).toMatchObject({ text: 'a,b\n1,3\n' });
  });

  it('of a side beside itself is the file as it was, deleted or not, and nothing is written', async () => {
    const path = place.workspace.path('many');
    const then = (await place.workspace.git(['rev-parse', 'HEAD'], path)).trim() as AskedSide;
    await place.workspace.git(['rm', '-q', 'broken.txt', 'far.bin'], path);
    await place.workspace.git(['commit', '-q', '-m', 'Take away'], path);
    const before = await snapshot(path);
    const sides = await differences({ dataset: 'many', path: 'many/broken.txt', from: then, to: then });
    expect(sides).toMatchObject({ files: [], from: { commit: { subject: 'Change' } } });
    expect(sides.to).toEqual(sides.from);
    expect((await many('broken.txt', then)).body).toMatchObject({ type: 'text', damaged: true });
    expect((await many('far.bin', then)).body).toEqual({ type: 'not-here' });
    expect((await many('broken.txt', 'HEAD')).body).toEqual({ type: 'absent' });
    // Of a folder, and of all of it: what git lists.
    for (const folder of ['many/.datalad', 'many']) {
      const { files } = await differences({ dataset: 'many', path: folder, from: 'nothing', to: then });
      const below = folder.replace(/^many\/?/u, '') || '.';
      const listed = await place.workspace.git(['ls-tree', '-r', '--name-only', then, below], path);
      expect(files.map(({ name, status }) => `${status} ${name}\n`).join('')).toBe(listed.replaceAll(/^(?=.)/gmu, 'added '));
    }
    expect(await snapshot(path)).toEqual(before);
  });

  it('never follows a link out of the dataset', async () => {
    await place.workspace.write({ 'secret.txt': 'secret' });
    const folder = place.workspace.path('many');
    await symlink('../secret.txt', join(folder, 'out.txt'));
    await symlink('..', join(folder, 'up'));
    expect((await many('out.txt', 'worktree')).body).toEqual({ type: 'link', target: '../secret.txt' });
    expect((await many('up/secret.txt', 'worktree')).body).toEqual({ type: 'absent' });
    // An object of the annex that leads elsewhere.
    const key = `SHA256E-s6--${'0'.repeat(64)}.txt`;
    await symlink(`.git/annex/objects/aa/bb/${key}/${key}`, join(folder, 'planted.txt'));
    const { lowerHashDirectory } = await import('../../src/server/annex/hashDirectory');
    const objects = join(folder, '.git/annex/objects', lowerHashDirectory(key));
    await mkdir(objects, { recursive: true });
    await mkdir(place.workspace.path('elsewhere'));
    await place.workspace.write({ [`elsewhere/${key}`]: 'secret' });
    await symlink(place.workspace.path('elsewhere'), join(objects, key));
    expect((await many('planted.txt', 'worktree')).body).toEqual({ type: 'not-here' });
  });

  it('that git lacks is said to be unreadable', async () => {
    await place.workspace.dataset({ path: 'lossy', files: { 'a.txt': 'lost\n' } });
    const folder = place.workspace.path('lossy');
    const oid = (await place.workspace.git(['rev-parse', 'HEAD:a.txt'], folder)).trim();
    await rm(join(folder, '.git/objects', oid.slice(0, 2), oid.slice(2)), { force: true });
    const found = await content('lossy/a.txt', 'HEAD', { dataset: 'lossy' });
    expect(found.body).toMatchObject({ type: 'unreadable', failure: { kind: 'damaged-repository' } });
  });

  const head2 = async (name: string): Promise<string> =>
    (await place.workspace.git(['rev-parse', name], place.workspace.path('many'))).trim();
});

describe('hunks', () => {
  const lines = (count: number): string[] => Array.from({ length: count }, (_, at) => `line ${at} of a long text`);

  beforeAll(async () => {
    const text = lines(400_000).join('\n');
    await place.workspace.dataset({
      path: 'large',
      files: { 'big.txt': text, 'one.txt': 'x'.repeat(10_000_000) },
      annexed: { 'annexed.txt': text }
    });
    const changed = lines(400_000);
    changed.splice(200_000, 2, 'other', 'lines', 'here');
    await place.workspace.write({
      'large/big.txt': changed.join('\n'),
      'large/one.txt': `${'x'.repeat(5_000_000)}y${'x'.repeat(5_000_000)}`
    });
    await place.workspace.git(['rm', '-q', '--cached', 'annexed.txt'], place.workspace.path('large'));
    await rm(place.workspace.path('large/annexed.txt'));
    await place.workspace.write({ 'large/annexed.txt': changed.join('\n') });
  });
  const large = (name: string, from = 'HEAD', to = 'worktree'): Promise<CallOutput<'hunks'>> =>
    hunks(`large/${name}`, from, to, { dataset: 'large' });

  it('are few in a text of 10 MB, from a commit, from the annex, and the other way round', async () => {
    const numbers = (
      await place.workspace.git(['diff', '--numstat', 'HEAD', '--', 'big.txt'], place.workspace.path('large'))
    ).split('\t');
    const found = await large('big.txt');
    expect([String(found.added), String(found.removed)]).toEqual(numbers.slice(0, 2));
    expect(found.hunks).toHaveLength(1);
    expect(found.hunks[0]).toMatchObject({ from: 199_998, to: 199_998 });
    expect(found.hunks[0]?.lines.map(({ sign }) => sign[0]).join('')).toBe('sssrraaasss');
    expect(await large('annexed.txt')).toEqual(found);
    expect(await large('big.txt', 'worktree', 'HEAD')).toMatchObject({ added: found.removed, removed: found.added });
    expect(await large('big.txt', 'nothing', 'worktree')).toMatchObject({ added: 400_001, removed: 0, truncated: true });
    await expect(large('nowhere')).rejects.toMatchObject({ failure: { kind: 'bad-request' } });
  });

  it('cut a line of 10 MB', async () => {
    const found = await large('one.txt');
    expect(found).toMatchObject({ added: 1, removed: 1, truncated: true });
    expect(found.hunks[0]?.lines.map(({ text }) => text.length)).toEqual([2_000, 2_000]);
  });
});
