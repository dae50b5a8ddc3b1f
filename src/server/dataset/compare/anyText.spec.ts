import fc from 'fast-check';
import { anyPathBytes, orFailure, same } from '../../../../tests/support/properties';
import { LONGEST_LINE, MOST_LINES } from '../../../protocol/compare';
import { decodePath } from '../../bytes';
import { parseRenamedDiff } from '../../git/renamedDiff';
import { sniff, textBody } from './bodyOf';
import { parseHunks } from './parseHunks';

const oid = fc.constantFrom('0'.repeat(40), 'abcdef0123'.repeat(4));
const record = fc.record({
  status: fc.constantFrom('A', 'D', 'M', 'T', 'U', 'R'),
  oid,
  path: anyPathBytes,
  oldPath: anyPathBytes,
  score: fc.nat(100)
});

test('records of git with any names are read as they were written', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 3 }), records => {
      const output = Buffer.concat(
        records.flatMap(({ status, oid, path, oldPath, score }) => [
          Buffer.from(`:100644 120000 ${oid} ${oid} ${status}${status === 'R' ? String(score).padStart(3, '0') : ''}\0`),
          ...(status === 'R' ? [oldPath, Buffer.from('\0')] : []),
          path,
          Buffer.from('\0')
        ])
      );
      const expected = records.map(({ status, oid, path, oldPath }) => ({
        oldMode: '100644',
        newMode: '120000',
        oldOid: oid,
        newOid: oid,
        status,
        path: decodePath(path),
        ...(status === 'R' ? { oldPath: decodePath(oldPath) } : {})
      }));
      same(parseRenamedDiff(output), expected);
    })
  );
});

test('whatever else git prints is a failure, and no hunk is longer than is said', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), bytes => {
      orFailure(() => parseRenamedDiff(bytes));
      const { hunks, added, removed } = parseHunks(Buffer.concat([Buffer.from('@@ -1 +1 @@\n'), bytes]));
      const signs = hunks.flatMap(({ lines }) => lines.map(({ sign }) => sign));
      same([signs.filter(sign => sign === 'added').length, signs.filter(sign => sign === 'removed').length], [added, removed]);
    })
  );
});

test('hunks are bounded, and say so', () => {
  const many = parseHunks(Buffer.from(`@@ -0,0 +1,9000 @@\n${'+x\n'.repeat(9_000)}`));
  expect(many).toMatchObject({ added: 9_000, removed: 0, truncated: true });
  expect(many.hunks[0]?.lines).toHaveLength(MOST_LINES);
  const long = parseHunks(
    Buffer.from(`diff --git a b\n--- a\n+++ b\n@@ -1 +1 @@ f()\n-é${'x'.repeat(50_000)}\n+y\n\\ No newline at end of file\n`)
  );
  expect(long).toMatchObject({ added: 1, removed: 1, truncated: true });
  expect(long.hunks[0]?.lines[0]?.text).toHaveLength(LONGEST_LINE);
});

test.each([
  ['a.png', '\x89PNG\r\n\x1a\n\0', 'image/png'],
  ['a.txt', '\xff\xd8\xff\0', 'image/jpeg'],
  ['a.png', 'no picture', 'text'],
  ['bmp.txt', 'BMW is a car', 'text'],
  ['a.svg', '<?xml version="1.0"?><svg/>', 'image/svg+xml'],
  ['a.html', '<svg/>', 'text'],
  ['a.dat', 'a\0b', 'binary'],
  ['a.txt', '', 'text']
])('%s with %j is %s', (name, head, what) => {
  expect(sniff(name, Buffer.from(head, 'latin1'))).toBe(what);
});

test('text in UTF-8 is itself, and any other is said to be damaged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text =>
      same(textBody(Buffer.from(text)), { type: 'text', text: Buffer.from(text).toString() })
    )
  );
  expect(textBody(Buffer.from([0x61, 0xff]))).toEqual({ type: 'text', text: 'a\ufffd', damaged: true });
});
