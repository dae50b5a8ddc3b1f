import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Inspected } from '../../src/protocol/inspect';
import { contentsPath } from '../../src/protocol/paths';
import { useReadingAndJobs } from '../support/place';

describe('looking closely', () => {
  const place = useReadingAndJobs();
  const dataset = contentsPath('ds');
  let ds: string;

  const inspect = (name: string): Promise<Inspected> =>
    place.reading.datasets.inspector.inspect({ dataset, path: contentsPath(`ds/${name}`) }, place.reading.signal);
  const annex = (...args: string[]): Promise<string> => place.workspace.annex(args, ds);
  const keyOf = async (name: string): Promise<string> => (await annex('lookupkey', name)).trim();
  const objectOf = async (name: string): Promise<string> => join(ds, (await annex('contentlocation', await keyOf(name))).trim());
  const hashOf = async (path: string): Promise<string> =>
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex');

  beforeAll(async () => {
    const { workspace } = place;
    ds = await workspace.dataset({
      files: {
        '.gitattributes': '* annex.backend=MD5E\n*.txt annex.largefiles=nothing\n*.big annex.largefiles=largerthan=1kb\n',
        'notes.txt': 'notes\n',
        'link.lnk': 'replaced below'
      },
      annexed: {
        'data/a.dat': 'content of a\n',
        'data/b.dat': 'content of b\n',
        'data/open.dat': 'content of open\n',
        'gone.dat': 'content of gone\n',
        'small.big': 'less than a kilobyte\n',
        'sum.dat': 'content of sum\n'
      },
      unlocked: ['data/open.dat'],
      dropped: ['gone.dat']
    });
    await rm(join(ds, 'link.lnk'));
    await workspace.run('ln', ['-s', 'elsewhere', 'link.lnk'], ds);
    await annex('addurl', '-q', '--relaxed', '--file', 'url.dat', 'http://127.0.0.1:1/x');
    await annex('registerurl', await keyOf('data/a.dat'), 'https://user:secret@example.org/a.dat?token=abcdef');
    await workspace.git(['add', '-A'], ds);
    await workspace.git(['commit', '-q', '-m', 'More'], ds);
  });

  it('at an annexed file tells key, backend, checksum, copies, addresses without secrets, and the rule', async () => {
    const found = await inspect('data/a.dat');
    const key = await keyOf('data/a.dat');
    expect(found).toMatchObject({ kind: 'annex', bytes: 13, ruled: { to: 'annex' } });
    expect(found.annex).toMatchObject({
      key,
      backend: 'MD5E',
      checksum: createHash('md5').update('content of a\n').digest('hex'),
      verifiable: true,
      here: true,
      urls: [{ url: 'https://***@example.org/a.dat?token=***', redacted: true }]
    });
    expect(found.annex?.copies.places.map(({ name }) => name)).toEqual(['origin', 'web']);
    expect(found.target).toContain(`.git/annex/objects/`);
    expect(found.annex?.damaged).toBeUndefined();
  });

  it('at other kinds of things tells what they are', async () => {
    expect(await inspect('notes.txt')).toMatchObject({
      kind: 'git',
      bytes: 6,
      ruled: { to: 'git', rule: { file: '.gitattributes', line: 2, pattern: '*.txt', expression: 'nothing' } }
    });
    expect(await inspect('small.big')).toMatchObject({ kind: 'annex', ruled: { to: 'git', rule: { pattern: '*.big' } } });
    expect(await inspect('gone.dat')).toMatchObject({ kind: 'annex', bytes: 16, annex: { here: false } });
    expect(await inspect('link.lnk')).toMatchObject({ kind: 'link', target: 'elsewhere' });
    expect(await inspect('data')).toEqual({ path: 'ds/data', kind: 'directory' });
    expect((await inspect('url.dat')).annex).toMatchObject({ backend: expect.stringMatching(/URL$/), verifiable: false });
    expect((await inspect('url.dat')).annex).not.toHaveProperty('checksum');
    await expect(inspect('nothing.dat')).rejects.toMatchObject({ failure: { kind: 'not-found' } });
    await expect(inspect('.git/config')).rejects.toMatchObject({ failure: { kind: 'outside-root' } });
  });

  it('at an unlocked file tells the key it had, also once it was edited', async () => {
    const key = await keyOf('data/open.dat');
    const before = await inspect('data/open.dat');
    expect(before).toMatchObject({ kind: 'annex-unlocked', annex: { key, here: true } });
    expect(before.annex).not.toHaveProperty('edited');
    await writeFile(join(ds, 'data/open.dat'), 'edited\n');
    expect(await inspect('data/open.dat')).toMatchObject({ bytes: 7, change: 'modified', annex: { key, edited: true } });
    // Its stored content is what its key says.
    await place.jobs.run('verify', { dataset, paths: [contentsPath('ds/data/open.dat')] });
    await writeFile(join(ds, 'data/open.dat'), 'content of open\n');
  });

  it('at a deleted file tells what it was', async () => {
    await rm(join(ds, 'data/b.dat'));
    expect(await inspect('data/b.dat')).toMatchObject({ change: 'deleted', missing: true, annex: { here: true } });
    await place.workspace.git(['checkout', '-q', '--', 'data/b.dat'], ds);
  });

  it('at folders sums up copies, each key once', async () => {
    const copies = await place.reading.datasets.inspector.copies({ dataset, paths: [dataset] }, place.reading.signal);
    const all = (await annex('find', '--anything', '--format', '${key}\\n')).trim().split('\n');
    const here = (await annex('find', '--format', '${key}\\n')).trim().split('\n');
    expect(copies.all.files).toBe(new Set(all).size);
    expect(copies.here.files).toBe(new Set(here).size);
    expect(copies).toMatchObject({ onlyHere: { files: 0 }, nowhere: { files: 0 }, subdatasets: 0 });
    expect(copies.places.map(({ name, amount }) => [name, amount.files])).toEqual([
      ['origin', 6],
      ['web', 2]
    ]);
  });

  it('tells the last run that made a file, and whether it changed since', async () => {
    const { workspace, reading } = place;
    const origin = (name: string): ReturnType<typeof reading.datasets.inspector.origin> =>
      reading.datasets.inspector.origin({ dataset, path: contentsPath(`ds/${name}`) }, reading.signal);
    expect(await origin('notes.txt')).toMatchObject({ last: { subject: 'Start' }, run: null });
    await workspace.datalad(['run', '-m', 'Make it', '-i', 'notes.txt', '-o', 'made.txt', 'echo "<b>made</b>" > made.txt'], ds);
    expect(await origin('made.txt')).toMatchObject({
      last: { subject: '[DATALAD RUNCMD] Make it' },
      run: {
        commit: { run: true },
        record: { facts: { command: 'echo "<b>made</b>" > made.txt', inputs: ['notes.txt'], outputs: ['made.txt'] } },
        unchanged: true
      }
    });
    await writeFile(join(ds, 'made.txt'), 'changed\n');
    await workspace.git(['commit', '-q', '-a', '-m', 'Change it'], ds);
    expect(await origin('made.txt')).toMatchObject({ last: { subject: 'Change it' }, run: { unchanged: false } });
  });

  describe('with a checksum', () => {
    const path = contentsPath('ds/sum.dat');

    it('says that content matches, and reads all of it', async () => {
      const { results, progressed } = await place.jobs.run('verify', { dataset, paths: [path], key: await keyOf('sum.dat') });
      expect(results).toMatchObject([{ action: 'verify', status: 'ok', message: 'matches', path }]);
      expect(progressed.at(-1)).toMatchObject({ bytes: 15, totalBytes: 15, files: 1 });
    });

    it('says that damaged content differs, and leaves everything where it is', async () => {
      const object = await objectOf('sum.dat');
      await chmod(dirname(object), 0o755);
      await chmod(object, 0o644);
      await writeFile(object, 'CONTENT of sum\n');
      const [before, log] = [await hashOf(object), await annex('whereis', '--json', 'sum.dat')];
      const failure = await place.jobs.failure('verify', { dataset, paths: [path] });
      expect(failure).toMatchObject({ kind: 'damaged-content', parameters: { verified: 1 } });
      expect(await hashOf(object)).toBe(before);
      expect(await annex('whereis', '--json', 'sum.dat')).toBe(log);
      await expect(stat(join(ds, '.git/annex/bad'))).rejects.toThrow('ENOENT');
    });

    it('says so, too, of an unlocked file that was damaged behind the back of git', async () => {
      const file = join(ds, 'data/open.dat');
      await place.workspace.git(['update-index', '-q', '--refresh'], ds);
      await annex('fsck', '-q', '--fast', 'data/open.dat');
      await place.jobs.run('verify', { dataset, paths: [contentsPath('ds/data/open.dat')] });
      const object = await objectOf('data/open.dat');
      await chmod(dirname(object), 0o755);
      await chmod(object, 0o644);
      await writeFile(object, 'CONTENT of open\n');
      expect((await place.jobs.failure('verify', { dataset, paths: [contentsPath('ds/data/open.dat')] })).kind).toBe(
        'damaged-content'
      );
      expect(await readFile(file, 'utf8')).toBe('content of open\n');
    });

    it('says why there is nothing to compare', async () => {
      const kind = async (name: string, key?: string): Promise<string> =>
        (
          await place.jobs.failure('verify', {
            dataset,
            paths: [contentsPath(`ds/${name}`)],
            ...(key === undefined ? {} : { key })
          })
        ).kind;
      expect(await kind('gone.dat')).toBe('not-here');
      expect(await kind('notes.txt')).toBe('not-annexed');
      expect(await kind('data/a.dat', 'MD5E-s1--other.dat')).toBe('changed-since');
      await annex('fromkey', '--force', 'WORM-s3-m1--plain', 'worm.dat');
      await mkdir(join(ds, '.git/annex/tmp'), { recursive: true });
      await writeFile(join(ds, '.git/annex/tmp/worm'), 'abc');
      await annex('setkey', 'WORM-s3-m1--plain', join(ds, '.git/annex/tmp/worm'));
      expect(await kind('worm.dat')).toBe('no-checksum');
    });
  });
});
