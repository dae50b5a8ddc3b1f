import { appendFile, chmod, lstat, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { fsPath } from '../../src/server/bytes';
import { exists } from '../../src/server/exists';
import type { AbsolutePath } from '../../src/server/paths';
import { hashesBelow } from '../support/everything';
import { useJobs } from '../support/place';
import type { RecordingTask } from '../support/recordingTask';

jest.setTimeout(120_000);

/** A name whose last byte is no UTF-8, and one with a line break: DataLad would lose both. */
const LOST = ['caf\udce9', 'line\nbreak ü.bin'];

describe('a move across datasets', () => {
  const place = useJobs();
  let from: string;
  let to: string;

  beforeAll(async () => {
    from = await place.workspace.dataset({
      path: 'from',
      files: { 'dir/notes.txt': 'in Git', 'dir/run.sh': '#!/bin/sh\n', 'dir/deep/er/table.csv': 'a,b\n' },
      annexed: {
        'dir/locked.bin': 1_000,
        'dir/deep/er/below.bin': 2_000,
        'dir/open.bin': 3_000,
        'dir/edited.bin': 4_000,
        'also/absent.bin': 5_000,
        'also/here.bin': 6_000,
        'out/a.bin': 7_000,
        'half/one.bin': 8_000,
        'half/two.bin': 9_000,
        'one.bin': 10_000
      },
      unlocked: ['dir/open.bin', 'dir/edited.bin'],
      dropped: ['also/absent.bin']
    });
    to = await place.workspace.dataset({ path: 'to', annexed: { 'own.bin': 10 } });
    await mkdir(`${to}/in`);
  });

  /** A hash of all that a folder leads to, by name, permissions to execute, and the folders. */
  const contentsOf = async (folder: string): Promise<string> =>
    await place.workspace.run(
      'sh',
      ['-c', 'find -L . -type f -print0 | sort -z | xargs -0 sha256sum; find . -type d | sort; find . -name "*.sh" -perm -u+x'],
      folder
    );
  const status = async (folder: string): Promise<string[]> =>
    (await place.workspace.git(['status', '--porcelain', '-uall'], folder)).split('\n').filter(Boolean).sort();
  const stored = (folder: string): Promise<string[]> => hashesBelow(`${folder}/.git/annex/objects`);
  const wire = (path: string): string => place.jobs.boundary.toContents(path as AbsolutePath);
  const copy = (path: string, target: string, name?: string): Promise<RecordingTask> =>
    place.jobs.run('copyFile', { dataset: 'to', paths: [path], to: target, ...(name && { name }) });
  const remove = (path: string, copied: string): Promise<RecordingTask> =>
    place.jobs.run('deleteCopied', { dataset: 'from', paths: [path], copies: [copied] });

  it('brings a folder with everything that is in it, saves it there, and then deletes it', async () => {
    await chmod(`${from}/dir/run.sh`, 0o755);
    await place.workspace.git(['commit', '-qam', 'May be run'], from);
    await appendFile(`${from}/dir/edited.bin`, 'not saved');
    await writeFile(`${from}/dir/untracked.txt`, 'not saved either');
    await mkdir(`${from}/dir/empty`);
    await symlink('deep', `${from}/dir/link to a folder`);
    for (const name of LOST) {
      await writeFile(fsPath(`${from}/dir/deep/${name}`), `content of ${name.length}`);
    }
    await place.workspace.git(
      ['-c', 'annex.largefiles=anything', '-c', 'annex.addunlocked=false', 'add', '--', 'dir/deep'],
      from
    );
    await place.workspace.git(['commit', '-qm', 'Names'], from);
    const [before, kept, keys] = [await contentsOf(`${from}/dir`), await stored(from), await stored(to)];

    await copy('from/dir', 'to/in');
    expect(await contentsOf(`${to}/in/dir`)).toBe(before);
    expect(await contentsOf(`${from}/dir`)).toBe(before);
    expect(await status(to)).toEqual([]);
    expect((await place.workspace.git(['log', '--format=%s'], to)).split('\n')).toHaveLength(3);
    const [key, same] = await Promise.all(
      [`${from}/dir`, `${to}/in/dir`].map(folder => place.workspace.annex(['lookupkey', 'locked.bin'], folder))
    );
    expect(key).toBe(same);
    expect((await lstat(`${to}/in/dir/link to a folder`)).isSymbolicLink()).toBe(true);
    expect((await stored(to)).length).toBeGreaterThan(keys.length + 3);
    await place.workspace.annex(['fsck', '-q'], to);

    await remove('from/dir', 'to/in/dir');
    expect(exists(`${from}/dir`)).toBe(false);
    expect(await contentsOf(`${to}/in/dir`)).toBe(before);
    expect(await stored(from)).toEqual(kept);
    expect((await status(from)).every(line => line.startsWith(' D ') || line.startsWith('D  '))).toBe(true);
    await place.workspace.git(['reset', '-q', '--hard'], from);
  });

  it('leaves datasets in it where they are, as whoever moves those as a whole asks for', async () => {
    const one = await place.workspace.dataset({ path: 'one', annexed: { 'out/a.bin': 7_000 } });
    const two = await place.workspace.dataset({ path: 'two', annexed: { 'own.bin': 10 } });
    await mkdir(`${one}/out/deep`);
    const leave = ['one/out/nested', 'one/out/deep/nested'];
    for (const path of leave) {
      await place.workspace.dataset({ path, annexed: { 'inner.bin': 500 } });
    }
    const before = await readFile(`${one}/out/a.bin`);
    const input = { dataset: 'two', paths: ['one/out'], to: 'two' };
    expect((await place.jobs.failure('copyFile', { ...input, leave: leave.slice(1) })).kind).toBe('holds-dataset');
    expect(exists(`${two}/out`)).toBe(false);

    await place.jobs.run('copyFile', { ...input, leave });
    await place.jobs.run('copyOut', { dataset: 'one', paths: ['one/out'], to: '', name: 'loose', leave });
    for (const copied of [`${two}/out`, place.workspace.path('loose')]) {
      expect(await readFile(`${copied}/a.bin`)).toEqual(before);
      expect(exists(`${copied}/nested`)).toBe(false);
      expect(exists(`${copied}/deep`)).toBe(true);
    }
    expect(await status(two)).toEqual([]);
    // As long as they are there, the folder stays.
    const deletion = { dataset: 'one', paths: ['one/out'], copies: ['two/out'] };
    expect((await place.jobs.failure('deleteCopied', deletion)).kind).toBe('holds-dataset');
    await rename(`${one}/out/nested`, `${two}/out/nested`);
    await rename(`${one}/out/deep/nested`, `${two}/out/deep/nested`);
    // Jupyter makes these when it renames.
    await mkdir(`${one}/out/deep/.ipynb_checkpoints`);
    await place.jobs.run('deleteCopied', deletion);
    expect(exists(`${one}/out`)).toBe(false);
    await place.workspace.annex(['fsck', '-q'], `${two}/out/deep/nested`);
  });

  it('takes names of any bytes by themselves, within a dataset and across', async () => {
    const [name = ''] = LOST;
    const path = `${from}/dir/deep/${name}`;
    const before = await readFile(fsPath(path));
    await place.jobs.run('move', { dataset: 'from', paths: [wire(path)], to: 'from' });
    expect(await readFile(fsPath(`${from}/${name}`))).toEqual(before);
    expect((await place.workspace.git(['status', '--porcelain', '--renames'], from)).split('\n')[0]).toMatch(/^R {2}/u);
    await place.workspace.git(['commit', '-qm', 'Renamed'], from);
    expect(await place.workspace.git(['diff', '--name-only', 'HEAD', '--', ':(glob)caf*'], from)).toBe('');
    await place.jobs.run('copyFile', { dataset: 'from', paths: [wire(`${from}/${name}`)], to: 'from', name: 'in text.bin' });
    await copy(wire(`${from}/${name}`), 'to');
    expect(await readFile(fsPath(`${to}/${name}`))).toEqual(before);
    expect(await readFile(`${from}/in text.bin`)).toEqual(before);
    await remove(wire(`${from}/${name}`), wire(`${to}/${name}`));
    expect(exists(`${from}/${name}`)).toBe(false);
    expect(await status(to)).toEqual([]);
    await place.workspace.git(['reset', '-q', '--hard'], from);
  });

  it('brings nothing of what is not here, and leaves nothing where DataLad fails halfway', async () => {
    const [head, before] = [await place.workspace.git(['rev-parse', 'HEAD'], to), await contentsOf(`${from}/half`)];
    const absent = await place.jobs.failure('copyFile', { dataset: 'to', paths: ['from/half', 'from/also'], to: 'to' });
    expect(absent).toMatchObject({ kind: 'not-here', parameters: { files: 1 } });
    // Here it would put what it copies.
    await rm(`${to}/.git/tmp/datalad-copy`, { recursive: true, force: true });
    await writeFile(`${to}/.git/tmp/datalad-copy`, '');
    await place.jobs.failure('copyFile', { dataset: 'to', paths: ['from/half'], to: 'to' });
    await rm(`${to}/.git/tmp/datalad-copy`);
    expect(exists(`${to}/half`)).toBe(false);
    expect(await status(to)).toEqual([]);
    expect(await place.workspace.git(['rev-parse', 'HEAD'], to)).toBe(head);
    expect(await contentsOf(`${from}/half`)).toBe(before);
    await copy('from/half', 'to');
    expect(await contentsOf(`${to}/half`)).toBe(before);
  });

  it('deletes nothing whose copy is not there, not the same, or the thing itself', async () => {
    const before = await contentsOf(from);
    const kind = async (copied: string, path = 'from/half'): Promise<string> =>
      (await place.jobs.failure('deleteCopied', { dataset: 'from', paths: [path], copies: [copied] })).kind;
    await symlink('../from', `${to}/leads back`);
    await symlink('../from/one.bin', `${to}/leads to it`);
    for (const copied of ['to/nothing', 'to/own.bin', 'from/half', 'to/leads back/half', 'from/also']) {
      expect([copied, await kind(copied)]).toEqual([copied, 'changed-since']);
    }
    expect(await kind('to/leads to it', 'from/one.bin')).toBe('changed-since');
    await place.workspace.annex(['unlock', '-q', 'half/two.bin'], to);
    await appendFile(`${to}/half/two.bin`, '!');
    expect(await kind('to/half')).toBe('changed-since');
    expect(await contentsOf(from)).toBe(before);
    await place.workspace.run('rm', ['leads back', 'leads to it'], to);
  });

  it('makes ordinary files of what is moved out of the dataset', async () => {
    const before = await contentsOf(`${from}/out`);
    await mkdir(place.workspace.path('plain'));
    await place.jobs.run('copyOut', { dataset: 'from', paths: ['from/out'], to: 'plain', name: 'renamed' });
    expect(await contentsOf(place.workspace.path('plain/renamed'))).toBe(before);
    expect((await lstat(place.workspace.path('plain/renamed/a.bin'))).mode & 0o777).toBe(0o644);
    await remove('from/out', 'plain/renamed');
    expect(exists(`${from}/out`)).toBe(false);
    expect((await place.jobs.failure('copyOut', { dataset: 'from', paths: ['from/one.bin'], to: 'to' })).kind).toBe(
      'bad-request'
    );
    const absent = await place.jobs.failure('copyOut', { dataset: 'from', paths: ['from/also'], to: 'plain' });
    expect(absent.kind).toBe('not-here');
    expect(exists(place.workspace.path('plain/also'))).toBe(false);
  });
});
