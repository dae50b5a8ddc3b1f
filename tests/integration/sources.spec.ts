import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { contentsPath } from '../../src/protocol/paths';
import { useJobs } from '../support/place';
import { WebFiles } from '../support/webFiles';

jest.setTimeout(120_000);

const CONTENT = randomBytes(20_000);
const OTHER = randomBytes(20_000);

describe('sources of a file', () => {
  const place = useJobs();
  let web: WebFiles;
  const dataset = contentsPath('ds');
  const of = (url: string, name = 'a b.bin') => ({ dataset, file: contentsPath(`ds/${name}`), url });
  const file = (name: string): string => place.workspace.path('ds', name);
  const urlsOf = async (name: string): Promise<string[]> => {
    const [record] = await place.workspace.records('git', ['annex', 'whereis', '--json', name], file('.'));
    return (record?.['whereis'] as { urls: string[] }[]).flatMap(({ urls }) => urls).sort();
  };

  beforeAll(async () => {
    web = await WebFiles.start();
    const { workspace } = place;
    await workspace.datalad(['create', '-c', 'text2git', 'ds']);
    await workspace.write({ 'ds/a b.bin': CONTENT, 'ds/plain.txt': 'text' });
    await workspace.datalad(['save', '-m', 'Before'], file('.'));
    await workspace.write({ 'ds/new.bin': CONTENT });
    await workspace.git(['config', '--global', 'datalad.downloaders.retry', '0']);
  });

  afterAll(() => web.stop());

  it('are noted once all that is there was compared, as git-annex sees it', async () => {
    const url = web.give('/a.bin', CONTENT);
    const task = await place.jobs.run('addSource', of(url));
    expect(task.summary).toEqual(['add_source ok ds/a b.bin']);
    expect(await urlsOf('a b.bin')).toEqual([url]);
    expect((await place.jobs.run('addSource', of(url))).summary).toEqual(['add_source notneeded ds/a b.bin']);
    // Nothing of what was compared is left.
    expect(readdirSync(file('.git/jupyterlab-datalad'))).toEqual([]);
  });

  it('are none where something else is there, also of the same size', async () => {
    for (const [path, content] of [
      ['/same-size', OTHER],
      ['/shorter', OTHER.subarray(0, 100)]
    ] as const) {
      expect(await place.jobs.failure('addSource', of(web.give(path, content)))).toMatchObject({ kind: 'other-content' });
    }
    expect(await place.jobs.failure('addSource', of(web.url('/none')))).toMatchObject({ kind: 'not-at-address' });
    expect(await urlsOf('a b.bin')).toEqual([web.url('/a.bin')]);
    expect(readdirSync(file('.git/jupyterlab-datalad'))).toEqual([]);
  });

  it('may be noted by their size alone, as far as the settings of git-annex let it look', async () => {
    const input = { ...of(web.give('/again', CONTENT)), sizeOnly: true };
    expect(await place.jobs.failure('addSource', input)).toMatchObject({
      kind: 'no-remote-access',
      parameters: { why: 'private' }
    });
    await place.workspace.git(['config', '--global', 'annex.security.allowed-ip-addresses', '127.0.0.1']);
    await place.jobs.run('addSource', input);
    expect(await place.jobs.failure('addSource', { ...of(web.url('/shorter')), sizeOnly: true })).toMatchObject({
      kind: 'other-content'
    });
    expect(await urlsOf('a b.bin')).toEqual([web.url('/a.bin'), web.url('/again')]);
  });

  it.each([
    ['plain.txt', 'not-annexed'],
    ['new.bin', 'unsaved-changes'],
    ['none.bin', 'unsaved-changes']
  ])('are not for %s', async (name, kind) => {
    expect(await place.jobs.failure('addSource', of(web.url('/a.bin'), name))).toMatchObject({ kind });
    expect(existsSync(file('none.bin'))).toBe(false);
  });

  it('hold no secret, and one that does can be removed by what is shown of it', async () => {
    const secret = `${web.url('/a.bin')}?token=abcdef`;
    expect(await place.jobs.failure('addSource', of(secret))).toMatchObject({ kind: 'secret-in-address' });
    await place.workspace.annex(['addurl', '--relaxed', '--file=a b.bin', secret], file('.'));
    await place.jobs.run('removeSource', of(secret.replace('abcdef', '***')));
    expect(await urlsOf('a b.bin')).not.toContain(secret);
  });

  it('are got from, and the last one stays where nothing else has the content', async () => {
    await place.workspace.datalad(['drop', 'a b.bin'], file('.'));
    await place.jobs.run('removeSource', of(web.url('/again')));
    expect(await place.jobs.failure('removeSource', of(web.url('/again')))).toMatchObject({ kind: 'not-found' });
    expect(await place.jobs.failure('removeSource', of(web.url('/a.bin')))).toMatchObject({ kind: 'last-copy' });
    expect(await urlsOf('a b.bin')).toEqual([web.url('/a.bin')]);
    await place.workspace.datalad(['get', 'a b.bin'], file('.'));
    await place.jobs.run('removeSource', of(web.url('/a.bin')));
    expect(await urlsOf('a b.bin')).toEqual([]);
  });
});
