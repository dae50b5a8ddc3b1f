import { chmod, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kept } from '../../src/components/changes/destinationWords';
import type { Destination } from '../../src/protocol/destination';
import { contentsPath } from '../../src/protocol/paths';
import { keyOfLink, keyOfPointer } from '../../src/server/annex/pointer';
import { parseIndex, SYMLINK } from '../../src/server/git/entry';
import { useReadingAndJobs } from '../support/place';
import { seeded } from '../support/random';

jest.setTimeout(120_000);

const TEXT2GIT = '* annex.largefiles=((mimeencoding=binary)and(largerthan=0))\n';
const OWN_FILES = '**/.git* annex.largefiles=nothing\n';

interface IRules {
  attributes?: Record<string, string>;
  /** Git's own configuration. */
  config?: string;
  /** `git annex config`. */
  shared?: string;
}

const RULES: Record<string, IRules> = {
  'no rule': { attributes: { '.gitattributes': `* annex.backend=MD5E\n${OWN_FILES}` } },
  text2git: { attributes: { '.gitattributes': `${OWN_FILES}${TEXT2GIT}` } },
  yoda: {
    attributes: {
      '.gitattributes': `${OWN_FILES}README.md annex.largefiles=nothing\nCHANGELOG.md annex.largefiles=nothing\n`,
      'code/.gitattributes': '* annex.largefiles=nothing\n'
    }
  },
  'nested files': {
    attributes: {
      '.gitattributes': `* annex.largefiles=largerthan=20kb\n${OWN_FILES}`,
      'code/.gitattributes': '*.csv annex.largefiles=anything\n/*.md annex.largefiles=include=*.md\n',
      'code/deep/.gitattributes': '* annex.largefiles=\n.dot* annex.largefiles=(not(mimeencoding=us-ascii))\n'
    }
  },
  'names and sizes': {
    attributes: {
      '.gitattributes': `* annex.largefiles=(include=*.bin)or((exclude=code/*)and(largerthan=1.5KiB)and(smallerthan=0.1mb))\n${OWN_FILES}`
    }
  },
  'a macro': { attributes: { '.gitattributes': `${OWN_FILES}[attr]small annex.largefiles=nothing\n*.csv small\n` } },
  'git config over attributes': { attributes: { '.gitattributes': TEXT2GIT }, config: 'include=code/* or largerthan=30kb' },
  'an empty git config': { attributes: { '.gitattributes': TEXT2GIT }, config: '' },
  'git annex config': { attributes: { '.gitattributes': '*.csv annex.largefiles=nothing\n' }, shared: 'largerthan=10kb' },
  'attributes over git annex config': {
    attributes: { '.gitattributes': `${OWN_FILES}* annex.largefiles=mimeencoding=binary\n` },
    shared: 'nothing'
  }
};

const FOLDERS = ['', 'code/', 'code/deep/', '.hidden/', 'with space/'];
const NAMES = ['README.md', 'CHANGELOG.md', 'table.csv', 'image.bin', '.dotfile', 'notes', 'ä ö.txt', '-dash.csv', '*.md'];

/** Contents of any sort: text in all encodings, bytes, and what begins as one and ends as the other. */
function contentOf(random: () => number): Buffer {
  const size = Math.floor(10 ** (random() * 5));
  const text = Buffer.alloc(size, 'a line of text\n');
  const bytes = Buffer.from(Array.from({ length: Math.min(size, 2_000) }, () => Math.floor(random() * 256)));
  const sorts = [
    Buffer.alloc(0),
    Buffer.from('x'),
    text,
    bytes,
    Buffer.concat([text, bytes]),
    Buffer.from('größe\n'.repeat(1 + size / 8)),
    Buffer.from('größe\n'.repeat(1 + size / 8), 'latin1'),
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('wide\n'.repeat(1 + size / 8), 'utf16le')]),
    Buffer.concat([text, Buffer.from([0])]),
    Buffer.from(`\x1b[1m${'x'.repeat(size)}`),
    Buffer.from(`${'x'.repeat(65_536)}\0`),
    Buffer.from('%PDF-1.4\n%text only\n')
  ];
  return sorts[Math.floor(random() * sorts.length)] ?? text;
}

