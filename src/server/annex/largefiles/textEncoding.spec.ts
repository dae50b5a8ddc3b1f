import fc from 'fast-check';
import { encodingOf, ENCODING_WINDOW } from './textEncoding';

/** What libmagic 5.41 says, as git-annex's wheel has it; `tests/integration/libmagic.spec.ts` asks it about many more. */
const SAMPLES: readonly (readonly [content: string, encoding: string])[] = [
  ['', 'binary'],
  ['a', 'binary'],
  ['ab', 'us-ascii'],
  ['a\x0bb', 'us-ascii'],
  ['\x1b[0m', 'us-ascii'],
  ['a\x85', 'us-ascii'],
  ['h\x01', 'binary'],
  ['abc\0', 'binary'],
  ['h\xc3\xa4', 'utf-8'],
  ['\xef\xbb\xbf', 'utf-8'],
  ['\xc3\xa4b\xc3', 'utf-8'],
  ['ab\xc3', 'iso-8859-1'],
  ['h\xe4', 'iso-8859-1'],
  ['h\x81', 'unknown-8bit'],
  ['\xed\xa0\x80', 'unknown-8bit'],
  ['\xef\xbb\xbf\x01ab', 'binary'],
  ['\xff\xfea\0', 'utf-16le'],
  ['\xfe\xff\0a', 'utf-16be'],
  ['\xff\xfe\x01\0', 'binary'],
  ['\xff\xfe\xfe\xff', 'iso-8859-1'],
  ['\xff\xfe\0\0a\0\0\0', 'utf-32le'],
  ['\0\0\xfe\xff\0\0\0a', 'utf-32be'],
  ['+/v8a', 'utf-7'],
  ['+/v8', 'us-ascii'],
  ['\x7fab', 'ebcdic'],
  ['\x89PNG\r\n\x1a\n\0\0', 'binary']
];

describe('encodingOf', () => {
  it.each(SAMPLES)('%j is %s', (content, encoding) => {
    expect(encodingOf(Buffer.from(content, 'latin1'))).toBe(encoding);
  });

  it('takes any text for text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 2 }), text => {
        const printable = text.replace(/\p{Cc}/gu, ' ');
        return encodingOf(Buffer.from(printable)) !== 'binary' || Buffer.from(printable).length < 2;
      })
    );
  });

  it('knows any bytes, and those with a NUL as binary unless they begin as wide characters, or look like EBCDIC', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), bytes => {
        const content = Buffer.from(bytes);
        const marked = /^(?:fffe|feff|0000feff)/.test(content.toString('hex'));
        return marked || !content.includes(0) || encodingOf(content) === 'binary';
      })
    );
  });

  it('is told by as much as libmagic looks at', () => {
    expect(ENCODING_WINDOW).toBe(65_536);
  });
});
