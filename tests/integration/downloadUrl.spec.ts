import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import type { JobInput } from '../../src/protocol/contract';
import { contentsPath } from '../../src/protocol/paths';
import { useJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';
import { UndoBench } from '../support/undoBench';
import { snapshot } from '../support/snapshot';
import { WebFiles } from '../support/webFiles';

jest.setTimeout(120_000);

const CONTENT = randomBytes(300_000);
const PASSWORD = 'correct-horse-battery';

const hash = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

describe('a download', () => {
  const place = useJobs();
  let web: WebFiles;
  const inDs = (url: string, name: string, more: Partial<JobInput<'downloadUrl'>> = {}): JobInput<'downloadUrl'> => ({
    dataset: contentsPath('ds'),
    url,
    file: contentsPath(`ds/${name}`),
    ...more
  });
  const failure = (url: string, name = 'new.bin', more: Partial<JobInput<'downloadUrl'>> = {}) =>
    place.jobs.failure('downloadUrl', inDs(url, name, more));
  const file = (name: string): string => place.workspace.path('ds', name);
  const git = async (...args: string[]): Promise<string> => (await place.workspace.git(args, file('.'))).trim();
  const urlsOf = async (name: string): Promise<string[]> => {
    const [record] = await place.workspace.records('git', ['annex', 'whereis', '--json', name], file('.'));
    return (record?.['whereis'] as { urls: string[] }[]).flatMap(({ urls }) => urls);
  };

  beforeAll(async () => {
    web = await WebFiles.start();
    await place.workspace.datalad(['create', '-c', 'text2git', 'ds']);
    // A server that is out of order is not asked five times.
    await place.workspace.git(['config', '--global', 'datalad.downloaders.retry', '0']);
    await place.workspace.write({ 'ds/saved.bin': 'saved', 'ds/edited.bin': 'saved', 'ds/plain.txt': 'saved' });
    await place.workspace.datalad(['save', '-m', 'Before'], file('.'));
    await place.workspace.run('rm', ['edited.bin'], file('.'));
    await writeFile(file('edited.bin'), 'edited');
  });

  afterAll(() => web.stop());

  it('is saved with its address as a source, as DataLad and git-annex see it', async () => {
    const url = web.give('/data/a.bin', CONTENT);
    const task = await place.jobs.run('downloadUrl', inDs(url, 'in/a.bin', { message: 'Add data' }));

    expect(task.summary).toEqual(['download_url ok ds/in/a.bin', 'add ok ds/in/a.bin', 'save ok ds', 'commit ok ds']);
    expect(task.notices).toEqual([]);
    expect(hash(await readFile(file('in/a.bin')))).toBe(hash(CONTENT));
    expect(await urlsOf('in/a.bin')).toEqual([url]);
    expect(await git('log', '-1', '--format=%s')).toBe('Add data');
    // What was not saved stays so.
    expect(await git('status', '--porcelain')).toBe('M edited.bin');
  });

  it('is undone by a new save, which leaves what was edited, and brings back what was written over', async () => {
    const bench = new UndoBench(place.jobs, place.workspace);
    const last = await git('rev-parse', 'HEAD');
    await bench.run('downloadUrl', inDs(web.give('/u/new.bin', CONTENT), 'u/new.bin'));
    await bench.run('downloadUrl', inDs(web.give('/u/saved.bin', CONTENT), 'saved.bin', { overwrite: true }));
    const { plan } = await bench.plan('ds');
    expect(plan).toMatchObject({ kind: 'download', files: 1, names: ['saved.bin'], action: { input: { by: 'revert' } } });
    await bench.run('undoSave', { ...plan?.action.input });
    expect(await readFile(file('saved.bin'), 'utf8')).toBe('saved');
    expect(await git('diff', '--name-only', last, 'HEAD')).toBe('u/new.bin');
    expect(await git('status', '--porcelain')).toBe('M edited.bin');
    expect(hash(await readFile(file('u/new.bin')))).toBe(hash(CONTENT));
  });

  it('tells bytes, also where the server says no length, and is saved under any name', async () => {
    const url = web.on('/slow', (_, response) => {
      response.writeHead(200);
      response.write(CONTENT);
      setTimeout(() => response.end(CONTENT), 700);
    });
    const task = await place.jobs.run('downloadUrl', inDs(url, 'in/*[x] é.bin'));
    expect(hash(await readFile(file('in/*[x] é.bin')))).toBe(hash(Buffer.concat([CONTENT, CONTENT])));
    expect(await urlsOf('in/*[x] é.bin')).toEqual([url]);
    expect(task.progressed.filter(({ bytes = 0, totalBytes }) => bytes > 0 && totalBytes === undefined)).not.toEqual([]);
  });

  it('may be only that', async () => {
    const head = await git('rev-parse', 'HEAD');
    await place.jobs.run('downloadUrl', inDs(web.give('/b.bin', 'b'), 'only.bin', { noSave: true }));
    expect(await readFile(file('only.bin'), 'utf8')).toBe('b');
    expect(await git('rev-parse', 'HEAD')).toBe(head);
    expect(await git('status', '--porcelain', 'only.bin')).toBe('?? only.bin');
  });

  it('goes where the address is redirected to, and keeps the address that was typed', async () => {
    web.give('/there', CONTENT.subarray(0, 1_000));
    const url = web.on('/here', (_, response) => response.writeHead(302, { Location: '/there' }).end());
    await place.jobs.run('downloadUrl', inDs(url, 'moved.bin'));
    expect(await urlsOf('moved.bin')).toEqual([url]);
  });

  it('says where a page came instead, and where no source could be noted', async () => {
    const page = web.give('/login', '\n<!DOCTYPE html><html><form>Password</form></html>');
    const asked = await place.jobs.run('downloadUrl', inDs(page, 'login.bin'));
    expect(asked.notices).toMatchObject([{ kind: 'web-page' }]);
    const inGit = await place.jobs.run('downloadUrl', inDs(web.give('/t.txt', 'text'), 't.txt'));
    expect(inGit.notices).toMatchObject([{ kind: 'source-not-noted', parameters: { why: 'git' } }]);
  });

  describe('that fails changes nothing', () => {
    let before: unknown;

    beforeAll(async () => {
      before = [await snapshot(file('.')), await git('rev-parse', 'HEAD')];
    });
    afterEach(async () => {
      expect([await snapshot(file('.')), await git('rev-parse', 'HEAD')]).toEqual(before);
    });

    it.each([404, 410, 401, 403, 429, 500])('where the server answers %s', async status => {
      const url = web.on(`/status/${status}`, (_, response) => response.writeHead(status).end());
      const kind = [404, 410].includes(status)
        ? 'not-at-address'
        : [401, 403].includes(status)
          ? 'needs-credential'
          : 'no-remote-access';
      expect(await failure(url)).toMatchObject({ kind });
    });

    it('where it breaks off, also when something was to be written over', async () => {
      const url = web.on('/broken', (_, response) => {
        response.writeHead(200, { 'Content-Length': '1000' });
        response.write('half');
        setTimeout(() => response.destroy(), 50);
      });
      expect(await failure(url, 'saved.bin', { overwrite: true })).toMatchObject({
        kind: 'no-remote-access',
        parameters: { why: 'broken' }
      });
      expect(await failure('http://127.0.0.1:1/a')).toMatchObject({ kind: 'no-remote-access' });
      expect(await failure('http://nowhere.invalid/a')).toMatchObject({ kind: 'no-remote-access' });
      expect(await failure(web.url('/a').replace('http:', 'https:'))).toMatchObject({ kind: 'bad-url' });
    });

    it('where it leads nowhere', async () => {
      const round = web.on('/round', (_, response) => response.writeHead(302, { Location: '/round' }).end());
      expect(await failure(round)).toMatchObject({ kind: 'bad-url' });
      const here = web.on('/file', (_, response) => response.writeHead(302, { Location: 'file:///etc/passwd' }).end());
      expect(await failure(here)).toMatchObject({ kind: 'bad-url' });
    });

    it('where it is cancelled in the middle', async () => {
      const url = web.on('/endless', (_, response) => {
        response.writeHead(200, { 'Content-Length': String(1e9) });
        response.write(randomBytes(3_000_000));
      });
      const task = new RecordingTask();
      const moving = task.until(({ bytes = 0 }) => bytes > 0);
      const work = place.jobs.failure('downloadUrl', inDs(url, 'saved.bin', { overwrite: true }), task);
      expect(await moving).toMatchObject({ totalBytes: 1e9 });
      task.cancel();
      expect(await work).toMatchObject({ kind: 'cancelled' });
    });

    it.each([
      ['file:///etc/passwd', 'bad-url'],
      ['example.org/a', 'bad-url'],
      ['ssh://example.org/a', 'bad-url'],
      ['https://***@example.org/a', 'bad-url'],
      [`https://ada:${PASSWORD}@example.org/a`, 'secret-in-address'],
      [`https://example.org/a?token=${PASSWORD}`, 'secret-in-address']
    ])('from %s', async (url, kind) => {
      const told = await failure(url);
      expect(told).toMatchObject({ kind });
      expect(JSON.stringify(told)).not.toContain(PASSWORD);
      expect(web.asked.filter(asked => asked.includes(PASSWORD))).toEqual([]);
    });

    it.each([
      ['saved.bin', 'in-the-way', false],
      ['in', 'in-the-way', true],
      ['edited.bin', 'unsaved-changes', true],
      ['only.bin', 'unsaved-changes', true],
      ['.git/hooks/post-commit', 'bad-request', true],
      ['in/.GIT/config', 'bad-request', true],
      ['.gitattributes', 'bad-request', true],
      ['.datalad/config', 'bad-request', true],
      ['plain.txt/a', 'in-the-way', true]
    ])('to %s', async (name, kind, overwrite) => {
      const asked = web.asked.length;
      expect(await failure(web.give('/new', 'new'), name, { overwrite })).toMatchObject({ kind });
      expect(web.asked).toHaveLength(asked);
    });
  });

  it('goes through no link, neither that of a folder nor one where DataLad puts what has come so far', async () => {
    await symlink(place.workspace.home, file('outside'));
    await symlink(place.workspace.path('victim'), file('c.bin.datalad-download-temp'));
    await place.workspace.write({ victim: 'mine' });
    const url = web.give('/c', 'c');
    expect(await failure(url, 'outside/c.bin')).toMatchObject({ kind: 'outside-root' });
    expect(await failure(url, 'c.bin')).toMatchObject({ kind: 'in-the-way' });
    expect(await readFile(place.workspace.path('victim'), 'utf8')).toBe('mine');
    expect(await readdir(place.workspace.home)).not.toContain('c.bin');
  });

  it('writes over what is saved, which stays in the history', async () => {
    const url = web.give('/over', 'over');
    await place.jobs.run('downloadUrl', inDs(url, 'saved.bin', { overwrite: true, message: 'Newer' }));
    expect(await readFile(file('saved.bin'), 'utf8')).toBe('over');
    await place.workspace.git(['checkout', 'HEAD~1', '--', 'saved.bin'], file('.'));
    expect(await readFile(file('saved.bin'), 'utf8')).toBe('saved');
  });
});
