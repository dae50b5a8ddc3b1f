import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { run } from '../../process/run';
import { fitsPattern } from './attributePattern';
import { linesSetting } from './attributesFile';

describe('the lines of a .gitattributes', () => {
  it('that set an attribute are found with their numbers and values', () => {
    const text = [
      '# annex.largefiles=nothing',
      '* annex.backend=MD5E',
      '  *.csv text annex.largefiles=nothing -diff',
      '"with space" annex.largefiles=anything\r',
      '"tab\\t\\303\\251" annex.largefiles',
      '*.png -annex.largefiles',
      '*.jpg !annex.largefiles',
      '[attr]big annex.largefiles=anything',
      '*.x annex.largefiles=a annex.largefiles=b',
      '*.y annex.largefiles=',
      '*.z annex.largefilesx=1'
    ].join('\n');
    expect(linesSetting('annex.largefiles', text)).toEqual([
      { line: 3, pattern: '*.csv', value: 'nothing' },
      { line: 4, pattern: 'with space', value: 'anything' },
      { line: 5, pattern: 'tab\té', value: 'set' },
      { line: 6, pattern: '*.png', value: 'unset' },
      { line: 7, pattern: '*.jpg', value: 'unspecified' },
      { line: 9, pattern: '*.x', value: 'b' },
      { line: 10, pattern: '*.y', value: '' }
    ]);
  });

  it('are read from any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', '\\', 'a', '=', '\n', ' ', '1', '[', ']', '*', '/', '-', '!') }), text =>
        linesSetting('a', text).every(({ line }) => line >= 1 && line <= text.split('\n').length)
      )
    );
  });
});

/** Patterns and paths that meet: of few characters, and those that mean something. */
const SIGN = fc.constantFrom('a', 'b', '.', '*', '**', '/', '?', '[ab]', '[!a]', '\\*', '\\/', '-');
const PATTERN = fc
  .array(SIGN, { minLength: 1, maxLength: 6 })
  .map(parts => parts.join(''))
  .filter(text => !/^[#"!]/u.test(text) && !text.startsWith('[attr]'));
const PATH = fc
  .array(fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '-'), minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 3
  })
  .filter(names => names.every(name => !/^\.+$/u.test(name)))
  .map(names => names.join('/'));

describe('a pattern', () => {
  let folder: string;
  const env = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'attributes-'));
    await run('git', ['init', '-q'], { cwd: folder, env, timeout: 20_000 });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('fits what git says it fits', async () => {
    const cases = fc.array(fc.tuple(PATTERN, PATH), { minLength: 600, maxLength: 600 });
    await fc.assert(
      fc.asyncProperty(cases, async pairs => {
        // Each pattern with an attribute of its own: one start of git answers for all of them.
        writeFileSync(join(folder, '.gitattributes'), pairs.map(([pattern], at) => `${pattern} r${at}`).join('\n'));
        const input = pairs.map(([, path]) => `${path}\0`).join('');
        const names = pairs.map((_, at) => `r${at}`);
        const { stdout } = await run('git', ['check-attr', '-z', '--stdin', ...names], {
          cwd: folder,
          env,
          input,
          timeout: 60_000
        });
        const fields = stdout.toString().split('\0');
        pairs.forEach(([pattern, path], at) => {
          const expected = fields[(at * names.length + at) * 3 + 2] === 'set';
          if (fitsPattern(pattern, path) !== expected) {
            throw new Error(`${pattern} and ${path}: git says ${expected}`);
          }
        });
      }),
      // To make a failing case smaller takes a start of git for each try: minutes.
      { numRuns: 4, endOnFailure: true }
    );
  });
});
