import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import type { CallInput, JobInput } from '../../src/protocol/contract';
import { contentsPath } from '../../src/protocol/paths';
import type { UrlTablePlan } from '../../src/protocol/urlTable';
import { planAddUrls } from '../../src/server/operations/calls/planAddUrls';
import { useJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';
import { snapshot } from '../support/snapshot';
import { UndoBench } from '../support/undoBench';
import { WebFiles } from '../support/webFiles';

jest.setTimeout(120_000);

const CONTENT = randomBytes(300_000);
const PASSWORD = 'correct-horse-battery';
const hash = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

describe('a table of addresses', () => {
  const place = useJobs();
  let web: WebFiles;
  const file = (name: string): string => place.workspace.path('ds', name);
  const git = async (...args: string[]): Promise<string> => (await place.workspace.git(args, file('.'))).trim();
  /** A table beside the dataset, so that it is nothing unsaved in it. */
  const write = async (rows: readonly (readonly string[])[], name = 't.csv'): Promise<void> =>
    place.workspace.write({ [name]: `${[['url', 'name'], ...rows].map(row => row.join(',')).join('\n')}\n` });
  const inDs = (more: Partial<JobInput<'addUrls'>> = {}): JobInput<'addUrls'> => ({
    dataset: contentsPath('ds'),
    table: contentsPath('t.csv'),
    urlFormat: '{url}',
    fileFormat: '{name}',
    ...more
  });
  const plan = (more: Partial<CallInput<'planAddUrls'>> = {}): Promise<UrlTablePlan> =>
    planAddUrls({ ...inDs(), ...more } as never, {
      boundary: place.jobs.boundary,
      env: place.workspace.env,
      signal: new AbortController().signal
    });
  const urlsOf = async (name: string): Promise<string[]> => {
    const [record] = await place.workspace.records('git', ['annex', 'whereis', '--json', name], file('.'));
    return (record?.['whereis'] as { urls: string[] }[]).flatMap(({ urls }) => urls);
  };

  beforeAll(async () => {
    web = await WebFiles.start();
    await place.workspace.datalad(['create', '-c', 'text2git', 'ds']);
    await place.workspace.datalad(['create', '-d', '.', 'sub'], file('.'));
    // Git-annex loads nothing from this machine by itself.
    await place.workspace.git(['config', '--global', 'annex.security.allowed-ip-addresses', '127.0.0.1']);
    await place.workspace.write({
      'ds/saved.bin': 'saved',
      'ds/edited.bin': 'saved',
      'ds/gone.txt': 'saved',
      'ds/.gitignore': '*.log\n'
    });
    await place.workspace.datalad(['save', '-m', 'Before'], file('.'));
    await place.workspace.run('rm', ['edited.bin', 'gone.txt'], file('.'));
    await place.workspace.write({ 'ds/edited.bin': 'edited', 'ds/foreign.txt': 'mine' });
  });
  afterAll(() => web.stop());

  /** What was not saved before is not saved by a table. */
  const UNSAVED = ['M edited.bin', ' D gone.txt', '?? foreign.txt'].join('\n');

  it('is planned, with formats that its columns suggest, and comes with its addresses as sources', async () => {
    const urls = [web.give('/data/a.bin', CONTENT), web.give('/data/b.bin', CONTENT.subarray(9))];
    await write([
      [urls[0] ?? '', 'in/*[x] é.bin'],
      ['', 'none'],
      [urls[1] ?? '', '-b.bin']
    ]);
    const planned = await plan({ urlFormat: undefined, fileFormat: undefined });
    expect(planned).toMatchObject({
      urlFormat: '{url}',
      fileFormat: '{name}',
      rows: 3,
      empty: 1,
      files: 2,
      flawed: 0,
      flaw: null
    });
    const hooks = await snapshot(file('.git/hooks'));
    const task = await place.jobs.run('addUrls', inDs({ message: 'Add a table' }));

    expect(await snapshot(file('.git/hooks'))).toEqual(hooks);
    expect(task.results.filter(({ action }) => action === 'addurl').map(({ path }) => path)).toEqual([
      'ds/in/*[x] é.bin',
      'ds/-b.bin'
    ]);
    expect(task.notices).toEqual([]);
    expect(hash(await readFile(file('in/*[x] é.bin')))).toBe(hash(CONTENT));
    expect(hash(await readFile(file('-b.bin')))).toBe(hash(CONTENT.subarray(9)));
    expect([await urlsOf('in/*[x] é.bin'), await urlsOf('./-b.bin')]).toEqual([[urls[0]], [urls[1]]]);
    expect(await git('log', '-1', '--format=%s', '--name-only')).toBe('Add a table\n\n-b.bin\n"in/*[x] \\303\\251.bin"');
    expect(await git('status', '--porcelain')).toBe(UNSAVED);
    // No metadata is made of the other columns.
    expect(await place.workspace.annex(['metadata', '--', '-b.bin'], file('.'))).not.toContain('name=');
  });

  it('is undone by a new save', async () => {
    const bench = new UndoBench(place.jobs, place.workspace);
    const last = await git('rev-parse', 'HEAD');
    await write([
      [web.give('/u/1', CONTENT), 'u/1.bin'],
      [web.give('/u/2', CONTENT), 'u/2.bin']
    ]);
    await bench.run('addUrls', inDs());
    expect(await git('log', '-1', '--format=%B')).toBe(
      "[DATALAD] add 2 files to 1 (sub)datasets from URLs\n\nurl_file='../t.csv'\nurl_format='{url}'\nfilename_format='{name}'"
    );
    const { plan: undo } = await bench.plan('ds');
    expect(undo).toMatchObject({ kind: 'download', files: 2, action: { input: { by: 'revert' } } });
    await bench.run('undoSave', { ...undo?.action.input });
    expect(await git('diff', '--name-only', last, 'HEAD')).toBe('');
    expect(await git('status', '--porcelain')).toBe(UNSAVED);
  });

  it('brings what it can: other rows fail by themselves', async () => {
    await write([
      [web.url('/not/there'), 'f/none.bin'],
      [web.give('/f/there', CONTENT), 'f/there.bin'],
      ['http://127.0.0.1:1/x', 'f/closed.bin']
    ]);
    const bench = new UndoBench(place.jobs, place.workspace);
    const task = new RecordingTask();
    const failure = await bench.failure('addUrls', { ...inDs() }, task);
    expect(failure).toMatchObject({ parameters: { failed: 2 } });
    expect((await bench.plan('ds')).plan).toMatchObject({ kind: 'download', job: task.id, names: ['f/there.bin'] });
    expect(task.results.filter(({ status }) => status === 'error')).toMatchObject([
      { path: 'ds/f/none.bin', failure: { kind: 'not-at-address' } },
      { path: 'ds/f/closed.bin', failure: { kind: 'no-remote-access' } }
    ]);
    expect(task.progressed.flatMap(({ files, totalFiles }) => (files === undefined ? [] : [[files, totalFiles]]))).toEqual(
      expect.arrayContaining([
        [1, 3],
        [2, 3],
        [3, 3]
      ])
    );
    expect(hash(await readFile(file('f/there.bin')))).toBe(hash(CONTENT));
    expect(await git('log', '-1', '--format=', '--name-only')).toBe('f/there.bin');
    expect(await git('status', '--porcelain')).toBe(UNSAVED);
    // Once more, it is not downloaded again.
    web.give('/not/there', CONTENT);
    const asked = web.asked.length;
    await place.jobs.failure('addUrls', inDs({ ifExists: 'skip' }));
    expect(web.asked.slice(asked).filter(one => one.includes('/f/there'))).toEqual([]);
    expect(hash(await readFile(file('f/none.bin')))).toBe(hash(CONTENT));
  });

  it('says where a page came instead, and what is kept in Git, once for all', async () => {
    await write([
      [web.give('/p1', '<!DOCTYPE html><html>'), 'p/1.txt'],
      [web.give('/p2', '<html>'), 'p/2.txt'],
      [web.give('/p3', CONTENT), 'p/3.bin']
    ]);
    const task = await place.jobs.run('addUrls', inDs());
    expect(task.notices).toMatchObject([
      { kind: 'web-page', parameters: { files: 2, path: 'ds/p/1.txt' } },
      { kind: 'source-not-noted', parameters: { files: 2, why: 'git' } }
    ]);
  });

  it('saves what came before a cancel, which can be undone', async () => {
    const bench = new UndoBench(place.jobs, place.workspace);
    const head = await git('rev-parse', 'HEAD');
    const endless = web.on('/endless', (_, response) => {
      response.writeHead(200, { 'Content-Length': String(1e9) });
      response.write(randomBytes(100_000));
    });
    await write([
      [web.give('/c/1', CONTENT), 'c/1.bin'],
      [endless, 'c/2.bin']
    ]);
    const task = new RecordingTask();
    const work = bench.failure('addUrls', { ...inDs() }, task);
    while (!task.results.some(({ path }) => path === 'ds/c/1.bin')) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    task.cancel();
    expect(await work).toMatchObject({ kind: 'cancelled' });
    expect(await git('log', '-1', '--format=%P', '--name-only')).toBe(`${head}\n\nc/1.bin`);
    expect(task.results.filter(({ action }) => action === 'commit')).toMatchObject([{ key: await git('rev-parse', 'HEAD') }]);
    expect(await git('status', '--porcelain', '-uall')).toBe(UNSAVED);
    expect(hash(await readFile(file('c/1.bin')))).toBe(hash(CONTENT));
    expect(await urlsOf('c/1.bin')).toContain(web.url('/c/1'));

    // Tried again, it has only the rest to bring.
    web.give('/endless', CONTENT.subarray(1));
    expect(await plan({ ifExists: 'skip' })).toMatchObject({ present: 1, files: 1, flawed: 0 });
    const { plan: undo } = await bench.plan('ds');
    expect(undo).toMatchObject({
      kind: 'download',
      job: task.id,
      files: 1,
      names: ['c/1.bin'],
      action: { input: { by: 'revert' } }
    });
    await bench.run('undoSave', { ...undo?.action.input });
    expect(await git('diff', '--name-only', head, 'HEAD')).toBe('');
    expect(await git('status', '--porcelain')).toBe(UNSAVED);
  });

  describe('changes nothing', () => {
    let before: unknown;
    const looked = async (): Promise<unknown> => {
      const all = await snapshot(file('.'));
      // Git refreshes its index when it looks, and git-annex remembers what failed.
      const own = /^\.git\/(?:index$|annex\/(?:transfer\/|tmp\/|mergedrefs$))/u;
      return [Object.entries(all).filter(([name]) => !own.test(name)), await git('status', '--porcelain')];
    };

    beforeAll(async () => {
      await symlink(place.workspace.home, file('out'));
      await writeFile(file('staged.bin'), 'staged');
      await place.workspace.git(['add', 'staged.bin'], file('.'));
      await place.workspace.run('rm', ['staged.bin'], file('.'));
      before = await looked();
    });
    afterEach(async () => {
      expect(await looked()).toEqual(before);
      expect(await readdir(place.workspace.home)).not.toContain('x.bin');
    });

    it.each([
      ['../x.bin', 'outside'],
      ['/etc/x', 'outside'],
      ['a/../../x.bin', 'outside'],
      ['./x.bin', 'outside'],
      ['out/x.bin', 'in-the-way'],
      ['.git/hooks/post-commit', 'own'],
      ['a/.GIT/config', 'own'],
      ['.datalad/config', 'own'],
      ['.gitattributes', 'own'],
      ['sub/x.bin', 'in-the-way'],
      ['new//x.bin', 'subdataset'],
      ['saved.bin/x', 'in-the-way'],
      ['saved.bin', 'taken'],
      ['edited.bin', 'taken'],
      ['foreign.txt', 'taken'],
      ['gone.txt', 'taken'],
      ['staged.bin', 'taken'],
      ['f', 'taken'],
      ['gone.txt/x', 'in-the-way'],
      ['a.log', 'ignored'],
      ['a/:(glob)[x]*.log', 'ignored'],
      ['', 'no-name'],
      ['a/', 'no-name'],
      ['x'.repeat(300), 'bad-name'],
      ['"a\nb"', 'bad-name']
    ])('where a file would go to %j', async (name, flaw) => {
      await write([
        [web.give('/n/1', CONTENT), 'n/1.bin'],
        [web.give('/n/2', CONTENT), name]
      ]);
      expect(await plan()).toMatchObject({ flawed: 1, files: 1, flaws: [{ row: 2, flaw }] });
      const asked = web.asked.length;
      const failure = await place.jobs.failure('addUrls', inDs());
      expect(failure).toMatchObject({ kind: 'bad-table', parameters: { why: 'row', row: 2, flaw } });
      expect(web.asked).toHaveLength(asked);
    });

    it('where two rows go to the same place, or one into the other', async () => {
      const url = web.give('/n/1', CONTENT);
      await write([
        [url, 'n'],
        [url, 'n'],
        [url, 'n/1.bin']
      ]);
      expect((await plan()).first.map(({ flaw }) => flaw)).toEqual(['in-the-way', 'twice', null]);
      expect(await place.jobs.failure('addUrls', inDs())).toMatchObject({ kind: 'bad-table' });
    });

    it.each([
      ['file:///etc/passwd', 'scheme'],
      [`https://ada:${PASSWORD}@example.org/a`, 'secret'],
      [`https://example.org/a?token=${PASSWORD}`, 'secret'],
      ['ssh://example.org/a', 'scheme'],
      ['--help', 'no-address']
    ])('from %s, and tells no secret', async (url, flaw) => {
      await write([[url, 'n.bin']]);
      const planned = await plan();
      expect(planned.flaws).toMatchObject([{ flaw }]);
      const failure = await place.jobs.failure('addUrls', inDs());
      expect(failure).toMatchObject({ kind: 'bad-table', parameters: { flaw } });
      expect(JSON.stringify([planned, failure])).not.toContain(PASSWORD);
    });

    it('by a format that leads into what it names', async () => {
      await write([[web.give('/n/1', CONTENT), 'n.bin']]);
      for (const fileFormat of ['{0.__class__}', '{name.__class__.__mro__}', '{name[0]}', '{nothing}', '{']) {
        expect((await plan({ fileFormat })).flaw).toMatchObject({ format: 'file' });
        const failure = await place.jobs.failure('addUrls', inDs({ fileFormat }));
        expect(failure).toMatchObject({ kind: 'bad-table', parameters: { why: 'format' } });
      }
    });

    it('where every row fails: what is not saved stays so', async () => {
      await write([
        [web.url('/no/1'), 'n/1.bin'],
        [web.url('/no/2'), 'n/2.bin']
      ]);
      expect(await place.jobs.failure('addUrls', inDs())).toMatchObject({ kind: 'not-at-address', parameters: { failed: 2 } });
    });

    it('where there is no table', async () => {
      await place.workspace.write({ 'empty.csv': 'url,name\n', 'bytes.csv': Buffer.from([0xff, 0xfe, 0x00]), 'l.json': '{}' });
      await symlink('/etc/passwd', place.workspace.path('secret.csv'));
      await symlink('nowhere', place.workspace.path('broken.csv'));
      await mkdir(place.workspace.path('folder.csv'));
      const kinds: Record<string, unknown> = {};
      for (const name of ['empty.csv', 'bytes.csv', 'l.json', 'secret.csv', 'broken.csv', 'folder.csv', 'none.csv']) {
        kinds[name] = (await place.jobs.failure('addUrls', inDs({ table: contentsPath(name) }))).kind;
      }
      expect(kinds).toEqual({
        'empty.csv': 'bad-table',
        'bytes.csv': 'bad-table',
        'l.json': 'bad-table',
        'secret.csv': 'outside-root',
        'broken.csv': 'outside-root',
        'folder.csv': 'bad-table',
        'none.csv': 'not-found'
      });
    });
  });

  it('of a dataset of many names is looked at for just these, and is read by an ending behind a foreign byte', async () => {
    const rows = Array.from({ length: 300 }, (_, at) => [web.url(`/m/${at}`), `many/${at % 3}/${at}.bin`]);
    rows.push([web.url('/m/x'), 'gone.txt/x'], [web.url('/m/y'), 'f'], [web.url('/m/z'), 'edited.bin']);
    const name = Buffer.concat([Buffer.from(`${place.workspace.root}/`), Buffer.from([0xff]), Buffer.from('.tsv')]);
    await writeFile(name, `url\tname\n${rows.map(row => row.join('\t')).join('\n')}\n`);
    const planned = await plan({
      table: contentsPath(`bytes:${Buffer.from([0xff, ...Buffer.from('.tsv')]).toString('base64url')}`)
    });
    expect(planned).toMatchObject({ columns: ['url', 'name'], ordered: true, files: 300, flawed: 3 });
    expect(planned.flaws.map(({ file: place, flaw }) => [place, flaw])).toEqual([
      ['gone.txt/x', 'in-the-way'],
      ['f', 'taken'],
      ['edited.bin', 'taken']
    ]);
  });

  it('comes into adjusted branches and fresh clones, but not where there is no annex', async () => {
    await place.workspace.datalad(['create', 'adjusted']);
    await place.workspace.annex(['adjust', '--unlock'], place.workspace.path('adjusted'));
    await place.workspace.git(['clone', '-q', 'adjusted', 'clone']);
    await place.workspace.datalad(['create', '--no-annex', 'plain']);
    await write([[web.give('/v/1', CONTENT), '1.bin']]);
    for (const name of ['adjusted', 'clone']) {
      await place.jobs.run('addUrls', inDs({ dataset: contentsPath(name) }));
      const folder = place.workspace.path(name);
      expect(hash(await readFile(place.workspace.path(name, '1.bin')))).toBe(hash(CONTENT));
      expect((await place.workspace.git(['status', '--porcelain'], folder)).trim()).toBe('');
      expect(await place.workspace.annex(['whereis', '1.bin'], folder)).toContain(web.url('/v/1'));
    }
    const failure = await place.jobs.failure('addUrls', inDs({ dataset: contentsPath('plain') }));
    expect(failure).toMatchObject({ kind: 'bad-table', parameters: { why: 'annex' } });
  });

  it('may itself be annexed, and is read where its content is here', async () => {
    await place.workspace.datalad(['create', 'tables']);
    const folder = place.workspace.path('tables');
    await place.workspace.write({ 'tables/t.csv': 'url,name\nhttps://example.org/a,a\n' });
    await place.workspace.datalad(['save'], folder);
    const table = contentsPath('tables/t.csv');
    expect(await plan({ table })).toMatchObject({ rows: 1 });
    await place.workspace.datalad(['drop', '--reckless', 'availability', 't.csv'], folder);
    await expect(plan({ table })).rejects.toMatchObject({ failure: { kind: 'not-here' } });
  });
});
