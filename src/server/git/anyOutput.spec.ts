import fc from 'fast-check';
import { anyPathBytes, orFailure, same } from '../../../tests/support/properties';
import { decodePath } from '../bytes';
import { GitConfig, parseConfigWithOrigins, parseEntries } from './config';
import { parseIndex, parseTree } from './entry';
import { parseBatch } from './objects';
import { parseRawDiff } from './rawDiff';
import { splitZero } from './split';

/** Records are made, printed as git prints them, and read: that must give the records. Then anything at all is read. */

const NUL = Buffer.from([0]);
const hex = fc.constantFrom(...'0123456789abcdef');
const oid = fc
  .tuple(hex, hex, fc.constantFrom(40, 64))
  .map(([head, rest, length]) => head.repeat(length / 2) + rest.repeat(length / 2));
const mode = fc.constantFrom('100644', '100755', '120000', '160000', '040000', '000000');
const entry = fc.record({ mode, oid, path: anyPathBytes, stage: fc.integer({ min: 0, max: 3 }) });
const entries = fc.array(entry, { maxLength: 4 });
const change = fc.record({
  oldMode: mode,
  newMode: mode,
  oldOid: oid,
  newOid: oid,
  status: fc.constantFrom('A', 'D', 'M', 'T', 'U'),
  path: anyPathBytes
});

const withText = <T extends { path: Buffer }>(record: T): T & { path: string } => ({ ...record, path: decodePath(record.path) });
const zeroEnded = (...fields: (string | Buffer)[]): Buffer =>
  Buffer.concat(fields.flatMap(field => [typeof field === 'string' ? Buffer.from(field) : field, NUL]));

describe('what git printed is what is read', () => {
  it('of the index: ls-files -s -z', () => {
    fc.assert(
      fc.property(entries, list => {
        const printed = list.map(({ mode, oid, stage, path }) => Buffer.concat([Buffer.from(`${mode} ${oid} ${stage}\t`), path]));
        same(parseIndex(zeroEnded(...printed)), list.map(withText));
      })
    );
  });

  it('of trees: ls-tree -z', () => {
    fc.assert(
      fc.property(entries, list => {
        const printed = list.map(({ mode, oid, path }) => Buffer.concat([Buffer.from(`${mode} blob ${oid}\t`), path]));
        const expected = list.map(item => ({ ...withText(item), stage: 0 }));
        same(parseTree(zeroEnded(...printed)), expected);
      })
    );
  });

  it('of differences: diff-index and diff-files --raw -z', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), list => {
        const printed = list.flatMap(({ oldMode, newMode, oldOid, newOid, status, path }) => [
          `:${oldMode} ${newMode} ${oldOid} ${newOid} ${status}`,
          path
        ]);
        same(parseRawDiff(zeroEnded(...printed)), list.map(withText));
      })
    );
  });

  it('of objects: cat-file --batch, with those that are missing', () => {
    const object = fc.record({ oid, content: fc.option(fc.uint8Array({ maxLength: 40 })) });
    fc.assert(
      fc.property(fc.array(object, { maxLength: 4 }), list => {
        const printed = list.flatMap(({ oid, content }) =>
          content === null
            ? [Buffer.from(`${oid} missing\n`)]
            : [Buffer.from(`${oid} blob ${content.length}\n`), content, Buffer.from('\n')]
        );
        const expected = list.flatMap(({ oid, content }) => (content === null ? [] : [[oid, Buffer.from(content)]]));
        same([...parseBatch(Buffer.concat(printed))], expected);
      })
    );
  });

  it('of configuration: config --list -z', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/);
    // A subsection may hold anything but a line break, dots first of all.
    const subsection = fc
      .option(fc.string({ unit: fc.constantFrom('a', 'B', '.', ' ', '"', '=', 'é', '/'), minLength: 1, maxLength: 6 }))
      .map(text => text ?? undefined);
    const setting = fc.record({ section: word, subsection, name: word, value: fc.option(anyPathBytes) });
    fc.assert(
      fc.property(fc.array(setting, { maxLength: 5 }), list => {
        const keyOf = (item: (typeof list)[number]): string =>
          [item.section, item.subsection, item.name].filter(part => part !== undefined).join('.');
        const printed = list.map(item =>
          item.value === null ? keyOf(item) : Buffer.concat([Buffer.from(`${keyOf(item)}\n`), item.value])
        );
        const config = new GitConfig(parseEntries(zeroEnded(...printed)));
        for (const item of list) {
          const last = list.findLast(other => keyOf(other) === keyOf(item));
          same(config.get(keyOf(item)), last?.value === null ? 'true' : decodePath(last!.value));
        }
        const sections = list.filter(({ section, subsection }) => section === list[0]?.section && subsection !== undefined);
        same(config.subsections(list[0]?.section ?? 'none'), [...new Set(sections.map(item => item.subsection))]);
      })
    );
  });
});

describe('anything at all', () => {
  const piece = fc.constantFrom(
    '100644 ',
    'blob ',
    'a'.repeat(40),
    ' missing\n',
    '\t',
    '\n',
    '\0',
    ' 0',
    ' 7',
    ' 99999999999999999999',
    ':',
    '-5'
  );
  const anything = fc
    .array(fc.oneof(piece, fc.uint8Array({ maxLength: 6 })), { maxLength: 12 })
    .map(parts => Buffer.concat(parts.map(part => Buffer.from(part as string))));

  it.each([
    ['splitZero', splitZero],
    ['parseIndex', parseIndex],
    ['parseTree', parseTree],
    ['parseRawDiff', parseRawDiff],
    ['parseBatch', (output: Buffer) => [...parseBatch(output)]],
    ['parseEntries', (output: Buffer) => new GitConfig(parseEntries(output)).subsections('remote')],
    ['parseConfigWithOrigins', (output: Buffer) => parseConfigWithOrigins(output).files]
  ])('%s reads it or says that it cannot', (_, parse) => {
    let read = 0;
    fc.assert(
      fc.property(anything, output => {
        read += orFailure(() => parse(output)) === undefined ? 0 : 1;
      })
    );
    expect(read).toBeGreaterThan(0);
  });

  it('that was cut off is not taken for whole', () => {
    const whole = Buffer.from(`${'a'.repeat(40)} blob 5\nhello\n`);
    for (let length = 1; length < whole.length; length += 1) {
      expect(() => [...parseBatch(whole.subarray(0, length))]).toThrow('git');
    }
  });
});
