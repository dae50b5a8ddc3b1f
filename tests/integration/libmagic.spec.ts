import { join } from 'node:path';
import fc from 'fast-check';
import { makeWorkspace, type Workspace } from '../support/workspace';
import { encodingOf } from '../../src/server/annex/largefiles/textEncoding';
import { matches } from '../../src/server/annex/largefiles/evaluate';
import { parseExpression } from '../../src/server/annex/largefiles/expression';
import { mapLimited } from '../../src/server/mapLimited';
import { run } from '../../src/server/process/run';

jest.setTimeout(120_000);

/** Asks the libmagic that git-annex is shipped with for the encoding of each line, which is base64. */
const ASK = `
import base64, ctypes, glob, os, sys, git_annex
folder = os.path.dirname(git_annex.__file__)
libraries = sorted(glob.glob(folder + '.libs/*'), key=lambda name: 'magic' in name)
for name in libraries:
    magic = ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
magic.magic_open.restype = ctypes.c_void_p
magic.magic_load.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
magic.magic_buffer.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]
magic.magic_buffer.restype = ctypes.c_char_p
cookie = magic.magic_open(0x410)
assert magic.magic_load(cookie, os.path.join(folder, 'magic.mgc').encode()) == 0
for line in sys.stdin:
    content = base64.b64decode(line)
    told = magic.magic_buffer(cookie, content, len(content))
    print('none' if told is None else told.decode().rsplit('charset=', 1)[-1])
`;

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }).map(text => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 4 }).map(bytes => Buffer.from(bytes)) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        'fffe',
        'feff',
        'fffe0000',
        '0000feff',
        'efbbbf',
        '85',
        '00',
        '7f',
        '1b',
        'c3',
        'eda080',
        'f4908080',
        '2b2f7638',
        'a0',
        '0d0a',
        '40',
        'c1c2'
      )
      .map(hex => Buffer.from(hex, 'hex'))
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 5 }).map(text => Buffer.from(text, 'utf16le')) }
);
const content = fc.array(piece, { maxLength: 6 }).map(parts => Buffer.concat(parts));

describe('what libmagic and git-annex say', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    await workspace.git(['init', '-q'], workspace.root);
    await workspace.annex(['init', '-q'], workspace.root);
  });
  afterAll(() => workspace.dispose());

  it('of the encoding of any content is what we say', async () => {
    const library = (await workspace.run('python', ['-c', 'import git_annex; print(git_annex.__file__)'])).trim();
    const env = { ...workspace.env, LD_LIBRARY_PATH: join(library, '../../git_annex.libs') };
    const contents = fc.sample(content, fc.readConfigureGlobal().numRuns ?? 1_000);
    const input = contents.map(bytes => `${bytes.toString('base64')}\n`).join('');
    const { stdout, stderr } = await run('python', ['-c', ASK], { cwd: workspace.root, env, input, timeout: 60_000 });
    const told = stdout.toString().trimEnd().split('\n');
    expect([told.length, stderr]).toEqual([contents.length, '']);
    const other = contents.flatMap((bytes, at) => {
      const ours = encodingOf(bytes);
      return ours === null || ours === told[at] ? [] : [`${bytes.toString('hex')} is ${told[at]}, not ${ours}`];
    });
    expect(other.slice(0, 10)).toEqual([]);
    // Of a few we say that it is not known: numbers that are no characters.
    expect(contents.filter(bytes => encodingOf(bytes) === null).length).toBeLessThan(contents.length / 20);
    expect(new Set(told).size).toBeGreaterThan(6);
  });

  it('of expressions is what we say', async () => {
    const word = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('and', 'or', 'not', '(', ')') },
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          ...['anything', 'nothing', 'include=*.csv', 'include=data.csv', 'include=code/*', 'exclude=*.c?v', 'include=*.[ct]sv'],
          ...[
            'largerthan=4kb',
            'largerthan=5kB',
            'smallerthan=4.9KiB',
            'largerthan=40kbit',
            'smallerthan=5000',
            'largerthan=.5mb'
          ],
          ...['mimeencoding=binary', 'mimeencoding=us-*', 'largerthan=1e4', 'foo', 'foo=1', 'set']
        )
      }
    );
    const nested = [
      '( nothing ( nothing or anything ) )',
      'nothing ( nothing or anything )',
      '( nothing and ( nothing or anything ) )'
    ];
    const texts = [
      ...nested,
      ...fc.sample(fc.array(word, { minLength: 1, maxLength: 9 }), 100).map(words => words.join(' ')),
      // Few conditions and many parentheses.
      ...fc
        .sample(
          fc.array(fc.constantFrom('and', 'or', 'not', '(', '(', ')', 'anything', 'nothing'), { minLength: 3, maxLength: 12 }),
          100
        )
        .map(words => words.join(' '))
    ];
    const told = await mapLimited(texts, 2, async text => {
      const args = ['matchexpression', text, '--largefiles', '--file=code/data.csv', '--size=5000', '--mimeencoding=us-ascii'];
      const { code } = await run('git-annex', args, { cwd: workspace.root, env: workspace.env, timeout: 60_000 });
      return code;
    });
    const ours = texts.map(text => {
      const parsed = parseExpression(text);
      return 'bad' in parsed
        ? 42
        : matches(parsed.expression, { path: 'code/data.csv', bytes: 5_000, encoding: 'us-ascii' })
          ? 0
          : 1;
    });
    expect(texts.map((text, at) => [text, told[at]])).toEqual(texts.map((text, at) => [text, ours[at]]));
    expect(new Set(told)).toEqual(new Set([0, 1, 42]));
  });
});
