import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { contentsPath } from '../../src/protocol/paths';
import type { PartsPlan } from '../../src/protocol/undo';
import { readPartsPlan } from '../../src/server/operations/calls/discards';
import { everythingIn } from '../support/everything';
import { useJobs } from '../support/place';
import { failureOf } from '../support/recordingTask';

jest.setTimeout(60_000);

const dataset = contentsPath('ds');
const place = useJobs();
let path: string;

const git = (...args: string[]): Promise<string> => place.workspace.git(args, path);
const read = (name: string): Promise<Buffer> => readFile(`${path}/${name}`);
const status = (): Promise<string> => git('status', '--porcelain');

function plan(name: string): Promise<PartsPlan> {
  const signal = new AbortController().signal;
  const { boundary } = place.jobs;
  return readPartsPlan({ dataset, path: contentsPath(`ds/${name}`) }, { boundary, env: place.workspace.env, signal });
}

/** Discards parts as they are now, or as a plan had them; resolves with the id under which they are kept. */
async function discard(name: string, numbers: number[], shown?: PartsPlan): Promise<string> {
  const { fingerprint } = shown ?? (await plan(name));
  const { id } = await place.jobs.run('discard', { dataset, paths: [`ds/${name}`], parts: { fingerprint, numbers } });
  return id;
}

const undo = (id: string): Promise<unknown> => place.jobs.run('undoDiscard', { dataset, discard: id });

/** Ten blocks of ten lines, so that changes in two of them are two parts. */
function blocks(changes: Record<number, string> = {}, end = '\n'): string {
  return Array.from({ length: 100 }, (_, at) => `${changes[at] ?? `line ${at}`}${end}`).join('');
}

/** What git makes of a file when it takes back one of its parts. */
async function byGit(name: string, number: number): Promise<Buffer> {
  const patch = await git('diff', 'HEAD', '--', name);
  const [head = '', ...hunks] = patch.split(/^(?=@@ )/mu);
  await writeFile(`${place.workspace.base}/patch`, `${head}${hunks[number] ?? ''}`);
  await git('apply', '-R', '--whitespace=nowarn', `${place.workspace.base}/patch`);
  const content = await read(name);
  await git('apply', '--whitespace=nowarn', `${place.workspace.base}/patch`);
  return content;
}

beforeAll(async () => {
  path = await place.workspace.dataset({
    files: {
      'plain.txt': blocks(),
      'windows.txt': blocks(),
      'returns.txt': blocks({}, '\r\n'),
      'bytes.txt': Buffer.concat([Buffer.from('caf\xe9\n', 'latin1'), Buffer.from(blocks())]),
      'open-end.txt': `${blocks()}no newline`,
      'binary.bin': Buffer.from([0, 1, 2, 3]),
      '.gitattributes': 'windows.txt text eol=crlf\nfiltered.txt ident\n',
      'filtered.txt': blocks()
    },
    annexed: { 'open.bin': Buffer.from(blocks()), 'locked.bin': 3_000 },
    unlocked: ['open.bin']
  });
  await rm(`${path}/windows.txt`);
  await git('checkout', '-q', '--', 'windows.txt');
  expect((await read('windows.txt')).toString()).toBe(blocks({}, '\r\n'));
});

afterEach(() => git('checkout', '-q', 'HEAD', '--', 'plain.txt', 'returns.txt', 'bytes.txt', 'open-end.txt'));

