import fc from 'fast-check';
import { visible, visibleLines } from './visible';

test.each([
  ["/bin/sh -c 'rm -rf ~'", "/bin/sh -c 'rm -rf ~'"],
  ['echo hi\u202e\u0007 ok', 'echo hi\\u202e␇ ok'],
  ['a\u200bb\u00adc\ufeffd\u00a0e\u3164f', 'a\\u200bb\\u00adc\\ufeffd\\u00a0e\\u3164f'],
  ['one\ntwo\r\n\t', 'one␊two␍␊␉'],
  ['ünïcode 数 😀', 'ünïcode 数 😀'],
  ['\udcff', '\\udcff'],
  ['a\u{e0001}b', 'a\\u{e0001}b'],
  ['a\u2800b\u115f\u1160\uffa0\u17b4\u17b5\ufffc', 'a\\u2800b\\u115f\\u1160\\uffa0\\u17b4\\u17b5\\ufffc'],
  ['a\u{1d159}b\u{13441}\u{13442}\u{16fe4}', 'a\\u{1d159}b\\u{13441}\\u{13442}\\u{16fe4}']
])('shows %j as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('tells how many blanks there are where they would move the rest out of sight', () => {
  expect(visible(`true${' '.repeat(3_000)}; rm -rf ~`)).toBe('true␣×3000; rm -rf ~');
  expect(visibleLines(`true${' \t\t'.repeat(1_000)}; rm -rf ~`)).toBe('true␣×3000; rm -rf ~');
  expect(visibleLines(`true${'\n'.repeat(3_000)}rm -rf ~`)).toBe('true\n␊×3000\nrm -rf ~');
  expect(visibleLines('if x:\n    y\n\n\tz\r\n\u202e')).toBe('if x:\n    y\n\n\tz␍\n\\u202e');
});

test('tells so of whatever looks like blanks, and of lines of them', () => {
  expect(visible(`echo hi${'\u2800'.repeat(3_000)}; rm -rf ~`)).toBe('echo hi\\u2800×3000; rm -rf ~');
  expect(visible(`echo hi ${'\u3164\u2800 '.repeat(1_000)}; rm -rf ~`)).toBe('echo hi\\u3164…×3001; rm -rf ~');
  expect(visible(`echo hi${'\n'.repeat(3_000)}; rm -rf ~`)).toBe('echo hi␊×3000; rm -rf ~');
  expect(visibleLines(`true${'\n\u2800'.repeat(3_000)}rm -rf ~`)).toBe('true\n\\u2800…␊×3000\n\\u2800rm -rf ~');
  expect(visibleLines(`true${'\u00a0'.repeat(3_000)}\n${'\t'.repeat(50)}rm`)).toBe('true\\u00a0×3000\n␣×50rm');
});

/** Characters that draw nothing, each alone and in mixtures. */
const BLANKS =
  ' \t\n\r\v\u00a0\u034f\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000\u200b\u2028\u202e\u2800\u3000\u3164\ufe0f\ufeff\uffa0\u{e0020}';
const blank = fc.constantFrom(...Array.from(BLANKS));

test('leaves nothing that is not seen', () => {
  const anything = fc.string({ unit: fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), blank) });
  const hidden = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;
  fc.assert(fc.property(anything, text => !hidden.test(visible(text))));
  fc.assert(fc.property(anything, text => !hidden.test(visibleLines(text).replace(/[\n\t]/gu, ''))));
});

test('keeps what stands behind thousands of blanks in sight', () => {
  const gap = fc.array(blank, { minLength: 1_000, maxLength: 3_000 }).map(chars => chars.join(''));
  fc.assert(
    fc.property(gap, hidden => {
      const text = `echo hi${hidden}; rm -rf ~`;
      return [visible(text), visibleLines(text)].every(shown => shown.endsWith('; rm -rf ~') && shown.length < 500);
    }),
    { numRuns: 200 }
  );
});
