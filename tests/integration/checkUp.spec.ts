import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check, Finding, FoundGroup } from '../../src/protocol/checkUp';
import { contentsPath } from '../../src/protocol/paths';
import { decodePath } from '../../src/server/bytes';
import { keysHere } from '../../src/server/dataset/checkUp/keysHere';
import { ObjectStore } from '../../src/server/annex/presence';
import { writeNasty } from '../support/nastyNames';
import { RecordingTask } from '../support/recordingTask';
import { useReadingAndJobs } from '../support/place';

jest.setTimeout(90_000);

const dataset = contentsPath('ds');

describe('a check-up', () => {
  const place = useReadingAndJobs();
  let path: string;

  /** A clone with two old versions of a file, of which the source has one; a file nobody has; and one that is here alone. */
  beforeAll(async () => {
    const { workspace } = place;
    path = await workspace.dataset({ annexed: { 'kept.dat': 3_000, 'gone.dat': 2_000, 'series.dat': 'one' }, clone: true });
    await workspace.annex(['get', '-q', '.'], path);
    for (const version of ['two, which is longer', 'three', 'four']) {
      await rm(join(path, 'series.dat'));
      await workspace.write({ 'ds/series.dat': version });
      await workspace.annex(['add', '-q', '.'], path);
      await workspace.git(['commit', '-q', '-m', `Version <${version}>`], path);
      if (version === 'three') {
        await workspace.annex(['copy', '-q', '--to=origin', 'series.dat'], path);
      }
    }
    // Nobody has it any more: neither this clone nor, as it says, the source.
    await workspace.annex(['drop', '-q', '--force', 'gone.dat'], path);
    await workspace.annex(['drop', '-q', '--force', '--from=origin', 'gone.dat'], path);
    await writeFile(join(path, 'large.bin'), Buffer.alloc(10_000_001));
    await symlink('nowhere', join(path, 'lost'));
    await workspace.git(['-c', 'annex.largefiles=nothing', 'add', 'large.bin', 'lost'], path);
    await workspace.git(['commit', '-q', '-m', 'Large'], path);
    await mkdir(join(path, '.git/annex/tmp'), { recursive: true });
    await writeFile(join(path, '.git/annex/tmp/part'), 'half of it');
  });

  const look = async (check: Check): Promise<Partial<Record<Finding, FoundGroup>>> => {
    const { groups } = await place.reading.datasets.checkUp.checkUp({ dataset, check }, place.reading.signal);
    return Object.fromEntries(groups.map(group => [group.finding, group]));
  };
  const names = (group: FoundGroup | undefined): string[] => (group?.items ?? []).map(({ name }) => name).sort();
  const whereis = async (file: string): Promise<unknown[]> => {
    const [record] = await place.workspace.records('sh', ['-c', `git annex whereis --json "$0" || true`, file], path);
    return (record?.['whereis'] as unknown[] | undefined) ?? [];
  };
  const unused = async (): Promise<string[]> => {
    const [record] = await place.workspace.records('git', ['annex', 'unused', '--json'], path);
    return Object.values((record?.['unused-list'] as Record<string, string> | undefined) ?? {}).sort();
  };
  const contents = async (): Promise<Map<string, string>> => {
    const store = new ObjectStore(join(path, '.git/annex'));
    const hashes = new Map<string, string>();
    for (const key of (await keysHere(store, place.reading.signal)).keys()) {
      const content = await readFile((await store.find(key)) ?? '');
      hashes.set(key, createHash('sha256').update(content).digest('hex'));
    }
    return hashes;
  };

  it('finds content without a copy, and with the one here, as git annex whereis tells', async () => {
    const found = await look('copies');
    expect(names(found['no-copy'])).toEqual(['gone.dat']);
    expect(names(found['only-here'])).toEqual(['series.dat']);
    expect(await whereis('gone.dat')).toEqual([]);
    expect(await whereis('series.dat')).toHaveLength(1);
    expect(await whereis('kept.dat')).toHaveLength(2);
    expect(found['no-copy']).toMatchObject({ total: 1, bytes: 2_000 });
    expect(found['only-here']?.siblings).toEqual(['origin']);
    // What git-annex found to have no annex, and an export, which it does not rely on, take commits or files, but no copies.
    await place.workspace.git(['config', 'remote.origin.annex-ignore', 'true'], path);
    await mkdir(place.workspace.path('tree'));
    await place.workspace.annex(
      [
        'initremote',
        '-q',
        'tree',
        'type=directory',
        `directory=${place.workspace.path('tree')}`,
        'encryption=none',
        'exporttree=yes'
      ],
      path
    );
    expect((await look('copies'))['only-here']?.siblings).toEqual([]);
    expect((await look('unpushed'))['unpushed']).toMatchObject({ siblings: ['origin'], next: [] });
    await place.workspace.git(['config', '--unset', 'remote.origin.annex-ignore'], path);
  });

  it('knows the siblings that a push reaches with datalad-next only', async () => {
    const { workspace } = place;
    const [exporting, tree, hub] = [
      await workspace.dataset({ path: 'exporting', annexed: { 'a.dat': 2_000 } }),
      'export',
      'hub.git'
    ];
    await mkdir(workspace.path(tree));
    await workspace.git(['init', '-q', '--bare', workspace.path(hub)], exporting);
    await workspace.git(['remote', 'add', 'hub', workspace.path(hub)], exporting);
    const options = ['type=directory', `directory=${workspace.path(tree)}`, 'encryption=none', 'exporttree=yes'];
    await workspace.annex(['initremote', '-q', 'store', ...options], exporting);
    await workspace.git(['config', 'remote.hub.datalad-publish-depends', 'store'], exporting);
    const pushedTo = async (): Promise<FoundGroup | undefined> => {
      const at = contentsPath('exporting');
      const { groups } = await place.reading.datasets.checkUp.checkUp({ dataset: at, check: 'unpushed' }, place.reading.signal);
      return groups.find(({ finding }) => finding === 'unpushed');
    };
    expect(await pushedTo()).toMatchObject({ siblings: ['hub'], next: ['hub'] });
    await workspace.git(['config', 'datalad.extensions.load', 'next'], exporting);
    await workspace.git(['config', '--add', 'datalad.extensions.load', 'container'], exporting);
    expect(await pushedTo()).toMatchObject({ siblings: ['hub'], next: [] });
    await workspace.git(['config', '--unset-all', 'datalad.extensions.load'], exporting);
    // That it is so.
    const push = ['push', '--to', 'hub', '--data', 'anything'];
    await expect(workspace.run('datalad', push, exporting)).rejects.toThrow('git-annex export');
    await workspace.run('datalad', ['-c', 'datalad.extensions.load=next', ...push], exporting);
    expect(await readFile(join(workspace.path(tree), 'a.dat'))).toHaveLength(2_000);
  });

  it('finds what is large in Git, broken links, commits that were not pushed, and leftovers', async () => {
    expect((await look('large'))['large-in-git']?.items).toEqual([
      { path: 'ds/large.bin', name: 'large.bin', bytes: 10_000_001 }
    ]);
    expect(names((await look('links'))['broken-link'])).toEqual(['lost']);
    const commits = (await look('unpushed'))['unpushed'];
    const listed = await place.workspace.git(['log', '--format=%s', 'HEAD', '--not', '--remotes'], path);
    expect(commits?.items.map(({ name }) => name)).toEqual(listed.trim().split('\n'));
    expect(commits).toMatchObject({ total: 4, siblings: ['origin'] });
    expect((await look('leftovers'))['leftover']).toMatchObject({
      bytes: 10,
      items: [{ name: '.git/annex/tmp/part', bytes: 10 }]
    });
  });

  it('finds commits of other branches that no sibling has, by their number', async () => {
    const { workspace } = place;
    const clone = await workspace.dataset({ path: 'branched', files: { file: '1' }, clone: true });
    const at = contentsPath('branched');
    const groups = async () =>
      (await place.reading.datasets.checkUp.checkUp({ dataset: at, check: 'unpushed' }, place.reading.signal)).groups;
    // One that a sibling has, one with commits of its own, and one below what is checked out.
    await workspace.git(['branch', 'pushed'], clone);
    await workspace.git(['checkout', '-q', '-b', 'feature/a'], clone);
    for (const message of ['one', 'two']) {
      await workspace.git(['commit', '-q', '--allow-empty', '-m', message], clone);
    }
    await workspace.git(['checkout', '-q', 'pushed'], clone);
    await workspace.annex(['sync', '-q', '--only-annex'], clone).catch(() => '');
    expect(await groups()).toEqual([
      expect.objectContaining({ finding: 'unpushed-branch', total: 1, items: [{ name: 'feature/a', ahead: 2 }] })
    ]);
    // What is checked out is told commit by commit, and not another time.
    await workspace.git(['merge', '-q', 'feature/a'], clone);
    expect((await groups()).map(({ finding, total }) => [finding, total])).toEqual([['unpushed', 2]]);
  });

  it('finds old versions, as git annex unused does, and the commits that need them', async () => {
    const { 'only-in-history': old, unused: none } = await look('old');
    expect(none).toBeUndefined();
    expect(old?.items.map(({ key }) => key).sort()).toEqual(await unused());
    expect(
      old?.items.map(({ name, bytes, where, commits }) => [name, bytes, where, commits?.map(({ subject }) => subject)])
    ).toEqual([
      ['series.dat', 20, [], ['Version <two, which is longer>']],
      ['series.dat', 5, ['origin'], ['Version <three>']]
    ]);
  });

  it('drops of the old versions only what another place has, and touches nothing else', async () => {
    const before = await contents();
    const { 'only-in-history': old } = await look('old');
    const keys = old?.items.map(({ key = '' }) => key) ?? [];
    const named = [...before.keys()].filter(key => !keys.includes(key));
    // Also where it is told to drop what is in use.
    const task = new RecordingTask();
    const failure = await place.jobs.failure('dropOld', { dataset, keys: [...keys, ...named] }, task);
    expect(failure.kind).toBe('last-copy');
    const after = await contents();
    const [kept, dropped] = keys;
    expect([...before.keys()].filter(key => !after.has(key))).toEqual([dropped]);
    after.forEach((hash, key) => expect(before.get(key)).toBe(hash));
    expect(after.has(kept ?? '')).toBe(true);
    // It comes again from where it is.
    await place.workspace.annex(['get', '-q', '--key', dropped ?? ''], path);
    expect(await contents()).toEqual(before);
  });

  it('keeps old versions of which .gitattributes wants more copies', async () => {
    await writeFile(join(path, '.gitattributes'), '* annex.numcopies=2\n');
    const before = await contents();
    const { 'only-in-history': old } = await look('old');
    const keys = old?.items.map(({ key = '' }) => key) ?? [];
    expect((await place.jobs.failure('dropOld', { dataset, keys })).kind).toBe('last-copy');
    expect(await contents()).toEqual(before);
    await rm(join(path, '.gitattributes'));
  });

  it('asks for the copies that the strictest of all paths of an old version wants, whatever they are called', async () => {
    const { workspace } = place;
    const names = ['pl"ain\\', 'tab\tx', 'new\nline', decodePath(Buffer.from('caf\xe9', 'latin1'))];
    // No escaped form of a name fits these.
    const rules = ['pl"ain?', 'tab?x', 'new?line', 'caf?'].map(pattern => `strict/${pattern} annex.numcopies=2`);
    const clone = await workspace.dataset({ path: 'named', annexed: { 'kept.dat': 'kept' }, clone: true });
    const input = { dataset: contentsPath('named') };
    // Each lay at its own name, where two copies are wanted, and later at one where one is enough.
    for (const [at, name] of names.entries()) {
      await writeNasty(join(clone, 'strict', name), `old version ${at}`);
    }
    await workspace.annex(['add', '-q', '.'], clone);
    await workspace.git(['commit', '-q', '-m', 'Strict'], clone);
    await workspace.annex(['copy', '-q', '--to=origin', '.'], clone);
    await workspace.git(['mv', 'strict', 'free'], clone);
    await workspace.git(['commit', '-q', '-m', 'Free'], clone);
    await workspace.git(['rm', '-q', '-r', 'free'], clone);
    await writeFile(join(clone, '.gitattributes'), `${rules.join('\n')}\nfree/* annex.numcopies=1\n`);
    await workspace.git(['add', '.gitattributes'], clone);
    await workspace.git(['commit', '-q', '-m', 'Gone'], clone);
    const store = new ObjectStore(join(clone, '.git/annex'));
    const keys = [...(await keysHere(store, place.reading.signal)).keys()].filter(key => key.includes('-s13-'));
    expect(keys).toHaveLength(names.length);
    const task = new RecordingTask();
    expect((await place.jobs.failure('dropOld', { ...input, keys }, task)).kind).toBe('last-copy');
    expect(await Promise.all(keys.map(key => store.has(key)))).toEqual(keys.map(() => true));
    // Where one copy elsewhere is enough at all of their paths, they go.
    await writeFile(join(clone, '.gitattributes'), '* annex.numcopies=1\n');
    await place.jobs.run('dropOld', { ...input, keys });
    expect(await Promise.all(keys.map(key => store.has(key)))).toEqual(keys.map(() => false));
  });

  it('clears leftovers', async () => {
    const before = await contents();
    await place.jobs.run('clean', { dataset });
    expect(await look('leftovers')).toEqual({});
    expect(await contents()).toEqual(before);
  });

  it('finds damaged content where it reads it, and says what became of it', async () => {
    const task = new RecordingTask();
    await place.jobs.run('fsck', { dataset, paths: ['ds/kept.dat', 'ds/series.dat'], content: true }, task);
    expect(task.results.map(({ status }) => status)).toEqual(['ok', 'ok']);
    const store = new ObjectStore(join(path, '.git/annex'));
    const [key] = [...(await keysHere(store, place.reading.signal)).keys()].filter(name => name.includes('-s3000-'));
    const object = (await store.find(key ?? '')) ?? '';
    await chmod(object, 0o644);
    await writeFile(object, Buffer.alloc(3_000, 'x'));
    await place.jobs.run('fsck', { dataset, paths: ['ds/kept.dat'] });
    const failure = await place.jobs.failure('fsck', { dataset, paths: ['ds/kept.dat'], content: true });
    expect(failure).toMatchObject({ kind: 'damaged-content', parameters: { moved: 1 } });
    expect(await store.has(key ?? '')).toBe(false);
    const { sources } = await place.reading.datasets.planGet(
      { dataset, paths: [contentsPath('ds/kept.dat')] },
      place.reading.signal
    );
    expect(sources).toEqual([{ name: 'origin', files: 1 }]);
    await place.jobs.run('get', { dataset, paths: ['ds/kept.dat'] });
    expect(await place.workspace.records('git', ['annex', 'fsck', '--json', 'kept.dat'], path)).toMatchObject([
      { success: true }
    ]);
  });
});
