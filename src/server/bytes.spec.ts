import * as fc from 'fast-check';
import { decodePath, displayName, encodePath, isUtf8 } from './bytes';

describe('paths as bytes', () => {
  it('keeps every byte sequence', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
        expect([...encodePath(decodePath(bytes))]).toEqual([...bytes]);
      })
    );
  });

  it('leaves valid UTF-8 as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        expect(decodePath(Buffer.from(text))).toBe(text);
        expect(isUtf8(text)).toBe(true);
      })
    );
  });

  it('shows what is no UTF-8 as hexadecimal', () => {
    expect(displayName(decodePath(Buffer.from([0x61, 0xff, 0x62])))).toBe('a\\xffb');
  });
});
