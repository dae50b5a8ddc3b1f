import fc from 'fast-check';
import { anyPathBytes, same } from '../../../../tests/support/properties';
import { decodePath, displayName } from '../../bytes';
import { parsePast } from './parsePast';

describe('what commits brought', () => {
  const oid = fc.string({ unit: fc.constantFrom('0', '9', 'a', 'f'), minLength: 40, maxLength: 40 });
  const head = (blob: string, mode = '120000'): string => `:000000 ${mode} ${'0'.repeat(40)} ${blob} A\0`;
  // Also names that look like something else in the output.
  const name = fc.oneof(
    anyPathBytes,
    fc.constantFrom(`>${'a'.repeat(40)} 1 x`, head('a'.repeat(40)).slice(0, -1), '"', '"quoted"').map(Buffer.from)
  );

  it('is read whatever subjects and names hold', () => {
    const change = fc.record({ oid, path: name });
    const commit = fc.record({ id: oid, time: fc.nat(), subject: name, changes: fc.array(change, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(commit, { maxLength: 4 }), commits => {
        const output = commits.flatMap(({ id, time, subject, changes }) => [
          Buffer.from(`>${id} ${time} `),
          subject,
          Buffer.of(0),
          ...changes.flatMap(({ oid: blob, path }, at) => [
            Buffer.from(`${at === 0 ? '\n' : ''}${head(blob)}`),
            path,
            Buffer.of(0)
          ])
        ]);
        same(
          [...parsePast(Buffer.concat(output))],
          commits.flatMap(({ changes, subject, ...rest }) =>
            changes.map(each => ({
              oid: each.oid,
              path: decodePath(each.path),
              commit: { ...rest, subject: displayName(decodePath(subject)) }
            }))
          )
        );
      })
    );
  });

  it('passes over what is no file, and any other text', () => {
    const sub = `${head('a'.repeat(40), '160000')}sub\0`;
    expect([...parsePast(Buffer.from(`${sub}>${'b'.repeat(40)} 1 x\0\n${sub}`))]).toEqual([]);
    fc.assert(fc.property(fc.uint8Array(), bytes => void [...parsePast(bytes)]));
  });
});
