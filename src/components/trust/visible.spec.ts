import fc from 'fast-check';
import { visible } from './visible';

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

test('leaves nothing that is not seen', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => !/[\p{C}\p{Zl}\p{Zp}]/u.test(visible(text))));
});
