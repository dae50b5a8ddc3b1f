import fc from 'fast-check';
import { same } from '../../../../tests/support/properties';
import { parsePast } from './parsePast';

describe('what commits brought', () => {
  const oid = fc.string({ unit: fc.constantFrom('0', '9', 'a', 'f'), minLength: 40, maxLength: 40 });
  const word = fc.string({ maxLength: 12 }).map(text => text.replace(/[\n"]/gu, ' '));

  it('is read whatever subjects and names hold', () => {
    const change = fc.record({ oid, path: word });
    const commit = fc.record({ id: oid, time: fc.nat(), subject: word, changes: fc.array(change, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(commit, { maxLength: 4 }), commits => {
        const text = commits
          .map(({ id, time, subject, changes }) =>
            [
              `>${id} ${time} ${subject}`,
              '',
              ...changes.map(({ oid: blob, path }) => `:000000 120000 ${'0'.repeat(40)} ${blob} A\t${path}`)
            ].join('\n')
          )
          .join('\n');
        same(
          [...parsePast(text)],
          commits.flatMap(({ changes, ...rest }) => changes.map(each => ({ ...each, commit: rest })))
        );
      })
    );
  });

  it('passes over what is no file, and any other text', () => {
    const sub = `:000000 160000 ${'0'.repeat(40)} ${'a'.repeat(40)} A\tsub`;
    expect([...parsePast(`${sub}\n>${'b'.repeat(40)} 1 x\n${sub}\n`)]).toEqual([]);
    fc.assert(fc.property(fc.string(), text => void [...parsePast(text)]));
  });
});
