import { appendFile, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { sha256 } from '../support/sha256';
import { useJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';

jest.setTimeout(60_000);

const dataset = 'ds';
const FILES = ['one.bin', 'dir/two.bin', 'dir/deep/three.bin', 'open.bin'];

/** The cases of DataLad's handbook on moving and copying in the file system, in their order there. */
describe('moves and copies in a dataset', () => {
  const place = useJobs();
  let path: string;
  let contents: Record<string, string>;

  beforeAll(async () => {
    path = await place.workspace.dataset({
      files: { 'notes.txt': 'in Git' },
      annexed: { 'one.bin': 1_000, 'dir/two.bin': 2_000, 'dir/deep/three.bin': 3_000, 'open.bin': 4_000, 'gone.bin': 5_000 },
      unlocked: ['open.bin'],
      dropped: ['gone.bin'],
      subdatasets: { 'sub/inner': { annexed: { 'four.bin': 6_000 } } }
    });
    contents = Object.fromEntries(await Promise.all(FILES.map(async name => [name, await sha256(`${path}/${name}`)] as const)));
  });

  const move = (from: string[], to: string, name?: string): Promise<RecordingTask> =>
    place.jobs.run('move', {
      dataset,
      paths: from.map(one => `ds/${one}`),
      to: to === '' ? dataset : `ds/${to}`,
      ...(name && { name })
    });
  const status = async (): Promise<string[]> =>
    (await place.workspace.git(['status', '--porcelain', '--renames', '-uall'], path)).split('\n').filter(Boolean).sort();
  const here = async (folder = path): Promise<string[]> =>
    (await place.workspace.annex(['find'], folder)).trim().split('\n').sort();
  const save = async (): Promise<void> => {
    await place.workspace.git(['commit', '-q', '-m', 'Moved'], path);
    expect(await status()).toEqual([]);
    await place.workspace.annex(['fsck', '-q', '--fast'], path);
  };
  /** What git would say of the index is right: nothing is left to be mended. */
  const nothingToFix = async (): Promise<void> => {
    const before = await status();
    await place.workspace.annex(['fix', '-q'], path);
    expect(await status()).toEqual(before);
  };

  it('renames annexed files, here and not here, locked and unlocked, and files in Git', async () => {
    await move(['one.bin'], '', 'uno.bin');
    await move(['gone.bin'], '', 'away.bin');
    await move(['open.bin'], '', 'offen.bin');
    await move(['notes.txt'], '', 'words.txt');
    expect(await status()).toEqual([
      'R  gone.bin -> away.bin',
      'R  notes.txt -> words.txt',
      'R  one.bin -> uno.bin',
      'R  open.bin -> offen.bin'
    ]);
    await nothingToFix();
    expect(await sha256(`${path}/uno.bin`)).toBe(contents['one.bin']);
    expect(await sha256(`${path}/offen.bin`)).toBe(contents['open.bin']);
    await save();
  });

  it('moves several files into a folder and out of it: their links lead to the content at once', async () => {
    await mkdir(`${path}/a/b`, { recursive: true });
    const task = await move(['uno.bin', 'away.bin', 'offen.bin', 'words.txt'], 'a/b');
    expect(task.summary.sort()).toEqual(['away.bin', 'offen.bin', 'uno.bin', 'words.txt'].map(name => `move ok ds/a/b/${name}`));
    expect(await sha256(`${path}/a/b/uno.bin`)).toBe(contents['one.bin']);
    await nothingToFix();
    await save();
    expect(await here()).toContain('a/b/uno.bin');
    await place.workspace.annex(['get', '-q', 'a/b/away.bin'], path);
    await move(['a/b/uno.bin', 'a/b/away.bin', 'a/b/offen.bin', 'a/b/words.txt'], '');
    expect(await sha256(`${path}/uno.bin`)).toBe(contents['one.bin']);
    await nothingToFix();
    await save();
  });

  it('moves a folder with all that is in it, tracked or not, into another depth', async () => {
    await place.workspace.write({ 'ds/dir/draft.txt': 'not saved' });
    await symlink('../.git/annex/objects/xX/yY/SHA256E-s1--00/SHA256E-s1--00', `${path}/dir/untracked-link`);
    await mkdir(`${path}/x/y`, { recursive: true });
    await move(['dir'], 'x/y', 'renamed');
    expect(await sha256(`${path}/x/y/renamed/two.bin`)).toBe(contents['dir/two.bin']);
    expect(await sha256(`${path}/x/y/renamed/deep/three.bin`)).toBe(contents['dir/deep/three.bin']);
    expect(await readFile(`${path}/x/y/renamed/draft.txt`, 'utf8')).toBe('not saved');
    expect((await status()).filter(line => line.startsWith('??'))).toEqual([
      '?? x/y/renamed/draft.txt',
      '?? x/y/renamed/untracked-link'
    ]);
    await nothingToFix();
    const [link] = await place.workspace.records('node', [
      '-p',
      `JSON.stringify({ to: fs.readlinkSync(${JSON.stringify(`${path}/x/y/renamed/untracked-link`)}) })`
    ]);
    expect(link?.to).toBe('../../../.git/annex/objects/xX/yY/SHA256E-s1--00/SHA256E-s1--00');
    await place.workspace.run('rm', [`${path}/x/y/renamed/untracked-link`, `${path}/x/y/renamed/draft.txt`]);
    await save();
  });

  it('moves a subdataset, alone and with the folder around it: it stays registered, and whole', async () => {
    await mkdir(`${path}/elsewhere`);
    await move(['sub/inner'], 'elsewhere', 'moved');
    expect(await here(`${path}/elsewhere/moved`)).toEqual(['four.bin']);
    expect(await place.workspace.git(['status', '--porcelain'], `${path}/elsewhere/moved`)).toBe('');
    await move(['elsewhere'], 'x');
    expect(await readFile(`${path}/.gitmodules`, 'utf8')).toContain('path = x/elsewhere/moved');
    await save();
    const [found] = await place.workspace.records('datalad', ['-f', 'json', 'subdatasets'], path);
    expect(found).toMatchObject({ path: `${path}/x/elsewhere/moved`, state: 'present', status: 'ok' });
    await place.workspace.annex(['fsck', '-q', '--fast'], `${path}/x/elsewhere/moved`);
  });

  it('copies files and folders in the dataset as links to the same content, under names that are free', async () => {
    const copy = async (from: string, to: string): Promise<string> =>
      (await place.jobs.run('copyFile', { dataset, paths: [from], to })).results[0]?.path ?? '';
    expect(await copy('ds/uno.bin', 'ds')).toBe('ds/uno-Copy1.bin');
    expect(await copy('ds/uno.bin', 'ds')).toBe('ds/uno-Copy2.bin');
    expect(await copy('ds/uno.bin', 'ds/x/y')).toBe('ds/x/y/uno.bin');
    await place.workspace.annex(['drop', '-q', '--force', 'away.bin'], path);
    expect(await copy('ds/away.bin', 'ds/x')).toBe('ds/x/away.bin');
    expect(await copy('ds/x/y/renamed', 'ds')).toBe('ds/renamed');
    expect(await sha256(`${path}/uno-Copy1.bin`)).toBe(contents['one.bin']);
    expect(await sha256(`${path}/x/y/uno.bin`)).toBe(contents['one.bin']);
    expect(await sha256(`${path}/renamed/deep/three.bin`)).toBe(contents['dir/deep/three.bin']);
    expect((await status()).every(line => line.startsWith('??'))).toBe(true);
    const key = async (name: string): Promise<string> => place.workspace.annex(['lookupkey', name], path);
    await place.workspace.datalad(['save', '-m', 'Copies'], path);
    expect(await status()).toEqual([]);
    expect(await key('x/away.bin')).toBe(await key('away.bin'));
    expect(await key('renamed/deep/three.bin')).toBe(await key('x/y/renamed/deep/three.bin'));
    await place.workspace.annex(['fsck', '-q', '--fast'], path);
  });

  it('takes what JupyterLab does to write over a file: the other one goes, the name stays staged', async () => {
    await move(['uno-Copy1.bin'], '', 'away.bin.tmp');
    await place.jobs.run('deleteFiles', { dataset, paths: ['ds/away.bin'] });
    await move(['away.bin.tmp'], '', 'away.bin');
    expect(await sha256(`${path}/away.bin`)).toBe(contents['one.bin']);
    await nothingToFix();
    await save();
  });

  it('takes names of any text, and moves what a terminal left unregistered or not installed', async () => {
    await place.workspace.write({ 'ds/-q': 'a name like an option', 'ds/*': 'like a pattern', 'ds/new\nline ü': 'with a break' });
    await place.workspace.annex(['add', '-q', '--force-large', '--', '-q', '*', 'new\nline ü'], path);
    await place.workspace.git(['commit', '-q', '-m', 'Names'], path);
    for (const name of ['-q', '*', 'new\nline ü']) {
      await move([name], 'x');
      await nothingToFix();
    }
    expect(await readFile(`${path}/x/*`, 'utf8')).toBe('like a pattern');
    await place.workspace.dataset({ path: 'ds/stray', annexed: { 'five.bin': 10 } });
    await move(['stray'], 'x');
    expect(await here(`${path}/x/stray`)).toEqual(['five.bin']);
    await place.workspace.remove(`${path}/x/stray`);
    await save();
  });

  it('refuses what would be lost, or cannot be, and changes nothing', async () => {
    const before = await status();
    const kind = async (input: { paths: string[]; to: string; name?: string }, of = dataset): Promise<string> =>
      (await place.jobs.failure('move', { dataset: of, ...input })).kind;
    expect(await kind({ paths: ['ds/uno.bin'], to: 'ds', name: 'away.bin' })).toBe('in-the-way');
    expect(await kind({ paths: ['ds/nothing.bin'], to: 'ds/x' })).toBe('not-found');
    expect(await kind({ paths: ['ds/uno.bin'], to: 'ds/nowhere' })).toBe('not-found');
    expect(await kind({ paths: ['ds/x'], to: 'ds/x/y' })).toBe('bad-request');
    expect(await kind({ paths: ['ds/uno.bin'], to: 'ds/x/elsewhere/moved' })).toBe('bad-request');
    expect(await kind({ paths: ['ds/uno.bin'], to: 'ds/x/elsewhere/moved' }, 'ds/x/elsewhere/moved')).toBe('bad-request');
    const copied = await place.jobs.failure('copyFile', { dataset, paths: ['ds/x'], to: 'ds' });
    expect(copied.kind).toBe('holds-dataset');
    await place.workspace.git(['submodule', 'absorbgitdirs', 'x/elsewhere/moved'], path);
    const inner = `${path}/x/elsewhere/moved`;
    const real = (await place.workspace.git(['rev-parse', '--absolute-git-dir'], inner)).trim();
    await rm(`${inner}/.git`);
    await symlink(real, `${inner}/.git`);
    expect(await kind({ paths: ['ds/x/elsewhere/moved'], to: 'ds' })).toBe('not-movable');
    expect(await status()).toEqual(before);
  });
});

describe('copies across datasets', () => {
  const place = useJobs();
  let from: string;
  let to: string;

  beforeAll(async () => {
    from = await place.workspace.dataset({
      path: 'from',
      files: { 'dir/notes.txt': 'in Git' },
      annexed: { 'a.bin': 1_000, 'dir/b.bin': 2_000, 'absent.bin': 3_000, 'also/absent.bin': 4_000 },
      dropped: ['absent.bin', 'also/absent.bin']
    });
    to = await place.workspace.dataset({ path: 'to', annexed: { 'own.bin': 10 } });
    await mkdir(`${to}/in`);
  });

  it('brings files and folders with their content, saved', async () => {
    await place.jobs.run('copyFile', { dataset: 'to', paths: ['from/a.bin'], to: 'to/in' });
    await place.jobs.run('copyFile', { dataset: 'to', paths: ['from/a.bin'], to: 'to', name: 'other name.bin' });
    await place.jobs.run('copyFile', { dataset: 'to', paths: ['from/dir'], to: 'to/in' });
    for (const name of ['in/a.bin', 'other name.bin']) {
      expect(await sha256(`${to}/${name}`)).toBe(await sha256(`${from}/a.bin`));
    }
    expect(await sha256(`${to}/in/dir/b.bin`)).toBe(await sha256(`${from}/dir/b.bin`));
    expect(await readFile(`${to}/in/dir/notes.txt`, 'utf8')).toBe('in Git');
    expect(await place.workspace.git(['status', '--porcelain'], to)).toBe('');
    expect((await place.workspace.annex(['find'], to)).trim().split('\n').sort()).toEqual([
      'in/a.bin',
      'in/dir/b.bin',
      // By the rules of the dataset it has come to.
      'in/dir/notes.txt',
      'other name.bin',
      'own.bin'
    ]);
    await place.workspace.annex(['fsck', '-q'], to);
    expect(await place.workspace.git(['status', '--porcelain'], from)).toBe('');
  });

  it('brings nothing of what is not here, since half a copy would be left', async () => {
    const before = await place.workspace.git(['rev-parse', 'HEAD'], to);
    for (const name of ['absent.bin', 'also']) {
      const failure = await place.jobs.failure('copyFile', { dataset: 'to', paths: [`from/${name}`], to: 'to' });
      expect(failure.kind).toBe('not-here');
    }
    expect(await place.workspace.git(['rev-parse', 'HEAD'], to)).toBe(before);
    expect(await place.workspace.git(['status', '--porcelain'], to)).toBe('');
  });

  it('deletes locked files of the last save, here or not, and nothing else', async () => {
    const remove = (paths: string[]): Promise<RecordingTask> => place.jobs.run('deleteFiles', { dataset: 'from', paths });
    await remove(['from/a.bin', 'from/absent.bin']);
    expect(await place.workspace.git(['status', '--porcelain'], from)).toBe(' D a.bin\n D absent.bin\n');
    await place.workspace.git(['checkout', '-q', '--', '.'], from);
    expect((await place.workspace.annex(['find', 'a.bin'], from)).trim()).toBe('a.bin');
    await place.workspace.annex(['unlock', '-q', 'dir/b.bin'], from);
    await appendFile(`${from}/dir/b.bin`, 'edited');
    await rename(`${from}/a.bin`, `${from}/new.bin`);
    const failed = new RecordingTask();
    const paths = ['from/dir/b.bin', 'from/new.bin', 'from/dir/notes.txt'];
    expect((await place.jobs.failure('deleteFiles', { dataset: 'from', paths }, failed)).kind).toBe('unsaved-changes');
    expect(failed.results.map(({ status }) => status)).toEqual(['error', 'error', 'error']);
    expect(await place.workspace.git(['status', '--porcelain'], from)).toContain('?? new.bin');
  });
});
