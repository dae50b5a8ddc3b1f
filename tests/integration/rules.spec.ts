import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RuleEdit, RulePreview, Rules } from '../../src/protocol/rules';
import { contentsPath } from '../../src/protocol/paths';
import { useReadingAndJobs } from '../support/place';

jest.setTimeout(60_000);

const dataset = contentsPath('ds');
const ROOT = [
  '# What goes where\r',
  '* annex.backend=MD5E annex.largefiles=((mimeencoding=binary)and(largerthan=0))\r',
  '*.csv annex.largefiles=nothing text\r',
  'data/** annex.largefiles=anything\r',
  '"with space.csv" annex.numcopies=2\r',
  '[ab]*.TXT annex.largefiles=nothing\r',
  '**/.git* annex.largefiles=nothing\r',
  ''
].join('\n');
const NAMES = ['a.csv', 'b.dat', 'data/a.csv', 'data/deep/c.csv', 'with space.csv', 'axe.TXT', 'code/.gitignore', 'über.csv'];

describe('the rules of a dataset', () => {
  const place = useReadingAndJobs();
  let path: string;

  beforeAll(async () => {
    path = await place.workspace.dataset({
      files: {
        '.gitattributes': ROOT,
        'code/.gitattributes': '*.csv annex.largefiles=anything\n/own annex.numcopies=3\n',
        'code/x.csv': 'x',
        ...Object.fromEntries(NAMES.map(name => [name, name]))
      }
    });
    await place.workspace.write({ 'ds/new/untracked.csv': 'x', 'ds/code/own': 'x' });
  });

  const rules = (file?: string): Promise<Rules> =>
    place.reading.datasets.rules.rules(
      { dataset, ...(file === undefined ? {} : { file: contentsPath(file) }) },
      place.reading.signal
    );
  const preview = (more: { edit?: RuleEdit; show?: number; file?: string } = {}): Promise<RulePreview> =>
    place.reading.datasets.rules.rulePreview(
      { dataset, ...more, file: contentsPath(more.file ?? 'ds/.gitattributes') },
      place.reading.signal
    );
  const edit = async (change: RuleEdit, file = 'ds/.gitattributes') =>
    await place.jobs.run('editRules', { dataset, file, fingerprint: (await rules(file)).fingerprint, edit: change });
  const written = (): Promise<string> => readFile(join(path, '.gitattributes'), 'utf8');
  const attribute = async (name: string, file: string): Promise<string> => {
    const [, , value = ''] = (await place.workspace.git(['check-attr', '-z', name, '--', file], path)).split('\0');
    return value;
  };

  it('are told with the files of rules in it', async () => {
    const found = await rules();
    expect(found.files.map(({ name }) => name)).toEqual(['.gitattributes', 'code/.gitattributes']);
    expect(found.lines.map(({ line, kind }) => [line, kind])).toEqual([
      [1, 'comment'],
      [2, 'rule'],
      [3, 'rule'],
      [4, 'rule'],
      [5, 'rule'],
      [6, 'rule'],
      [7, 'rule']
    ]);
    expect(found.lines[2]).toMatchObject({ pattern: '*.csv', others: ['text'], settings: [{ value: 'nothing' }] });
  });

  it('catch what git says', async () => {
    const { catches, files } = await preview();
    expect(files).toBe(
      (await place.workspace.git(['ls-files', '-co', '--exclude-standard'], path)).split('\n').filter(Boolean).length
    );
    const of = (line: number) => catches.find(each => each.line === line);
    expect(of(2)).toMatchObject({ fits: files, decides: files, elsewhere: 0 });
    // Of six tables at the top and below, two lie in `data/`, and one where another file of rules is stronger.
    expect(of(3)).toMatchObject({ fits: 7, decides: 4, elsewhere: 1, overriddenBy: [{ line: 4, files: 2 }] });
    expect(of(4)).toMatchObject({ fits: 2, decides: 2 });
    expect(of(5)).toMatchObject({ fits: 1, decides: 1 });
    expect(of(6)).toMatchObject({ fits: 1, decides: 1 });
    const { shown } = await preview({ show: 3 });
    for (const { name, decides } of shown?.files ?? []) {
      expect([name, (await attribute('annex.largefiles', name)) === 'nothing']).toEqual([name, decides]);
    }
    expect(shown?.files.map(({ name }) => name).sort()).toEqual(
      ['a.csv', 'code/x.csv', 'data/a.csv', 'data/deep/c.csv', 'new/untracked.csv', 'with space.csv', 'über.csv'].sort()
    );
    const below = await preview({ file: 'ds/code/.gitattributes', show: 2 });
    expect(below.shown).toEqual({ line: 2, total: 1, files: [{ name: 'own', decides: true }] });
  });

  it('are shown as an edit would make them, before anything is written', async () => {
    const before = await written();
    const { draft, shown } = await preview({
      edit: {
        do: 'add',
        rule: {
          pattern: '*.dat',
          settings: [{ attribute: 'annex.largefiles', value: 'largerthan=1mb and not mimetpe=text/*' }]
        }
      }
    });
    expect(draft).toMatchObject({
      text: '*.dat annex.largefiles=(largerthan=1mb)and(not(mimetpe=text/*))',
      settings: [{ problem: 'bad-word', word: 'mimetpe=text/*' }]
    });
    expect(shown?.files).toEqual([{ name: 'b.dat', decides: true }]);
    expect(await written()).toBe(before);
  });

  it('are changed line by line, the rest byte for byte as it was', async () => {
    await edit({ do: 'change', line: 3, rule: { pattern: '*.csv', settings: [{ attribute: 'annex.numcopies', value: '3' }] } });
    expect(await written()).toBe(ROOT.replace('*.csv annex.largefiles=nothing text', '*.csv text annex.numcopies=3'));
    expect(await attribute('annex.numcopies', 'a.csv')).toBe('3');
    await edit({ do: 'move', line: 4, to: 2 });
    await edit({ do: 'remove', line: 5 });
    await edit({ do: 'add', rule: { pattern: 'new file', settings: [{ attribute: 'annex.largefiles', value: 'anything' }] } });
    expect((await written()).split('\r\n')).toEqual([
      '# What goes where',
      'data/** annex.largefiles=anything',
      '* annex.backend=MD5E annex.largefiles=((mimeencoding=binary)and(largerthan=0))',
      '*.csv text annex.numcopies=3',
      '[ab]*.TXT annex.largefiles=nothing',
      '**/.git* annex.largefiles=nothing',
      '"new file" annex.largefiles=anything',
      ''
    ]);
    // Nothing was saved: it is a change like any other, and can be discarded.
    expect(await place.workspace.git(['status', '--porcelain', '-uno'], path)).toBe(' M .gitattributes\n');
    await place.jobs.run('discard', { dataset, paths: ['ds/.gitattributes'] });
    expect(await written()).toBe(ROOT);
  });

  it('are not written over, nor through a link, nor outside', async () => {
    const { fingerprint } = await rules();
    await writeFile(join(path, '.gitattributes'), `${ROOT}# by hand\n`);
    const remove = { do: 'remove', line: 2 } as const;
    const refused = await place.jobs.failure('editRules', { dataset, file: 'ds/.gitattributes', fingerprint, edit: remove });
    expect(refused.message).toContain('changed meanwhile');
    expect(await written()).toBe(`${ROOT}# by hand\n`);
    const notRules = { dataset, file: 'ds/a.csv', fingerprint, edit: remove };
    expect((await place.jobs.failure('editRules', notRules)).kind).toBe('outside-root');
    await symlink('../a.csv', join(path, 'new/.gitattributes'));
    const linked = { dataset, file: 'ds/new/.gitattributes', fingerprint: 'none', edit: remove };
    expect((await place.jobs.failure('editRules', linked)).message).toContain('is a link');
    expect(await readFile(join(path, 'a.csv'), 'utf8')).toBe('a.csv');
  });

  it('that are broken are shown, and kept', async () => {
    const broken = Buffer.concat([
      Buffer.from('!x annex.largefiles=nothing\n\xff\xfe annex.numcopies=many\n', 'latin1'),
      Buffer.from('"open')
    ]);
    await writeFile(join(path, '.gitattributes'), broken);
    expect((await rules()).lines.map(({ kind, problem, settings }) => [kind, problem, settings[0]?.problem])).toEqual([
      ['broken', 'negative', undefined],
      ['rule', undefined, 'bad-number'],
      ['broken', 'quote', undefined]
    ]);
    await edit({ do: 'add', rule: { pattern: '*.x', settings: [{ attribute: 'annex.backend', value: 'SHA256E' }] } });
    expect(await readFile(join(path, '.gitattributes'))).toEqual(
      Buffer.concat([broken, Buffer.from('\n*.x annex.backend=SHA256E\n')])
    );
  });

  it('count for what is saved from then on: an older file moves as the words say', async () => {
    await writeFile(join(path, '.gitattributes'), '* annex.largefiles=anything\n');
    await place.workspace.git(['rm', '-q', '--cached', 'b.dat'], path);
    await place.workspace.annex(['add', '-q', 'b.dat'], path);
    expect(await place.workspace.annex(['find', '--format=${file}', 'b.dat'], path)).toBe('b.dat');
    await writeFile(join(path, '.gitattributes'), '* annex.largefiles=nothing\n');
    await place.workspace.annex(['unlock', '-q', 'b.dat'], path);
    await place.workspace.git(['rm', '-q', '--cached', 'b.dat'], path);
    await place.workspace.annex(['add', '-q', 'b.dat'], path);
    expect(await place.workspace.git(['show', ':b.dat'], path)).toBe('b.dat');
  });
});
