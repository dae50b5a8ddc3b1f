import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { ObjectStore } from '../../src/server/annex/presence';
import { useJobs } from '../support/place';
import { processesAt } from '../support/processes';
import { RecordingTask } from '../support/recordingTask';
import { sha256 } from '../support/sha256';
import { snapshot } from '../support/snapshot';

jest.setTimeout(90_000);

const dataset = contentsPath('ds');
const MEGABYTE = 1_000_000;

describe('a get by keys', () => {
  const place = useJobs();
  let path: string;
  let store: ObjectStore;
  let [old, hash] = ['', ''];

  /** A clone in which a file was given other content, and the old one is at its source alone. */
  beforeAll(async () => {
    const { workspace } = place;
    path = await workspace.dataset({ annexed: { 'series.dat': 40 * MEGABYTE, 'lost.dat': 1_000 }, clone: true });
    store = new ObjectStore(join(path, '.git/annex'));
    await workspace.annex(['get', '-q', 'series.dat'], path);
    old = await keyOf('series.dat');
    hash = await sha256(join(path, 'series.dat'));
    await rm(join(path, 'series.dat'));
    await workspace.write({ 'ds/series.dat': 'now' });
    await workspace.annex(['add', '-q', '.'], path);
    await workspace.git(['commit', '-q', '-m', 'Now'], path);
    await workspace.annex(['drop', '-q', '--key', old], path);
  });

  const keyOf = async (file: string): Promise<string> => (await place.workspace.annex(['lookupkey', file], path)).trim();
  /** All that a get by keys leaves alone: files, index and branches, and what is in the annex but for one key. */
  const rest = async (key: string): Promise<unknown> => {
    const git = async (...args: string[]): Promise<string> => await place.workspace.git(args, path);
    const files = Object.entries(await snapshot(path)).filter(([name]) =>
      /^\.git(?:$|\/)/u.test(name) ? /^\.git\/annex\/objects\/.*\/[^/]+-s\d+--[^/]+$/u.test(name) && !name.includes(key) : true
    );
    const refs = await git('for-each-ref', '--format=%(refname) %(objectname)', 'refs/heads', 'refs/tags');
    return {
      files,
      index: await git('ls-files', '-s'),
      status: await git('status', '--porcelain'),
      head: await git('rev-parse', 'HEAD'),
      branches: refs.split('\n').filter(line => !line.startsWith('refs/heads/git-annex '))
    };
  };

  it('brings an old version from where it is, and touches nothing else', async () => {
    expect(await store.has(old)).toBe(false);
    const before = await rest(old);
    const task = await place.jobs.run('getKeys', { dataset, keys: [old] });
    expect(task.results).toMatchObject([{ action: 'get', status: 'ok', path: 'ds', key: old }]);
    expect(await sha256((await store.look(old))?.path ?? '')).toBe(hash);
    expect(await rest(old)).toEqual(before);
    expect((await place.jobs.run('getKeys', { dataset, keys: [old] })).results).toMatchObject([{ status: 'notneeded' }]);
    await place.workspace.annex(['drop', '-q', '--key', old], path);
  });

  it('tells bytes while it runs, can be cancelled, and goes on later', async () => {
    const before = await rest(old);
    await place.workspace.git(['config', 'remote.origin.annex-bwlimit', '8MB'], path);
    const task = new RecordingTask();
    const ended = place.jobs.failure('getKeys', { dataset, keys: [old] }, task);
    const seen = await task.until(({ bytes = 0 }) => bytes > 0);
    expect(seen).toMatchObject({ files: 0, totalFiles: 1, totalBytes: 40 * MEGABYTE });
    task.cancel();
    expect((await ended).kind).toBe('cancelled');
    expect(processesAt(place.workspace.home, /annex/)).toEqual([]);
    expect(await store.has(old)).toBe(false);
    await place.workspace.git(['config', '--unset', 'remote.origin.annex-bwlimit'], path);
    await place.jobs.run('getKeys', { dataset, keys: [old] });
    expect(await sha256((await store.look(old))?.path ?? '')).toBe(hash);
    expect(await rest(old)).toEqual(before);
  });

  it('says of what nobody has that it cannot be got, and gets the others', async () => {
    const lost = await keyOf('lost.dat');
    await place.workspace.annex(['drop', '-q', '--key', old], path);
    await place.workspace.annex(['drop', '-q', '--force', '--from=origin', 'lost.dat'], path);
    await place.workspace.annex(['drop', '-q', '--force', 'lost.dat'], path);
    const task = new RecordingTask();
    const failure = await place.jobs.failure('getKeys', { dataset, keys: [lost, old] }, task);
    expect(failure.kind).toBe('content-unavailable');
    expect(task.results.map(({ status, key }) => [status, key])).toEqual([
      ['error', lost],
      ['ok', old]
    ]);
    expect(await sha256((await store.look(old))?.path ?? '')).toBe(hash);
  });

  it.each(['no key', '--force'])('refuses what is no key: %j', async key => {
    const before = await rest(old);
    expect((await place.jobs.failure('getKeys', { dataset, keys: [key] })).kind).toBe('bad-request');
    expect(await rest(old)).toEqual(before);
  });
});