describe('where a save puts files', () => {
  const place = useReadingAndJobs();
  let made = 0;

  async function dataset(rules: IRules): Promise<{ name: string; path: string }> {
    const name = `ds${made++}`;
    const path = await place.workspace.dataset({ path: name, files: rules.attributes ?? {} });
    if (rules.config !== undefined) {
      await place.workspace.git(['config', 'annex.largefiles', rules.config], path);
    }
    if (rules.shared !== undefined) {
      await place.workspace.annex(['config', '--set', 'annex.largefiles', rules.shared], path);
    }
    return { name, path };
  }

  async function predict(name: string, paths: readonly string[]): Promise<Map<string, Destination>> {
    const { reading } = place;
    const asked = paths.map(path => contentsPath(`${name}/${path}`));
    const found = await reading.datasets.destinations({ dataset: contentsPath(name), paths: asked }, reading.signal);
    return new Map(found.map(destination => [destination.path.slice(name.length + 1), destination]));
  }

  /** What the index has: `git` or `annex`, by the content of each entry. */
  async function saved(path: string): Promise<Map<string, string>> {
    const index = parseIndex(Buffer.from(await place.workspace.git(['ls-files', '-s', '-z'], path)));
    const answer = new Map<string, string>();
    for (const entry of index) {
      const blob = Buffer.from(await place.workspace.git(['cat-file', 'blob', entry.oid], path).catch(() => ''));
      const key = entry.mode === SYMLINK ? keyOfLink(blob.toString()) : keyOfPointer(blob);
      answer.set(entry.path, key === null ? 'git' : 'annex');
    }
    return answer;
  }

  it.each(Object.entries(RULES))('is foretold with %s', async (_, rules) => {
    const { name, path } = await dataset(rules);
    const random = seeded(made);
    const files = FOLDERS.flatMap(folder => NAMES.map(file => `${folder}${file}`));
    await place.workspace.write(Object.fromEntries(files.map(file => [`${name}/${file}`, contentOf(random)])));
    const foretold = await predict(name, files);
    expect([...foretold.values()].filter(({ to }) => to === 'unknown')).toEqual([]);
    await place.jobs.run('save', { dataset: name, message: 'All' });
    const now = await saved(path);
    const wrong = files.filter(file => now.get(file) !== foretold.get(file)?.to);
    expect(wrong.map(file => `${file}: ${now.get(file)}, not ${JSON.stringify(foretold.get(file))}`)).toEqual([]);
    for (const { bytes, path: file } of foretold.values()) {
      expect(bytes).toBe((await readFile(place.workspace.path(file))).length);
    }
    // Once more when all have changed: where the last version is does not matter.
    const others = seeded(made + 100);
    await Promise.all(files.map(file => rm(join(path, file))));
    await place.workspace.write(Object.fromEntries(files.map(file => [`${name}/${file}`, contentOf(others)])));
    const again = await predict(name, files);
    await place.jobs.run('save', { dataset: name, message: 'Again' });
    const then = await saved(path);
    expect(files.filter(file => then.get(file) !== again.get(file)?.to)).toEqual([]);
  });

  it('is foretold for links, moved and unlocked files, and what is staged', async () => {
    const { name, path } = await dataset({ attributes: { '.gitattributes': '* annex.largefiles=nothing\n' } });
    const { workspace } = place;
    await workspace.write(
      Object.fromEntries(
        ['moved', 'unlocked', 'edited', 'replaced', 'unstaged', 'forced', 'restaged'].map(file => [`${name}/${file}`, file])
      )
    );
    const annexed = ['moved', 'unlocked', 'edited', 'replaced'];
    await workspace.annex(['add', '-q', '--force-large', ...annexed], path);
    await workspace.git(['add', 'unstaged', 'forced', 'restaged'], path);
    await workspace.git(['commit', '-qm', 'All'], path);
    await workspace.git(['config', 'annex.largefiles', 'exclude=edited and exclude=replaced'], path);

    await symlink('moved', join(path, 'link'));
    await symlink('nowhere', join(path, 'broken'));
    await rename(join(path, 'moved'), join(path, 'elsewhere'));
    await workspace.annex(['unlock', '-q', 'unlocked', 'edited'], path);
    await writeFile(join(path, 'edited'), 'edited more');
    await rm(join(path, 'replaced'));
    await writeFile(join(path, 'replaced'), 'another');
    await chmod(join(path, 'unstaged'), 0o755);
    const key = (await workspace.annex(['lookupkey', 'unlocked'], path)).trim();
    await writeFile(join(path, 'pointer'), `/annex/objects/${key}\n`);
    const stage = (...files: string[]): Promise<string> =>
      workspace.git(['-c', 'annex.largefiles=nothing', 'add', ...files], path);
    for (const file of ['forced', 'restaged', 'added', 'twice']) {
      await writeFile(join(path, file), `${file} anew`);
    }
    await stage('forced', 'restaged', 'added', 'twice');
    await writeFile(join(path, 'restaged'), 'edited since it was staged');
    await writeFile(join(path, 'twice'), 'edited since it was staged');

    const files = [
      'link',
      'broken',
      'elsewhere',
      'unlocked',
      'edited',
      'replaced',
      'unstaged',
      'pointer',
      'forced',
      'restaged',
      'added'
    ];
    const foretold = await predict(name, [...files, 'twice', 'moved', 'nothing-here']);
    expect(Object.fromEntries([...foretold].map(([file, { to, because }]) => [file, `${to} ${because}`]))).toEqual({
      link: 'git link',
      broken: 'git link',
      elsewhere: 'annex annexed',
      unlocked: 'annex staged',
      edited: 'git rule',
      replaced: 'git rule',
      unstaged: 'annex rule',
      pointer: 'annex annexed',
      forced: 'git staged',
      restaged: 'annex rule',
      added: 'git staged',
      twice: 'unknown undecided'
    });
    await place.jobs.run('save', { dataset: name, message: 'All of it' });
    const now = await saved(path);
    expect(files.filter(file => now.get(file) !== foretold.get(file)?.to)).toEqual([]);
  });

  it('is said to be not known where it cannot be told, and the save fails where git-annex cannot read the rule', async () => {
    const rules = 'type* annex.largefiles=mimetype=text/*\nbad* annex.largefiles=huge\noff* -annex.largefiles\n';
    const { name, path } = await dataset({ attributes: { '.gitattributes': `${rules}${OWN_FILES}` } });
    await place.workspace.write({ [`${name}/type.txt`]: 'text', [`${name}/bad.txt`]: 'text', [`${name}/off.txt`]: 'text' });
    const foretold = await predict(name, ['type.txt', 'bad.txt', 'off.txt']);
    expect([...foretold.values()].map(({ to, because, rule }) => [to, because, rule])).toEqual([
      [
        'unknown',
        'mime-type',
        { from: 'attributes', expression: 'mimetype=text/*', file: '.gitattributes', line: 1, pattern: 'type*' }
      ],
      ['unknown', 'bad-rule', { from: 'attributes', expression: 'huge', file: '.gitattributes', line: 2, pattern: 'bad*' }],
      ['unknown', 'bad-rule', { from: 'attributes', expression: 'unset', file: '.gitattributes', line: 3, pattern: 'off*' }]
    ]);
    const failure = await place.jobs.failure('save', { dataset: name, paths: [`${name}/bad.txt`], message: 'No' });
    expect(failure.detail).toContain('bad annex.largefiles configuration');
    expect(await place.workspace.git(['status', '--porcelain', 'bad.txt'], path)).toBe('?? bad.txt\n');
  });

  it('tells which line decides, of which file', async () => {
    const { name } = await dataset(RULES['nested files'] ?? {});
    const files = ['a', 'code/a.csv', 'code/a.md', 'code/deep/a.csv', 'code/deep/.dot', '.gitignore'];
    await place.workspace.write(Object.fromEntries(files.map(file => [`${name}/${file}`, 'text'])));
    const foretold = await predict(name, files);
    expect(
      files.map(file => [file, foretold.get(file)?.to, foretold.get(file)?.rule?.file, foretold.get(file)?.rule?.line])
    ).toEqual([
      ['a', 'git', '.gitattributes', 1],
      ['code/a.csv', 'annex', 'code/.gitattributes', 1],
      ['code/a.md', 'annex', 'code/.gitattributes', 2],
      // An empty value is no rule.
      ['code/deep/a.csv', 'annex', undefined, undefined],
      ['code/deep/.dot', 'git', 'code/deep/.gitattributes', 2],
      ['.gitignore', 'git', '.gitattributes', 2]
    ]);
  });

  it('is summed up for a new folder, and names the largest file that goes into Git', async () => {
    const { name } = await dataset(RULES['text2git'] ?? {});
    await place.workspace.write({
      [`${name}/new/small.txt`]: 'text',
      [`${name}/new/deep/large.txt`]: 'text\n'.repeat(1_000),
      [`${name}/new/data.bin`]: Buffer.alloc(7_000),
      [`${name}/new/.gitignore`]: '*.tmp\n',
      [`${name}/new/left.tmp`]: 'ignored'
    });
    expect([...(await predict(name, ['new'])).values()]).toEqual([
      {
        path: `${name}/new`,
        to: 'both',
        because: 'folder',
        bytes: 12_010,
        within: {
          git: { files: 3, bytes: 5_010 },
          annex: { files: 1, bytes: 7_000 },
          unknown: { files: 0, bytes: 0 },
          more: false,
          largest: { path: `${name}/new/deep/large.txt`, name: 'new/deep/large.txt', bytes: 5_000 }
        }
      }
    ]);
  });

  it('is Git in a plain repository, and by the rules in a clone that git-annex has not seen yet', async () => {
    const { workspace } = place;
    await workspace.git(['init', '-q', workspace.path('plain')], workspace.root);
    await workspace.write({ 'plain/a.bin': Buffer.alloc(100) });
    expect([...(await predict('plain', ['a.bin'])).values()]).toMatchObject([{ to: 'git', because: 'no-annex' }]);
    await place.jobs.run('save', { dataset: 'plain', message: 'All' });
    expect((await saved(workspace.path('plain'))).get('a.bin')).toBe('git');

    const path = await workspace.dataset({
      path: 'clone',
      files: { '.gitattributes': TEXT2GIT },
      clone: true,
      initialised: false
    });
    await workspace.write({ 'clone/a.bin': Buffer.alloc(100), 'clone/a.txt': 'text' });
    const foretold = await predict('clone', ['a.bin', 'a.txt']);
    await place.jobs.run('save', { dataset: 'clone', message: 'All' });
    const now = await saved(path);
    expect([...foretold].map(([file, { to }]) => [file, to, now.get(file)])).toEqual([
      ['a.bin', 'annex', 'annex'],
      ['a.txt', 'git', 'git']
    ]);
  });

  it('is told quickly for a batch out of ten thousand new files, and refuses paths outside', async () => {
    const { name } = await dataset(RULES['text2git'] ?? {});
    const files = Array.from({ length: 10_000 }, (_, at) => `file-${at}.txt`);
    await place.workspace.write(Object.fromEntries(files.map(file => [`${name}/${file}`, 'text'])));
    const start = performance.now();
    expect((await predict(name, files.slice(0, 100))).size).toBe(100);
    expect(performance.now() - start).toBeLessThan(3_000);
    await expect(predict('plain', ['.git/config'])).rejects.toMatchObject({
      failure: { kind: 'outside-root' }
    });
  });

  it.each([
    ['as the rules of each say', false],
    ['into Git where that is asked for', true]
  ])('is foretold of what a recursive save puts into subdatasets, %s', async (_, toGit) => {
    const { name, path } = await dataset({});
    const inner = { sub: { attributes: { '.gitattributes': `${OWN_FILES}${TEXT2GIT}` } }, 'sub/deep': { config: 'nothing' } };
    const places = ['', 'sub', 'sub/deep'];
    for (const [at, rules] of Object.entries(inner) as [string, IRules][]) {
      await place.jobs.run('create', {
        path: `${name}/${at}`,
        asSubdataset: contentsPath(`${name}/${at}`.replace(/\/[^/]+$/u, ''))
      });
      await place.workspace.write(
        Object.fromEntries(Object.entries(rules.attributes ?? {}).map(([file, text]) => [`${name}/${at}/${file}`, text]))
      );
      await (rules.config === undefined
        ? place.jobs.run('save', { dataset: `${name}/${at}`, message: 'Rules' })
        : place.workspace.git(['config', 'annex.largefiles', rules.config], join(path, at)));
    }
    await place.jobs.run('save', { dataset: name, message: 'Subdatasets', recursive: true });
    const files = { 'notes.txt': 'text\n', 'image.bin': Buffer.of(0, 1, 2, 3) };
    for (const at of places) {
      await place.workspace.write(
        Object.fromEntries(Object.entries(files).map(([file, content]) => [join(name, at, file), content]))
      );
    }
    const foretold = new Map<string, Map<string, Destination>>();
    for (const at of places) {
      foretold.set(at, await predict(join(name, at), Object.keys(files)));
    }
    await place.jobs.run('save', { dataset: name, message: 'All', recursive: true, ...(toGit ? { toGit } : {}) });
    const found: Record<string, (string | undefined)[]> = {};
    for (const [at, destinations] of foretold) {
      const index = await saved(join(path, at));
      found[at] = Object.keys(files).map(file => index.get(file));
      const expected = [...destinations.values()].map(destination => kept(destination, toGit).to);
      expect([at, found[at]]).toEqual([at, expected]);
    }
    expect(found).toEqual(
      toGit
        ? { '': ['git', 'git'], sub: ['git', 'git'], 'sub/deep': ['git', 'git'] }
        : { '': ['annex', 'annex'], sub: ['git', 'annex'], 'sub/deep': ['git', 'git'] }
    );
  });
});
