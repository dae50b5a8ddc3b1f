import fc from 'fast-check';
import { same } from '../../../../../tests/support/properties';
import { explains, type ILinePart, lineEnds, linesOf, parseParts, takeBack, withoutReturns, withReturns } from './lineParts';

const anyLine = fc
  .array(fc.constantFrom(0x61, 0x62, 0x20, 0x2d, 0x2b, 0x40, 0x5c, 0x0d, 0xe9, 0xff), { maxLength: 4 })
  .map(bytes => Buffer.from([...bytes, 0x0a]));
const anyLines = fc.array(anyLine, { maxLength: 4 });
/** Lines that stayed, followed by lines that took the place of others. */
const anyPieces = fc.array(
  fc
    .record({ same: anyLines, before: anyLines, after: anyLines })
    .filter(({ before, after }) => before.length + after.length > 0),
  { maxLength: 5 }
);

function textsOf(pieces: { same: Buffer[]; before: Buffer[]; after: Buffer[] }[], end: Buffer[]) {
  const [before, after]: [Buffer[], Buffer[]] = [[], []];
  const parts = pieces.map((piece): ILinePart => {
    before.push(...piece.same);
    after.push(...piece.same);
    const [one, other] = [before.length, after.length];
    before.push(...piece.before);
    after.push(...piece.after);
    return { before: [one, before.length], after: [other, after.length] };
  });
  return { parts, before: [...before, ...end], after: [...after, ...end] };
}

describe('the parts of a changed text', () => {
  it('are taken back all, none or some, and nothing else is touched', () => {
    fc.assert(
      fc.property(anyPieces, anyLines, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (pieces, end, ticks) => {
        const { parts, ...texts } = textsOf(pieces, end);
        const all = new Set(parts.keys());
        same(takeBack(parts, texts, all), Buffer.concat(texts.before));
        same(takeBack(parts, texts, new Set()), Buffer.concat(texts.after));
        const chosen = new Set([...all].filter(number => ticks[number]));
        const expected = [
          ...pieces.flatMap((piece, at) => [...piece.same, ...(chosen.has(at) ? piece.before : piece.after)]),
          ...end
        ];
        same(takeBack(parts, texts, chosen), Buffer.concat(expected));
        same(explains(parts, texts.before, texts.after), true);
        same(explains(parts, [...texts.before, Buffer.from('x')], texts.after), false);
      })
    );
  });

  it('are lines with their ends, whatever bytes these hold', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
        const text = Buffer.from(bytes);
        same(Buffer.concat(linesOf(text)), text);
        linesOf(text)
          .slice(0, -1)
          .forEach(line => same(line.indexOf(10), line.length - 1));
        if (!text.includes(13)) {
          same(withoutReturns(withReturns(text)), text);
        }
      })
    );
  });

  it('stand where git says, also where there are none of one side', () => {
    const output = Buffer.from('--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@ f\n a\n@@ -7 +8,0 @@\n-b\n@@ -0,0 +1,2 @@\n+@@ -3 +3 @@\n');
    expect(parseParts(output)).toEqual([
      { before: [0, 2], after: [0, 3] },
      { before: [6, 7], after: [8, 8] },
      { before: [0, 0], after: [0, 2] }
    ]);
  });

  it('know how lines end', () => {
    const of = (text: string): string => lineEnds(linesOf(Buffer.from(text)));
    expect(['a\nb', 'a\r\nb', 'a\r\nb\n', 'a\rb', ''].map(of)).toEqual(['lf', 'crlf', 'mixed', 'lf', 'lf']);
  });
});