describe('a discard of parts of a text', () => {
  it('does what git does, keeps what was there, and brings it back exactly', async () => {
    await writeFile(`${path}/plain.txt`, blocks({ 5: 'five', 50: 'fifty', 95: 'end\nand more' }));
    await chmod(`${path}/plain.txt`, 0o755);
    const before = { all: await everythingIn(path), status: await status(), index: await git('ls-files', '-s') };
    const shown = await plan('plain.txt');
    expect(shown.hunks.map(({ to }) => to)).toEqual([3, 48, 93]);
    expect(shown.hunks[1]?.lines.filter(({ sign }) => sign !== 'same')).toEqual([
      { sign: 'removed', text: 'line 50' },
      { sign: 'added', text: 'fifty' }
    ]);
    const expected = await byGit('plain.txt', 1);
    const id = await discard('plain.txt', [1]);
    expect(await read('plain.txt')).toEqual(expected);
    expect((await read('plain.txt')).toString()).toBe(blocks({ 5: 'five', 95: 'end\nand more' }));
    expect((await stat(`${path}/plain.txt`)).mode & 0o777).toBe(0o755);
    expect(await git('ls-files', '-s')).toBe(before.index);
    await undo(id);
    expect({ all: await everythingIn(path), status: await status(), index: await git('ls-files', '-s') }).toEqual(before);
    // All of them are the whole.
    await discard('plain.txt', [0, 1, 2]);
    expect((await read('plain.txt')).toString()).toBe(blocks());
    await chmod(`${path}/plain.txt`, 0o644);
    expect(await status()).not.toContain('plain.txt');
  });

  it('takes back twice, and comes back in the same order', async () => {
    await writeFile(`${path}/plain.txt`, blocks({ 5: 'five', 50: 'fifty' }));
    const first = await discard('plain.txt', [0]);
    const second = await discard('plain.txt', [0]);
    expect((await read('plain.txt')).toString()).toBe(blocks());
    expect((await failureOf(undo(first))).kind).toBe('changed-since');
    await undo(second);
    expect((await read('plain.txt')).toString()).toBe(blocks({ 50: 'fifty' }));
    await undo(first);
    expect((await read('plain.txt')).toString()).toBe(blocks({ 5: 'five', 50: 'fifty' }));
  });

  it('does not bring back what was edited since', async () => {
    await writeFile(`${path}/plain.txt`, blocks({ 5: 'five', 50: 'fifty' }));
    const id = await discard('plain.txt', [0]);
    await writeFile(`${path}/plain.txt`, blocks({ 50: 'fifty', 60: 'sixty' }));
    expect((await failureOf(undo(id))).kind).toBe('changed-since');
    expect((await read('plain.txt')).toString()).toBe(blocks({ 50: 'fifty', 60: 'sixty' }));
    await writeFile(`${path}/plain.txt`, blocks({ 50: 'fifty' }));
    await undo(id);
  });

  it.each([
    ['CRLF that Git stores', 'returns.txt', blocks({ 5: 'five', 50: 'fifty' }, '\r\n'), blocks({ 50: 'fifty' }, '\r\n')],
    ['CRLF that Git converts', 'windows.txt', blocks({ 5: 'five', 50: 'fifty' }, '\r\n'), blocks({ 50: 'fifty' }, '\r\n')],
    ['no line break at the end', 'open-end.txt', `${blocks({ 5: 'five' })}still none`, `${blocks()}still none`]
  ])('leaves %s', async (_, name, text, expected) => {
    await writeFile(`${path}/${name}`, text);
    expect((await plan(name)).hunks).toHaveLength(2);
    const id = await discard(name, [0]);
    expect((await read(name)).toString()).toBe(expected);
    await discard(name, [0]);
    expect(await status()).not.toContain(name);
    expect((await failureOf(undo(id))).kind).toBe('changed-since');
  });

  it('touches no byte of what is no UTF-8, nor the end of the file', async () => {
    const strange = Buffer.from('stra\xdfe\n', 'latin1');
    await writeFile(`${path}/bytes.txt`, Buffer.concat([strange, Buffer.from(blocks({ 50: 'fifty' }))]));
    const expected = await byGit('bytes.txt', 1);
    await discard('bytes.txt', [1]);
    expect(await read('bytes.txt')).toEqual(expected);
    await writeFile(`${path}/open-end.txt`, blocks({ 5: 'five' }));
    const end = await byGit('open-end.txt', 1);
    await discard('open-end.txt', [1]);
    expect(await read('open-end.txt')).toEqual(end);
    expect((await read('open-end.txt')).toString()).toBe(`${blocks({ 5: 'five' })}no newline`);
  });

  it('keeps the rest staged where all was staged, and refuses where only a part was', async () => {
    await writeFile(`${path}/plain.txt`, blocks({ 5: 'five', 50: 'fifty' }));
    await git('add', 'plain.txt');
    const index = await git('ls-files', '-s');
    const id = await discard('plain.txt', [0]);
    expect(await git('show', ':plain.txt')).toBe(blocks({ 50: 'fifty' }));
    expect(await git('diff', '--name-only')).toBe('');
    await undo(id);
    expect(await git('ls-files', '-s')).toBe(index);
    expect((await read('plain.txt')).toString()).toBe(blocks({ 5: 'five', 50: 'fifty' }));
    await writeFile(`${path}/plain.txt`, blocks({ 5: 'five', 50: 'fifty', 70: 'seventy' }));
    expect((await failureOf(plan('plain.txt'))).message).toContain('A part of the change is staged');
  });

  it('refuses when the file was changed since it was shown, and touches nothing', async () => {
    await writeFile(`${path}/plain.txt`, blocks({ 5: 'five', 50: 'fifty' }));
    const shown = await plan('plain.txt');
    await writeFile(`${path}/plain.txt`, blocks({ 5: 'FIVE', 50: 'fifty' }));
    const before = await everythingIn(path);
    expect((await failureOf(discard('plain.txt', [0], shown))).kind).toBe('changed-since');
    expect((await failureOf(discard('plain.txt', [7]))).kind).toBe('bad-request');
    expect(await everythingIn(path)).toEqual(before);
  });

  it('is no way for what is no text, is new or gone, or is what a program makes of it', async () => {
    await writeFile(`${path}/open.bin`, blocks({ 5: 'five' }));
    await writeFile(`${path}/binary.bin`, Buffer.from([0, 1, 9]));
    await writeFile(`${path}/new.txt`, 'new\n');
    await writeFile(`${path}/filtered.txt`, blocks({ 5: 'five' }));
    await rm(`${path}/plain.txt`);
    const why = async (name: string): Promise<string> => (await failureOf(plan(name))).message;
    expect(await why('open.bin')).toContain('in the annex');
    expect(await why('binary.bin')).toContain('no text');
    expect(await why('new.txt')).toContain('new or gone');
    expect(await why('plain.txt')).toContain('new or gone');
    expect(await why('filtered.txt')).toContain('converts');
    expect((await failureOf(plan('locked.bin'))).kind).toBe('no-change');
    // An end of line that somebody changed everywhere is one part, as git has it.
    await writeFile(`${path}/returns.txt`, blocks({ 5: 'five' }));
    expect((await plan('returns.txt')).hunks).toHaveLength(1);
  });
});
