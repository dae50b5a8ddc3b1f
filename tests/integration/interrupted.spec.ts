import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Before, Entry } from '../../src/server/journal/entry';
import { wasDone } from '../../src/server/operations/jobs/interrupted/outcome';
import { ourselves } from '../../src/server/journal/owner';
import { useJobs } from '../support/place';
import { failureOf, RecordingTask } from '../support/recordingTask';

const dataset = 'ds';
const place = useJobs();
let root: string;

beforeAll(async () => {
  root = await place.workspace.dataset({
    annexed: { 'a.bin': 10_000, 'b.bin': 20_000, 'data/c.bin': 30_000 },
    files: { 'text.txt': 'text\n'.repeat(100) },
    clone: true
  });
});

/** A job as the journal of a dead server has it. */
function entry(operation: string, input: Record<string, unknown>, before: Before = {}): Entry {
  const id = randomUUID();
  const made: Entry = {
    version: 1,
    owner: ourselves(),
    job: { id, operation, dataset: null, input, command: [], created: 1, started: 1 },
    before
  };
  place.jobs.interrupted.set(id, made);
  return made;
}

const FRESH: Before = { target: { existed: false, missing: [] } };

describe('what an interrupted clone left', () => {
  const source = (): string => join(place.workspace.sources, 'ds');
  const clear = ({ job: { id } }: Entry): Promise<unknown> => place.jobs.run('removeLeftover', { job: id });

  async function cloned(name: string): Promise<{ path: string; left: Entry }> {
    const path = place.workspace.path(name);
    await place.workspace.git(['clone', '-q', source(), path]);
    return { path, left: entry('clone', { source: source(), path: name }, FRESH) };
  }

  it('is cleared away, at each stage', async () => {
    const { path, left } = await cloned('whole');
    await place.workspace.annex(['init', '-q'], path);
    await clear(left);
    expect(existsSync(path)).toBe(false);

    const partly = await cloned('partly');
    await rm(join(partly.path, 'a.bin'));
    await writeFile(join(partly.path, 'text.txt'), 'text\nte');
    await rm(join(partly.path, '.git', 'index'));
    await writeFile(join(partly.path, '.git', 'index.lock'), '');
    await clear(partly.left);
    expect(existsSync(partly.path)).toBe(false);

    const unborn = place.workspace.path('outer/unborn');
    await place.workspace.git(['init', '-q', unborn]);
    await clear(
      entry('clone', { source: source(), path: 'outer/unborn' }, { target: { existed: false, missing: [dirname(unborn)] } })
    );
    expect(existsSync(dirname(unborn))).toBe(false);
  });

  it('leaves the empty folder that was there before, and neighbours', async () => {
    const { path } = await cloned('given');
    await clear(entry('clone', { source: source(), path: 'given' }, { target: { existed: true, missing: [] } }));
    expect(await readdir(path)).toEqual([]);
    await place.workspace.write({ 'around/other.txt': 'of somebody else' });
    await place.workspace.git(['init', '-q', place.workspace.path('around/new')]);
    const before = { target: { existed: false, missing: [place.workspace.path('around')] } };
    await clear(entry('clone', { source: source(), path: 'around/new' }, before));
    expect(await readdir(place.workspace.path('around'))).toEqual(['other.txt']);
  });

  it.each<[string, (path: string) => Promise<unknown>]>([
    ['a file of the user', path => writeFile(join(path, 'mine.txt'), 'mine')],
    ['a changed file', path => writeFile(join(path, 'text.txt'), 'text\nmine\n')],
    ['a file in the place of a link', path => rm(join(path, 'a.bin')).then(() => writeFile(join(path, 'a.bin'), 'mine'))],
    ['a commit', path => place.workspace.git(['commit', '-q', '--allow-empty', '-m', 'mine'], path)],
    ['a commit on another branch', path => place.workspace.git(['branch', 'mine', 'HEAD'], path).then(() => commitOn(path))],
    ['a stash', path => writeFile(join(path, 'text.txt'), 'mine').then(() => place.workspace.git(['stash', '-q'], path))],
    ['annexed content', path => place.workspace.annex(['get', '-q', 'a.bin'], path)]
  ])('stays with %s in it', async (name, touch) => {
    const { path, left } = await cloned(`kept ${name}`);
    await touch(path);
    const before = (await readdir(path)).sort();
    expect((await failureOf(clear(left))).kind).toBe('not-empty');
    expect((await readdir(path)).sort()).toEqual(before);
  });

  async function commitOn(path: string): Promise<void> {
    await place.workspace.git(['checkout', '-q', 'mine'], path);
    await place.workspace.git(['commit', '-q', '--allow-empty', '-m', 'mine'], path);
    await place.workspace.git(['checkout', '-q', 'main'], path);
  }

  it('stays when nobody knows what was there before, or which job it was', async () => {
    const { path } = await cloned('unknown');
    expect((await failureOf(clear(entry('clone', { source: source(), path: 'unknown' })))).kind).toBe('not-empty');
    expect((await failureOf(clear(entry('get', { dataset: 'unknown', paths: ['unknown'] }, FRESH)))).kind).toBe('bad-request');
    expect((await place.jobs.failure('removeLeftover', { job: 'none' })).kind).toBe('not-found');
    expect(existsSync(join(path, '.git'))).toBe(true);
  });

  it('leaves no registration behind', async () => {
    const path = join(root, 'sub');
    await place.workspace.git(['clone', '-q', source(), path]);
    await place.workspace.git(['submodule', '--quiet', 'add', '--', source(), 'sub'], root);
    await clear(entry('clone', { source: source(), path: 'ds/sub', asSubdataset: 'ds' }, FRESH));
    expect(await place.workspace.git(['status', '--porcelain'], root)).toBe('');
    expect(existsSync(path)).toBe(false);
  });

  it('of create is the beginning of a dataset and no more', async () => {
    const path = place.workspace.path('made');
    await place.workspace.git(['init', '-q', path]);
    await place.workspace.write({ 'made/.datalad/config': '', 'made/.gitattributes': '' });
    await clear(entry('create', { path: 'made' }, FRESH));
    expect(existsSync(path)).toBe(false);
    await place.workspace.git(['init', '-q', path]);
    await place.workspace.write({ 'made/mine.txt': 'mine' });
    expect((await failureOf(clear(entry('create', { path: 'made' }, FRESH)))).kind).toBe('not-empty');
  });
});

