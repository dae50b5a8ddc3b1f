import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { contentsPath } from '../../src/protocol/paths';
import { useReadingAndJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';

jest.setTimeout(120_000);

const SIZES = { 'a.bin': 1_000, 'd/b.bin': 20_000, 'd/Ü b.bin': 30_000 };
const NAMES = Object.keys(SIZES) as (keyof typeof SIZES)[];

/**
 * Ways in which a clone can be unusual, as git and git-annex set them up where they find such a file system. The file systems themselves
 * (FAT, folders without upper and lower case) take a kernel and rights that tests cannot count on.
 */
const KINDS: readonly [kind: string, options: readonly string[]][] = [
  ['sha256', []],
  // A file system without links and permissions, such as FAT: git writes files with the target in them, git-annex adjusts the branch.
  ['crippled', ['-c', 'core.symlinks=false', '-c', 'core.fileMode=false', '-c', 'annex.crippledfilesystem=true']],
  ['caseless', ['-c', 'core.ignoreCase=true', '-c', 'core.precomposeUnicode=true']]
];

describe.each(KINDS)('jobs in a clone that is %s', (kind, options) => {
  const place = useReadingAndJobs();
  let root: string;
  const dataset = contentsPath('ds');
  const at = (path: string) => contentsPath(`ds/${path}`);
  /** What each file must hold when it is here. */
  let hashes: Record<string, string>;

  beforeAll(async () => {
    if (kind === 'sha256') {
      place.workspace.env['GIT_DEFAULT_HASH'] = 'sha256';
    }
    const source = await place.workspace.dataset({ path: '../sources/ds', files: { text: 'x\n' }, annexed: SIZES });
    hashes = Object.fromEntries(await Promise.all(NAMES.map(async name => [name, await hashOf(`${source}/${name}`)] as const)));
    root = place.workspace.path('ds');
    await place.workspace.git(['clone', '-q', ...options, source, root], place.workspace.base);
  });

  const hashOf = async (path: string): Promise<string> =>
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  const job = async (operation: 'get' | 'drop' | 'unlock', ...paths: string[]): Promise<string[]> => {
    const task = new RecordingTask();
    await place.jobs.handlers[operation]({ dataset, paths: paths.map(at) }, task);
    return task.summary.sort();
  };
  const rows = async () => {
    const [top, below] = [await place.reading.rows('ds'), await place.reading.rows('ds/d')];
    return Object.fromEntries(
      NAMES.map(name => {
        const row = name.startsWith('d/') ? below[name.slice(2)] : top[name];
        return [name, [row?.kind, row?.here, row?.bytes, row?.change]];
      })
    );
  };
  const allAre = (...facts: unknown[]) =>
    Object.fromEntries(NAMES.map(name => [name, [facts[0], facts[1], SIZES[name], undefined]]));
  const status = () => place.workspace.git(['--no-optional-locks', 'status', '--porcelain'], root);
  const locked = kind === 'crippled' ? 'annex-unlocked' : 'annex';

  it('is read before git-annex was there, and gets content', async () => {
    const format = (await place.workspace.git(['rev-parse', '--show-object-format'], root)).trim();
    expect(format).toBe(kind === 'sha256' ? 'sha256' : 'sha1');
    expect((await lstat(`${root}/a.bin`)).isSymbolicLink()).toBe(kind !== 'crippled');
    expect(await rows()).toEqual(allAre('annex', 'no'));
    expect(await job('get', ...NAMES)).toEqual(NAMES.map(name => `get ok ${at(name)}`).sort());
    expect(await rows()).toEqual(allAre(locked, 'yes'));
    expect(Object.fromEntries(await Promise.all(NAMES.map(async name => [name, await hashOf(`${root}/${name}`)])))).toEqual(
      hashes
    );
    const { branch } = (await place.reading.datasets.dataset({ path: dataset }, place.reading.signal)) ?? {};
    expect(branch).toMatchObject(kind === 'crippled' ? { name: 'main', adjustment: 'unlocked' } : { name: 'main' });
    expect(await status()).toBe('');
  });

  it('drops, and gets again what it was', async () => {
    expect(await job('drop', 'd')).toEqual([`drop ok ${at('d')}`, `drop ok ${at('d/b.bin')}`, `drop ok ${at('d/Ü b.bin')}`]);
    expect(await rows()).toEqual({ ...allAre(locked, 'no'), 'a.bin': allAre(locked, 'yes')['a.bin'] });
    expect(await status()).toBe('');
    await job('get', 'd');
    expect(await hashOf(`${root}/d/b.bin`)).toBe(hashes['d/b.bin']);
    expect(await rows()).toEqual(allAre(locked, 'yes'));
  });

  it('unlocks and saves an edit and a new file, whose content stays what it is', async () => {
    if (kind !== 'crippled') {
      expect(await job('unlock', 'a.bin')).toEqual([`unlock ok ${at('a.bin')}`]);
    }
    await place.workspace.write({ 'ds/a.bin': Buffer.alloc(40_000, 'edited'), 'ds/New.bin': Buffer.alloc(50_000, 'new') });
    const before = [await hashOf(`${root}/a.bin`), await hashOf(`${root}/New.bin`)];
    expect((await place.reading.rows('ds'))['a.bin']).toMatchObject({
      kind: 'annex-unlocked',
      here: 'yes',
      change: kind === 'crippled' ? 'modified' : 'typechange'
    });
    await place.jobs.run('save', { dataset, message: 'Edited' });
    expect([await hashOf(`${root}/a.bin`), await hashOf(`${root}/New.bin`)]).toEqual(before);
    expect((await place.reading.rows('ds'))['a.bin']).toMatchObject({ here: 'yes', bytes: 40_000 });
    expect((await place.reading.rows('ds'))['New.bin']).toMatchObject({ kind: locked, here: 'yes', bytes: 50_000 });
    expect((await place.reading.rows('ds'))['a.bin']).not.toHaveProperty('change');
    expect(await status()).toBe('');
    // On the branch itself, which others get, both are annexed.
    expect(await place.workspace.git(['show', 'main:New.bin'], root)).toContain('/annex/objects/');
    await place.workspace.annex(['fsck', '-q'], root);
  });
});
