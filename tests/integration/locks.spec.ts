import { existsSync } from 'node:fs';
import { mkdir, open, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lock } from '../../src/protocol/lock';
import { contentsPath } from '../../src/protocol/paths';
import { findRepositoryFolder } from '../../src/server/git/repositoryFolder';
import { findLocks, type IFoundLock } from '../../src/server/locks/locks';
import { readLocks } from '../../src/server/operations/calls/locks';
import { startGroup } from '../../src/server/process/run';
import { useJobs } from '../support/place';
import { failureOf } from '../support/recordingTask';
import { until } from '../support/until';

const dataset = contentsPath('ds');
const place = useJobs();
let root: string;

beforeAll(async () => {
  root = await place.workspace.dataset({
    annexed: { 'a.bin': 1_000 },
    files: { 'text.txt': 'text\n' },
    subdatasets: { sub: { annexed: { 'b.bin': 1_000 } } }
  });
});

/** A lock as a program that was killed a minute ago has left it. */
async function leave(name = 'index.lock', folder = join(root, '.git')): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, '');
  await age(path);
  return path;
}

async function age(path: string): Promise<void> {
  const then = new Date(Date.now() - 60_000);
  await utimes(path, then, then);
}

async function found(): Promise<IFoundLock[]> {
  const folder = await findRepositoryFolder(root);
  return folder === null ? [] : await findLocks({ root, folder, dataset });
}

async function only(): Promise<Lock> {
  const locks = await found();
  expect(locks).toHaveLength(1);
  return locks[0]?.lock ?? Promise.reject(new Error('unreachable'));
}

const remove = ({ name, id }: Pick<Lock, 'name' | 'id'>): Promise<unknown> => place.jobs.run('removeLock', { dataset, name, id });

describe('a lock that was left behind', () => {
  it('is told with age and owner, and stops a save until it is removed by a click', async () => {
    const path = await leave();
    const lock = await only();
    expect(lock).toMatchObject({ dataset: 'ds', name: 'index.lock', holders: [], network: false, removable: true });
    expect(lock.age).toBeGreaterThan(59_000);
    expect(lock.owner).toBe((await place.workspace.run('id', ['-un'])).trim());
    await writeFile(join(root, 'new.txt'), 'new\n');
    const save = (): Promise<unknown> => place.jobs.run('save', { dataset, message: 'new' });
    expect((await failureOf(save())).kind).toBe('locked');
    expect(existsSync(path)).toBe(true);
    await remove(lock);
    expect(existsSync(path)).toBe(false);
    await save();
    expect(await found()).toEqual([]);
  });

  it('is found wherever git and git-annex leave one', async () => {
    const names = [
      'annex/index.lock',
      'refs/heads/git-annex.lock',
      'refs/heads/main.lock',
      'config.lock',
      'modules/a/b/index.lock'
    ];
    for (const name of names) {
      await leave(name);
    }
    await leave('index.lock', join(root, 'sub', '.git'));
    const options = { boundary: place.jobs.boundary, env: place.workspace.env, signal: new AbortController().signal };
    const all = await readLocks({ dataset, recursive: true }, options);
    expect(all.map(lock => `${lock.dataset} ${lock.name}`).sort()).toEqual(
      [...names.map(name => `ds ${name}`), 'ds/sub index.lock'].sort()
    );
    for (const { dataset: root, name, id } of all) {
      await place.jobs.run('removeLock', { dataset: root, name, id });
    }
    expect(await readLocks({ dataset, recursive: true }, options)).toEqual([]);
    await place.workspace.git(['status'], root);
  });
});

describe('a lock from the future', () => {
  it('has no negative age, and can be removed when it cannot be one of this moment', async () => {
    const path = await leave();
    const after = async (milliseconds: number): Promise<Lock> => {
      const then = new Date(Date.now() + milliseconds);
      await utimes(path, then, then);
      return await only();
    };
    expect(await after(60_000)).toMatchObject({ age: 0, removable: false });
    const lock = await after(10 * 24 * 3_600_000);
    expect(lock.removable).toBe(true);
    expect(lock.age).toBeGreaterThan(0);
    await remove(lock);
    expect(existsSync(path)).toBe(false);
  });
});

describe('a lock is not removed', () => {
  it('that is fresh', async () => {
    const path = await leave();
    await utimes(path, new Date(), new Date());
    const lock = await only();
    expect(lock.removable).toBe(false);
    expect((await failureOf(remove(lock))).kind).toBe('locked');
    expect(existsSync(path)).toBe(true);
    await age(path);
    await remove(await only());
  });

  it('that a living program has open', async () => {
    const path = await leave();
    const holder = startGroup('sh', ['-c', 'exec 3<"$0"; read line', path], {
      cwd: place.workspace.base,
      env: place.workspace.env
    });
    await until('the holder', async () => (await only()).holders?.length === 1);
    const lock = await only();
    expect(lock).toMatchObject({ removable: false, holders: [{ pid: holder.process.pid, program: 'sh' }] });
    const failure = await failureOf(remove(lock));
    expect(failure).toMatchObject({ kind: 'locked', parameters: { pid: holder.process.pid } });
    holder.kill();
    await holder.ended;
    await remove(await only());
    expect(existsSync(path)).toBe(false);
  });

  it('while git works in the repository, which closes its lock when it asks for a message', async () => {
    await writeFile(join(root, 'text.txt'), 'changed\n');
    const editor = 'sh -c "read line < /dev/zero"';
    const env = { ...place.workspace.env, GIT_EDITOR: editor };
    const commit = startGroup('git', ['-C', root, 'commit', '-a'], { cwd: place.workspace.base, env });
    await until('the lock of the commit', async () => (await found()).length > 0);
    const path = join(root, '.git', 'index.lock');
    await age(path);
    const lock = await only();
    // Beside it there may be filters that it started.
    expect(lock.holders).toContainEqual({ pid: commit.process.pid, program: 'git commit' });
    expect((await failureOf(remove(lock))).kind).toBe('locked');
    commit.kill();
    await commit.ended;
    await until('the end of its filters', async () => (await only()).removable);
    await remove(await only());
    await place.workspace.git(['checkout', '-q', '--', 'text.txt'], root);
  });

  it('that came after the one that was shown', async () => {
    const path = await leave();
    const shown = await only();
    await writeFile(`${path}.other`, 'of somebody else');
    await place.workspace.run('mv', [`${path}.other`, path]);
    await age(path);
    expect((await failureOf(remove(shown))).kind).toBe('locked');
    expect(await readFile(path, 'utf8')).toBe('of somebody else');
    await remove(await only());
    await remove(shown);
  });

  it('by a name that is no lock', async () => {
    const { id } = { id: 'x' };
    for (const name of ['HEAD', '../text.txt', 'index']) {
      await remove({ name, id });
    }
    expect((await stat(join(root, '.git', 'HEAD'))).isFile()).toBe(true);
    expect((await stat(join(root, '.git', 'index'))).isFile()).toBe(true);
    expect((await stat(join(root, 'text.txt'))).isFile()).toBe(true);
  });
});

describe('our own reads', () => {
  it('hold no lock', async () => {
    await leave();
    const read = startGroup('git', ['--no-optional-locks', 'cat-file', '--batch'], { cwd: root, env: place.workspace.env });
    const other = await open(join(root, 'text.txt'));
    expect((await only()).holders).toEqual([]);
    await other.close();
    read.kill();
    await read.ended;
    await remove(await only());
  });
});