describe('a check of the touched files', () => {
  const check = (paths: string[], recursive = false): Promise<RecordingTask> =>
    place.jobs.run('fsck', { dataset, paths, recursive });

  async function loseContent(folder: string, name: string): Promise<void> {
    const objects = join(folder, dirname(name), dirname(await readlink(join(folder, name))));
    await chmod(objects, 0o700);
    await rm(objects, { recursive: true });
  }

  it('puts the notes right after a drop that was killed', async () => {
    await loseContent(root, 'a.bin');
    const task = await check(['ds/a.bin', 'ds/data']);
    expect(task.summary.sort()).toEqual(['fsck ok ds/a.bin', 'fsck ok ds/data/c.bin']);
    expect(task.results[0]).toMatchObject({ key: expect.stringMatching(/^SHA256E?-s10000/), message: expect.any(String) });
    expect(await place.workspace.annex(['fsck', '--fast', '--quiet'], root)).toBe('');
    await place.jobs.run('get', { dataset, paths: ['ds/a.bin'] });
  });

  it('fails where no copy is known any more', async () => {
    const alone = await place.workspace.dataset({ path: 'alone', annexed: { 'x.bin': 100 } });
    await loseContent(alone, 'x.bin');
    const task = new RecordingTask();
    const input = { dataset: 'alone', paths: ['alone'] };
    expect((await place.jobs.failure('fsck', input, task)).kind).toBe('content-unavailable');
    expect(task.summary).toEqual(['fsck error alone/x.bin']);
  });

  it('tells that there is nothing at a path', async () => {
    expect((await failureOf(check(['ds/nosuch']))).kind).toBe('not-found');
  });
});

describe('a job whose end was not told', () => {
  const done = (made: Entry): Promise<boolean> => wasDone(made, { boundary: place.jobs.boundary, env: place.workspace.env });

  it('was done when its commit is there', async () => {
    const head = (await place.workspace.git(['rev-parse', 'HEAD'], root)).trim();
    const save = (message: string, more = {}): Entry => entry('save', { dataset: 'ds', message, ...more }, { head });
    expect(await done(save('The message'))).toBe(false);
    await place.workspace.git(['commit', '-q', '--allow-empty', '-m', 'The message'], root);
    expect(await done(save('The message \n'))).toBe(true);
    expect(await done(save('Another message'))).toBe(false);
    expect(await done(save('The message', { versionTag: 'v1' }))).toBe(false);
    await place.workspace.git(['tag', 'v1'], root);
    expect(await done(save('The message', { versionTag: 'v1' }))).toBe(true);
    expect(await done(entry('save', { dataset: 'ds', message: 'The message' }, {}))).toBe(false);
    expect(await done(entry('save', { dataset: 'gone', message: 'The message' }, { head }))).toBe(false);
  });

  it('was not done when only a part of it is', async () => {
    await mkdir(place.workspace.path('half/.datalad'), { recursive: true });
    expect(await done(entry('create', { path: 'half' }, FRESH))).toBe(false);
    await place.workspace.dataset({ path: 'full', files: { 'x.txt': 'x' } });
    expect(await done(entry('create', { path: 'full' }, FRESH))).toBe(true);
    expect(await done(entry('get', { dataset: 'ds', paths: ['ds'] }))).toBe(false);
  });
});
