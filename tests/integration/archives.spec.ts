import { createHash } from 'node:crypto';
import { access, mkdir, readFile, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { planUnpack } from '../../src/server/operations/calls/planUnpack';
import { makeArchives, type Member } from '../support/makeArchives';
import { JobBench } from '../support/jobBench';
import { usePlace } from '../support/place';
import { failureOf, RecordingTask } from '../support/recordingTask';
import { makeSevenZip, toolFolder } from '../support/sevenZip';
import { sha256 } from '../support/sha256';
import { snapshot } from '../support/snapshot';

jest.setTimeout(120_000);

const OK: Member = ['file', 'ok.txt', 'ok'];
/** What an archive must not hold; of each there is a tar and, where it can hold it, a zip. */
const HOSTILE: Record<string, readonly Member[]> = {
  up: [OK, ['file', '../../../../../evil.txt', 'evil']],
  hook: [OK, ['file', '.git/hooks/post-index-change', '#!/bin/sh\ntouch /tmp/never\n']],
  'hook-below': [OK, ['file', 'sub/.GIT/config', '[core]']],
  'back-slash': [OK, ['file', '..\\..\\evil.txt', 'evil']],
  absolute: [OK, ['file', '/tmp/never/evil.txt', 'evil']],
  'link-out': [OK, ['link', 'secret.txt', '/etc/passwd']],
  'link-up': [OK, ['link', 'a/secret.txt', '../../home/.gitconfig']],
  'link-round': [OK, ['link', 'a/b/c', '../../'], ['link', 'd/e', 'x/../../a']],
  through: [OK, ['link', 'dir', 'other'], ['file', 'dir/evil.txt', 'evil']],
  'line-break': [OK, ['file', 'two\nlines', 'x']]
};
const TAR_ONLY: Record<string, readonly Member[]> = {
  'hard-link': [OK, ['hard-link', 'secret.txt', '../../../etc/passwd']],
  pipe: [OK, ['pipe', 'pipe', '']]
};

describe('archives of a dataset', () => {
  const place = usePlace(workspace => {
    workspace.env['PATH'] = `${toolFolder(workspace)}:${workspace.env['PATH'] ?? ''}`;
    return { jobs: new JobBench(workspace) };
  });
  const signal = new AbortController().signal;
  const hostile = [
    ...Object.keys(HOSTILE).flatMap(name => [`${name}.zip`, `${name}.tar.gz`]),
    ...Object.keys(TAR_ONLY).map(name => `${name}.tar.gz`)
  ];
  const inDs = (archive: string) => ({ dataset: contentsPath('ds'), archive: contentsPath(`ds/${archive}`) });
  const plan = (archive: string, env = place.workspace.env) =>
    planUnpack(inDs(archive), { boundary: place.jobs.boundary, env, python: 'python', signal });
  const head = async () => (await place.workspace.git(['rev-parse', 'HEAD'], place.workspace.path('ds'))).trim();

  beforeAll(async () => {
    const { workspace } = place;
    await workspace.datalad(['create', 'ds']);
    await mkdir(workspace.path('ds/in'));
    await makeSevenZip(workspace);
    const made = { ...HOSTILE, ...TAR_ONLY };
    await makeArchives(workspace, {
      ...Object.fromEntries(hostile.map(name => [`ds/${name}`, made[name.replace(/\.(?:zip|tar\.gz)$/u, '')] ?? []])),
      'ds/good.v1.zip': [
        ['file', 'lead/a.bin', 'A'.repeat(50_000)],
        ['file', 'lead/sub/b.txt', 'b']
      ],
      'ds/in/flat.zip': [
        ['file', 'x.txt', 'from the archive'],
        ['file', 'new.txt', 'new']
      ],
      'ds/fine.tar.gz': [
        ['file', './deep/c.txt', 'c'],
        ['link', './link', 'deep/c.txt']
      ],
      'ds/behind.zip': [['file', 'elsewhere/x.txt', 'evil']],
      'ds/settings.zip': [
        ['file', 'lead/.datalad/config', '[datalad]'],
        ['file', 'lead/x.txt', 'x']
      ],
      'ds/absent.zip': [['file', 'x', 'x']],
      'ds/plain.tar': [['file', 'x', 'x']]
    });
    await workspace.write({ 'ds/in/x.txt': 'was there', 'ds/broken.zip': 'no archive', 'elsewhere/is.txt': 'here' });
    await symlink('../elsewhere', workspace.path('ds/elsewhere'));
    await workspace.datalad(['save', '-d', 'ds', '-m', 'Archives']);
    await workspace.annex(['drop', '--force', 'absent.zip'], workspace.path('ds'));
  });

  it('are looked through before', async () => {
    expect(await plan('good.v1.zip')).toEqual({
      files: 2,
      bytes: 50_001,
      links: 0,
      leading: 'lead',
      names: ['lead/a.bin', 'lead/sub/b.txt']
    });
    expect(await plan('plain.tar')).toMatchObject({ files: 1, leading: '' });
  });

  it.each([
    ['absent.zip', 'not-here'],
    ['broken.zip', 'bad-request'],
    ['in/x.txt', 'bad-request'],
    ['gone.zip', 'not-found']
  ])('are explained where they cannot be unpacked: %s', async (archive, kind) => {
    expect(await failureOf(plan(archive))).toMatchObject({ kind });
  });

  it('need 7z, since DataLad could not get back from them what is dropped', async () => {
    const { workspace } = place;
    const bare = join(workspace.base, 'bare');
    await mkdir(bare);
    await symlink((await workspace.run('which', ['git'])).trim(), join(bare, 'git'));
    const failure = await failureOf(plan('good.v1.zip', { ...workspace.env, PATH: bare }));
    expect(failure).toMatchObject({ kind: 'tool-missing', parameters: { tool: '7z' } });
  });

  it('are not unpacked where they hold what leads elsewhere, whatever tool would do it', async () => {
    const before = await snapshot(place.workspace.base);
    for (const archive of hostile) {
      const failure = await failureOf(plan(archive));
      expect([archive, failure.kind]).toEqual([archive, 'unsafe-archive']);
      const job = await place.jobs.failure('addArchiveContent', { ...inDs(archive), overwrite: true });
      expect([archive, job.kind]).toEqual([archive, 'unsafe-archive']);
    }
    for (const [archive, kind] of [
      ['behind.zip', 'in-the-way'],
      ['in/flat.zip', 'in-the-way']
    ] as const) {
      expect(await place.jobs.failure('addArchiveContent', inDs(archive))).toMatchObject({ kind });
    }
    const settings = await place.jobs.failure('addArchiveContent', { ...inDs('settings.zip'), strip: true, overwrite: true });
    expect(settings.kind).toBe('unsafe-archive');
    expect(await snapshot(place.workspace.base)).toEqual(before);
    await expect(access(join(toolFolder(place.workspace), 'started'))).rejects.toThrow('ENOENT');
  });

  it('are unpacked as DataLad does, and give back what is dropped', async () => {
    const { workspace } = place;
    const before = await head();
    const task = await place.jobs.run('addArchiveContent', { ...inDs('good.v1.zip'), ownFolder: true, strip: true });
    const commits = task.results.filter(({ action }) => action === 'commit');
    expect(commits.map(({ key }) => key)).toEqual([await head()]);
    expect(commits[0]?.message).toContain('good.v1.zip');
    expect((await workspace.git(['rev-parse', 'HEAD~1'], workspace.path('ds'))).trim()).toBe(before);
    const file = workspace.path('ds/good/a.bin');
    const hash = await sha256(file);
    expect(hash).toBe(createHash('sha256').update('A'.repeat(50_000)).digest('hex'));
    expect(await readFile(workspace.path('ds/good/sub/b.txt'), 'utf8')).toBe('b');
    await place.jobs.run('drop', { dataset: contentsPath('ds'), paths: [contentsPath('ds/good/a.bin')] });
    await expect(access(file)).rejects.toThrow('ENOENT');
    await place.jobs.run('get', { dataset: contentsPath('ds'), paths: [contentsPath('ds/good/a.bin')] });
    expect(await sha256(file)).toBe(hash);
    expect(await workspace.git(['status', '--porcelain'], workspace.path('ds'))).toBe('');
    await place.jobs.run('addArchiveContent', { ...inDs('fine.tar.gz'), ownFolder: true });
    expect(await readFile(workspace.path('ds/fine/deep/c.txt'), 'utf8')).toBe('c');
    // DataLad adds what a link leads to.
    expect(await readFile(workspace.path('ds/fine/link'), 'utf8')).toBe('c');
  });

  it('write over files only where told to, and go themselves only where told to', async () => {
    const { workspace } = place;
    await workspace.write({ 'ds/unsaved.txt': 'unsaved' });
    const dirty = await place.jobs.failure('addArchiveContent', { ...inDs('in/flat.zip'), overwrite: true });
    expect(dirty.kind).toBe('unsaved-changes');
    await workspace.run('rm', ['ds/unsaved.txt']);
    const key = (await workspace.annex(['lookupkey', 'in/flat.zip'], workspace.path('ds'))).trim();
    await place.jobs.run('addArchiveContent', { ...inDs('in/flat.zip'), overwrite: true, remove: true });
    expect(await readFile(workspace.path('ds/in/x.txt'), 'utf8')).toBe('from the archive');
    expect((await readdir(workspace.path('ds/in'))).sort()).toEqual(['new.txt', 'x.txt']);
    // The content of the archive is kept, and so is what was written over.
    expect((await workspace.annex(['contentlocation', key], workspace.path('ds'))).trim()).toContain(key);
    expect(await workspace.git(['log', '--format=%s', '-2', '--', 'in/x.txt'], workspace.path('ds'))).toContain('Archives');
  });

  it('are exported as DataLad does, whole or not at all, and never over something', async () => {
    const { workspace } = place;
    const input = { dataset: contentsPath('ds'), to: contentsPath(''), name: 'my.v2', format: 'tar.gz' } as const;
    expect((await place.jobs.failure('exportArchive', input)).kind).toBe('not-here');
    expect((await place.jobs.failure('exportArchive', { ...input, format: 'zip', missing: 'ignore' })).kind).toBe('bad-request');
    expect((await place.jobs.failure('exportArchive', { ...input, to: contentsPath('ds/.git') })).kind).toBe('bad-request');
    expect((await readdir(workspace.root)).sort()).toEqual(['ds', 'elsewhere']);
    const task = new RecordingTask();
    await place.jobs.run('exportArchive', { ...input, missing: 'continue' }, task);
    expect(task.results).toEqual([expect.objectContaining({ action: 'export_archive', status: 'ok', path: 'my.v2.tar.gz' })]);
    expect(task.text).toContain('absent.zip');
    const again = await place.jobs.failure('exportArchive', { ...input, missing: 'ignore' });
    expect(again).toMatchObject({ kind: 'in-the-way', parameters: { path: 'my.v2.tar.gz' } });
    await mkdir(workspace.path('theirs'));
    await workspace.datalad(['export-archive', '-d', 'ds', '--missing-content', 'ignore', 'theirs/my.v2.tar']);
    const list = (archive: string) => workspace.run('tar', ['-tvzf', archive]);
    expect(await list('my.v2.tar.gz')).toBe(await list('theirs/my.v2.tar.gz'));
  });
});
