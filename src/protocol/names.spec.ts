import { holdsForeignBytes, pathOfText, plainName, shownName, textOfPath } from './names';

function wire(...bytes: number[]): string {
  return `bytes:${Buffer.from(bytes).toString('base64url')}`;
}

test.each([
  ['study/a b.bin', 'study/a b.bin'],
  ['new\nline', 'new␊line'],
  ['tab\tesc\x1b[31m', 'tab␉esc␛[31m'],
  ['del\x7f c1\u009b', 'del␡ c1\\u009b'],
  ['\u202egpj.exe', '\\u202egpj.exe'],
  ['\u2066iso\u2069', '\\u2066iso\\u2069'],
  ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
  ['a\u200db', 'a\\u200db'],
  ['👩\u200d🔬 می\u200cخواهم', '\u2066👩\u200d🔬 می\u200cخواهم\u2069'],
  ['a/שלום 1.bin/b', 'a/\u2066שלום 1.bin\u2069/b'],
  ['\u2067שלום\u2069', '\u2066\\u2067שלום\\u2069\u2069'],
  [' x  ', '␣x␣␣'],
  ['é e\u0301 😀', 'é e\u0301 😀'],
  [wire(0x61, 0xff, 0x62), 'a\\xffb'],
  [wire(0xe2, 0x82, 0x0a, 0x1b), '\\xe2\\x82␊␛'],
  ['bytes:', 'bytes:'],
  ['<img src=x>', '<img src=x>']
])('%j shows as %j', (path, shown) => {
  expect(shownName(path)).toBe(shown);
});

test('the name of a control has nothing around it', () => {
  expect(plainName('a/שלום 1.bin\n')).toBe('a/שלום 1.bin␊');
});

test('bytes on the wire are the text they stand for', () => {
  expect(textOfPath(wire(0x61, 0xff, 0xc3, 0xa9))).toBe('a\udcffé');
  expect(textOfPath('bytes')).toBe('bytes');
  for (const text of ['a\udcffé', '😀\udc80', 'bytes:YQ', 'study/é 😀', '']) {
    expect(textOfPath(pathOfText(text))).toBe(text);
  }
  expect(['a\udcff', '😀', wire(0xff)].map(holdsForeignBytes)).toEqual([true, false, false]);
});
