import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { useReadingAndJobs } from '../support/place';

jest.setTimeout(60_000);

const dataset = 'ds';

describe('rules and messages', () => {
  const place = useReadingAndJobs();
  let path: string;

  beforeAll(async () => {
    path = await place.workspace.dataset({
      // Without a line break at its end, as an editor may leave it.
      files: { '.gitattributes': '* annex.largefiles=nothing', 'code/.gitattributes': '* annex.largefiles=nothing\n' },
      clone: true
    });
  });

  const goesTo = async (name: string): Promise<string | undefined> => {
    const { reading } = place;
    const paths = [contentsPath(`${dataset}/${name}`)];
    return (await reading.datasets.destinations({ dataset: contentsPath(dataset), paths }, reading.signal))[0]?.to;
  };
  const attributes = (folder = ''): Promise<string> => readFile(join(path, folder, '.gitattributes'), 'utf8');
  const messages = () => place.reading.datasets.messages({ dataset: contentsPath(dataset) }, place.reading.signal);

  it('a rule is written where it counts, and decides from then on', async () => {
    await place.workspace.write({ 'ds/a film.mp4': 'x', 'ds/[1].dat': 'x', 'ds/1.dat': 'x', 'ds/code/b.mp4': 'x' });
    expect(await goesTo('a film.mp4')).toBe('git');
    await place.jobs.run('addRules', {
      dataset,
      rules: [
        { path: 'ds/a film.mp4', scope: 'extension', to: 'annex' },
        { path: 'ds/[1].dat', scope: 'file', to: 'annex' }
      ]
    });
    expect(await attributes()).toBe(
      '* annex.largefiles=nothing\n*.mp4 annex.largefiles=anything\n/\\[1\\].dat annex.largefiles=anything\n'
    );
    expect([await goesTo('a film.mp4'), await goesTo('[1].dat'), await goesTo('1.dat')]).toEqual(['annex', 'annex', 'git']);
    expect(await goesTo('code/b.mp4')).toBe('git');
    await place.jobs.run('addRules', { dataset, rules: [{ path: 'ds/code/b.mp4', scope: 'file', to: 'annex' }] });
    expect(await attributes('code')).toBe('* annex.largefiles=nothing\n/b.mp4 annex.largefiles=anything\n');
    expect(await goesTo('code/b.mp4')).toBe('annex');
    expect(await place.workspace.git(['log', '--oneline'], path)).toMatch(/^\w+ Start\n$/);
  });

  it('a rule that would not count is not written, nor through a link', async () => {
    const before = await attributes();
    const rule = { path: 'ds/1.dat', scope: 'file', to: 'annex' } as const;
    await place.workspace.git(['config', 'annex.largefiles', 'nothing'], path);
    expect((await place.jobs.failure('addRules', { dataset, rules: [rule] })).message).toContain('git configuration');
    await place.workspace.git(['config', '--unset', 'annex.largefiles'], path);
    expect(await attributes()).toBe(before);
    await place.workspace.write({ 'linked/real': 'untouched' });
    await place.workspace.git(['init', '-q', place.workspace.path('linked')]);
    await symlink('real', place.workspace.path('linked/.gitattributes'));
    const failure = await place.jobs.failure('addRules', { dataset: 'linked', rules: [{ ...rule, path: 'linked/real' }] });
    expect(failure.message).toContain('is a link');
    expect(await readFile(place.workspace.path('linked/real'), 'utf8')).toBe('untouched');
    expect((await place.jobs.failure('addRules', { dataset, rules: [{ ...rule, path: 'linked/real' }] })).kind).toBe(
      'outside-root'
    );
  });

  it('an amended save replaces the last one, but none that a sibling has', async () => {
    expect(await messages()).toMatchObject({
      recent: ['Start'],
      last: { message: 'Start', author: 'Test Person', published: ['origin'] }
    });
    const head = await place.workspace.git(['rev-parse', 'HEAD'], path);
    const refused = await place.jobs.failure('save', { dataset, message: 'Other', amend: true });
    expect(refused).toMatchObject({ kind: 'published', parameters: { siblings: 'origin' } });
    expect(await place.workspace.git(['rev-parse', 'HEAD'], path)).toBe(head);
    await place.jobs.run('save', { dataset, message: 'Second\n\nwith a body' });
    await place.workspace.write({ 'ds/more.txt': 'x' });
    await place.jobs.run('save', { dataset, message: 'Second', amend: true, versionTag: 'v2' });
    expect(await place.workspace.git(['log', '--format=%s'], path)).toBe('Second\nStart\n');
    expect(await place.workspace.git(['rev-parse', 'v2^{commit}'], path)).toBe(
      await place.workspace.git(['rev-parse', 'HEAD'], path)
    );
    expect(await messages()).toMatchObject({ recent: ['Second', 'Start'], last: { published: [] } });
  });

  it('messages of DataLad itself are not offered again, and a template is', async () => {
    const { workspace } = place;
    for (const message of [
      '[DATALAD] Recorded changes',
      'Mine',
      'Mine',
      '[DATALAD RUNCMD] x\n\n=== Do not change lines below ==='
    ]) {
      await workspace.git(['commit', '-q', '--allow-empty', '-m', message], path);
    }
    await workspace.write({ 'ds/.template': '# a comment\nWhat:\nWhy:\n', secret: 'no template' });
    await workspace.git(['config', 'commit.template', '.template'], path);
    const { recent, last, template } = await messages();
    expect([recent, template]).toEqual([['Mine', 'Second', 'Start'], 'What:\nWhy:']);
    expect(last?.message).toContain('RUNCMD');
    await workspace.git(['config', 'commit.template', '../secret'], path);
    const again = await place.reading.datasets.messages({ dataset: contentsPath(dataset) }, place.reading.signal);
    expect(again.template).toBeUndefined();
    await workspace.git(['init', '-q', workspace.path('empty')]);
    expect(await place.reading.datasets.messages({ dataset: contentsPath('empty') }, place.reading.signal)).toEqual({
      recent: [],
      last: null
    });
  });
});
