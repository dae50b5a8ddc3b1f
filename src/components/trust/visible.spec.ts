import fc from 'fast-check';
import { visible, visibleLines } from './visible';

test.each([
  ["/bin/sh -c 'rm -rf ~'", "/bin/sh -c 'rm -rf ~'"],
  ['echo hi\u202e\u0007 ok', 'echo hi\\u202e␇ ok'],
  ['a\u200bb\u00adc\ufeffd\u00a0e\u3164f', 'a\\u200bb\\u00adc\\ufeffd\\u00a0e\\u3164f'],
  ['one\ntwo\r\n\t', 'one␊two␍␊␉'],
  ['ünïcode 数 😀', 'ünïcode 数 😀'],
  ['\udcff', '\\udcff'],
  ['a\u{e0001}b', 'a\\u{e0001}b']
])('shows %j as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('tells how many blanks there are where they would move the rest out of sight', () => {
  expect(visible(`true${' '.repeat(3_000)}; rm -rf ~`)).toBe('true␣×3000; rm -rf ~');
  expect(visibleLines(`true${' \t\t'.repeat(1_000)}; rm -rf ~`)).toBe('true␣×3000; rm -rf ~');
  expect(visibleLines(`true${'\n'.repeat(3_000)}rm -rf ~`)).toBe('true\n␊×3000\nrm -rf ~');
  expect(visibleLines('if x:\n    y\n\n\tz\r\n\u202e')).toBe('if x:\n    y\n\n\tz␍\n\\u202e');
});

test('leaves nothing that is not seen', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => !/[\p{C}\p{Zl}\p{Zp}]/u.test(visible(text))));
});
