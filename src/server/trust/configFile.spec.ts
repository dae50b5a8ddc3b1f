import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { inBatches } from '../../../tests/support/inBatches';
import { parseEntries } from '../git/config';
import { run } from '../process/run';
import { type ConfigEntry, readConfigText, readPlainConfig } from './configFile';
import { isHarmless } from './harmless';
import { hostileSettings } from './hostile.fixtures';

/** What files of settings are made of, and what could make two readers of one file disagree. */
const PIECE = fc.oneof(
  fc.constantFrom('[core]\n', '[remote "origin"]\n', '[A-b "x y"]\n', '[a.b]\n', '[core] ', '[x "\\""]\n', '["x"]\n', '[core\n'),
  fc.constantFrom(
    '\tkey = value\n',
    'key=value\n',
    'Key-2 =\tv a l\n',
    'key\n',
    '\tpager = x # y\n',
    'k = a\tb \t\n',
    'k = "q"\n',
    'k = a\\\n b\n'
  ),
  fc.constantFrom(
    '# comment\n',
    '; [core]\n',
    '\n',
    '  \n',
    '\r\n',
    'k = v\r\n',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\t',
    ' ',
    '\\',
    '"'
  ),
  fc.string({
    unit: fc.constantFrom('[', ']', '"', '=', '#', ';', '\\', '\n', '\t', ' ', 'a', 'Z', '.', '-', '0', 'é', '\u000b')
  })
);
const FILES = fc.array(
  fc.array(PIECE, { maxLength: 8 }).map(parts => parts.join('')),
  { minLength: 500, maxLength: 500 }
);

const WORD = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);
const KEY = fc
  .tuple(WORD, fc.option(fc.string({ minLength: 1, maxLength: 8 }), { nil: undefined }), WORD)
  .map(([section, name, key]) => (name === undefined ? `${section}.${key}` : `${section}.${name}.${key}`));
const VALUE = fc.oneof(fc.constantFrom('true', 'false', '1', '', 'x', '!x', 'origin', '-x', 'ext::x', '/bin/x'), fc.string());

/** Sections whose settings are known, in part. A setting of any other section is one nobody has thought of. */
const SECTIONS = [
  'core',
  'extensions',
  'user',
  'commit',
  'tag',
  'gc',
  'maintenance',
  'fetch',
  'pull',
  'push',
  'remote',
  'receive'
].concat(['submodule', 'status', 'diff', 'merge', 'color', 'lfs', 'annex', 'datalad', 'branch', 'index', 'filter']);

describe('a file of settings', () => {
  let folder: string;
  beforeAll(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'datalad-settings-')))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What git reads from many files at once; it fails when one of them cannot be read. */
  const gitReads = async (files: readonly string[]): Promise<ConfigEntry[]> => {
    files.forEach((text, index) => writeFileSync(join(folder, String(index)), text));
    const all = files.map((_, index) => `[include]\n\tpath = ${join(folder, String(index))}\n`).join('');
    const env = { PATH: process.env['PATH'] ?? '' };
    const args = ['config', '--file', '-', '--includes', '-z', '--list'];
    const { stdout, stderr, code } = await run('git', args, { cwd: '/', env, timeout: 60_000, input: all });
    expect([code, stderr]).toEqual([0, '']);
    return parseEntries(stdout).filter(([key]) => key !== 'include.path');
  };

  it('is read by us as git reads it, or left to git', async () => {
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(FILES, async files => {
        const ours = files.map(readPlainConfig);
        const readable = files.filter((_, index) => ours[index] !== null);
        plain += readable.length;
        expect(ours.flatMap(entries => entries ?? [])).toEqual(await gitReads(readable));
      }),
      inBatches(500)
    );
    expect(plain).toBeGreaterThan(500);
  }, 60_000);

  it('is left to git where it is written in an unusual way', async () => {
    const env = { PATH: process.env['PATH'] ?? '' };
    const read = async (text: string): Promise<ConfigEntry[] | null> => await readConfigText(Buffer.from(text), env);
    expect(readPlainConfig('[core] fsmonitor = x\n')).toBeNull();
    expect(await read('[core] fsmonitor = x\n')).toEqual([['core.fsmonitor', 'x']]);
    expect(await read('[a]\nb = c\\\nd = e\n')).toEqual([['a.b', 'cd = e']]);
    expect(readPlainConfig('[a]\nb = x\ty\n')).toBeNull();
    expect(await read('[a]\nb = "x\\ny"\n[A "Sub"]\nC\n')).toEqual([
      ['a.b', 'x\ny'],
      ['a.Sub.c', 'true']
    ]);
    expect(await read('[a\n')).toBeNull();
  });
});

describe('a setting', () => {
  /** An address may be a path, which nothing starts. */
  const HOSTILE = hostileSettings('/mark')
    .map(([key]) => key.toLowerCase())
    .filter(key => !/^remote\.evil\.(?:push)?url$/.test(key));

  it('of a section nobody knows is never harmless', () => {
    fc.assert(
      fc.property(KEY, VALUE, (key, value) => {
        const known = SECTIONS.includes(key.slice(0, key.indexOf('.')));
        expect(isHarmless([key, value]) && !known).toBe(false);
      })
    );
  });

  it('that is not known by its whole name is never harmless, however near it is to one that is', () => {
    const NEAR = fc.constantFrom('core.bare', 'user.name', 'annex.uuid', 'remote.origin.fetch', 'branch.main.merge');
    fc.assert(
      fc.property(NEAR, fc.stringMatching(/^[a-z-]{1,6}$/), fc.constantFrom('true', 'refs/heads/main'), (key, more, value) => {
        const at = key.lastIndexOf('.');
        // A remote may be named “origin.fetch”: its `url` is a name that is known.
        const changed = [`${key}${more}`, `${more}${key}`, `${key.slice(0, at)}.${more}.x${key.slice(at)}`, `${key}.${more}zz`];
        const inside = key.split('.').length === 3 ? changed.filter((_, index) => index !== 2) : changed;
        expect(inside.filter(each => isHarmless([each, value]))).toEqual([]);
      })
    );
  });

  it('that can start a program is never harmless with the value of one', () => {
    fc.assert(
      fc.property(fc.constantFrom(...HOSTILE), WORD, (key, program) => {
        fc.pre(!/^(?:true|false|on|off|yes|no|rebase|merge|checkout|none|always)$/.test(program));
        expect([`/bin/${program}`, `!${program}`, `${program} -c x`].filter(value => isHarmless([key, value]))).toEqual([]);
      })
    );
  });
});
