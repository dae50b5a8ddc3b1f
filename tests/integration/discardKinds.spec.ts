import { appendFile, chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { useDiscards } from '../support/discards';
import { JobBench } from '../support/jobBench';
import { RecordingTask } from '../support/recordingTask';

jest.setTimeout(60_000);

const at = useDiscards();

describe('discard in datasets of other kinds', () => {
  /** There and back in what was made, where a clean dataset is the outcome in between. */
  async function back(names: string[] = ['']): Promise<void> {
    const before = await at.all();
    expect(before.status).not.toBe('');
    const task = await at.discard(...names);
    expect(await at.git('status', '--porcelain', '--ignore-submodules=dirty')).toBe('');
    await at.place.jobs.run('undoDiscard', { dataset: at.dataset, discard: task.id });
    at.expectSame(await at.all(), before);
  }

  it('an adjusted branch, where every annexed file is unlocked', async () => {
    await at.fresh();
    await at.annex('adjust', '-q', '--unlock');
    await appendFile(`${at.path}/locked.bin`, 'edited');
    await appendFile(`${at.path}/notes.txt`, 'edited');
    await rm(`${at.path}/open.bin`);
    await back();
    // What is discarded has its content again, not a pointer to it.
    await at.discard('');
    expect((await readFile(`${at.path}/locked.bin`)).length).toBe(5_000);
    expect((await readFile(`${at.path}/open.bin`)).length).toBe(6_000);
  });

  it('a clone whose content is not here', async () => {
    at.next();

    const spec = { path: at.dataset, files: { 'a.txt': 'a' }, annexed: { 'x.bin': 100, 'y.bin': 200 }, unlocked: ['y.bin'] };
    at.path = await at.place.workspace.dataset({ ...spec, dropped: true });
    await rm(`${at.path}/x.bin`);
    await writeFile(`${at.path}/y.bin`, 'written over the pointer');
    await rm(`${at.path}/a.txt`);
    await back();
    await at.discard('');
    expect(await readFile(`${at.path}/y.bin`, 'utf8')).toMatch(/^\/annex\/objects\//);
  });

  it('a HEAD that names a commit itself, and one that names none yet', async () => {
    await at.fresh();
    await at.git('checkout', '-q', '--detach');
    await appendFile(`${at.path}/notes.txt`, 'edited');
    await back();

    at.next();

    at.path = at.place.workspace.path(at.dataset);
    await at.place.workspace.git(['init', '-q', at.path]);
    await at.write('staged.txt', 'staged');
    await at.git('add', 'staged.txt');
    await at.write('staged.txt', 'staged, then edited');
    await at.write('new.txt', 'new');
    await back();
  });

  it('objects of the longer kind', async () => {
    at.next();

    at.path = at.place.workspace.path(at.dataset);
    await at.place.workspace.git(['init', '-q', '--object-format=sha256', at.path]);
    await at.write('a.txt', 'a');
    await at.git('add', 'a.txt');
    await at.git('commit', '-q', '-m', 'a');
    await at.git('mv', 'a.txt', 'b.txt');
    await back();
  });

  it('subdatasets: their commits stay, and what is changed in them is discarded there', async () => {
    await at.fresh();
    await at.place.workspace.remove(at.path);
    at.path = await at.place.workspace.dataset({
      path: at.dataset,
      files: { 'notes.txt': 'a\n' },
      subdatasets: { sub: { files: { 's.txt': 's\n' } } }
    });
    await appendFile(`${at.path}/sub/s.txt`, 'edited');
    await appendFile(`${at.path}/notes.txt`, 'edited');
    expect((await at.place.jobs.failure('discard', { dataset: at.dataset, paths: [`${at.dataset}/sub/s.txt`] })).kind).toBe(
      'bad-request'
    );
    await back();
    expect(await readFile(`${at.path}/sub/s.txt`, 'utf8')).toBe('s\nedited');

    await at.place.workspace.git(['commit', '-q', '-a', '-m', 'moved on'], `${at.path}/sub`);
    const moved = await at.place.workspace.git(['rev-parse', 'HEAD'], `${at.path}/sub`);
    const refused = await at.place.jobs.failure('discard', { dataset: at.dataset, paths: [at.dataset] });
    expect(refused).toMatchObject({ kind: 'not-undoable', parameters: { why: 'subdataset' } });
    expect(await at.place.workspace.git(['rev-parse', 'HEAD'], `${at.path}/sub`)).toBe(moved);
    expect(await readFile(`${at.path}/notes.txt`, 'utf8')).toBe('a\n');

    await appendFile(`${at.path}/sub/s.txt`, 'again');
    const inner = { dataset: `${at.dataset}/sub`, paths: [`${at.dataset}/sub/s.txt`] };
    const { id } = await at.place.jobs.run('discard', inner);
    expect(await readFile(`${at.path}/sub/s.txt`, 'utf8')).toBe('s\nedited');
    await at.place.jobs.run('undoDiscard', { dataset: inner.dataset, discard: id });
    expect(await readFile(`${at.path}/sub/s.txt`, 'utf8')).toBe('s\neditedagain');
  });

  it('names that are no UTF-8', async () => {
    await at.fresh();
    const name = Buffer.concat([Buffer.from(`${at.path}/caf`), Buffer.from([0xe9])]);
    await writeFile(name, 'bytes');
    await at.write('caf', 'another');
    const bytes = `bytes:${Buffer.concat([Buffer.from(`${at.dataset}/caf`), Buffer.from([0xe9])]).toString('base64url')}`;
    const task = await at.place.jobs.run('discard', { dataset: at.dataset, paths: [bytes] });
    await expect(readFile(name)).rejects.toThrow('ENOENT');
    expect(await readFile(`${at.path}/caf`, 'utf8')).toBe('another');
    await at.place.jobs.run('undoDiscard', { dataset: at.dataset, discard: task.id });
    expect(await readFile(name, 'utf8')).toBe('bytes');
  });
});

describe('a terminal that writes meanwhile', () => {
  it('is not written over by a discard: what it made stays, and so does what was there before', async () => {
    await at.fresh();
    await appendFile(`${at.path}/notes.txt`, 'more');
    // Right before git writes the files, somebody writes one of them.
    const real = (await at.place.workspace.run('sh', ['-c', 'command -v git'])).trim();
    const bin = `${at.place.workspace.base}/bin`;
    await mkdir(bin, { recursive: true });
    const shim = `#!/bin/sh\ncase "$*" in *--index-info*) [ -e ${at.path}/notes.txt ] || echo theirs > ${at.path}/notes.txt;; esac\nexec ${real} "$@"\n`;
    await writeFile(`${bin}/git`, shim);
    await chmod(`${bin}/git`, 0o755);
    const besides = new JobBench(
      at.place.workspace,
      {},
      { ...at.place.workspace.env, PATH: `${bin}:${at.place.workspace.env['PATH']}` }
    );
    const task = new RecordingTask();
    try {
      const failed = await besides.failure('discard', { dataset: at.dataset, paths: [`${at.dataset}/notes.txt`] }, task);
      expect(failed.kind).toBe('changed-since');
    } finally {
      await besides.dispose();
    }
    expect(await readFile(`${at.path}/notes.txt`, 'utf8')).toBe('theirs\n');
    await rename(`${at.path}/notes.txt`, `${at.path}/theirs.txt`);
    await at.place.jobs.run('undoDiscard', { dataset: at.dataset, discard: task.id });
    expect(await readFile(`${at.path}/notes.txt`, 'utf8')).toBe('in Git\nmore');
    expect(await readFile(`${at.path}/theirs.txt`, 'utf8')).toBe('theirs\n');
  });
});
