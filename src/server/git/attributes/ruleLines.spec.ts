import fc from 'fast-check';
import { RULE_ATTRIBUTES, type RuleEdit } from '../../../protocol/rules';
import { anyPathBytes, same } from '../../../../tests/support/properties';
import { decodePath, encodePath } from '../../bytes';
import { edited, ruleLines } from './ruleLines';

const FILE = [
  '# Data go into the annex',
  '* annex.backend=MD5E',
  '',
  '"a b" text  annex.largefiles=nothing  -diff',
  '!no annex.largefiles=nothing',
  'dir/ annex.numcopies=2',
  '[attr]big annex.largefiles=anything',
  '*.dat big',
  'alone',
  '"open annex.numcopies=2'
].join('\n');

describe('lines of rules', () => {
  it('are told apart', () => {
    expect(ruleLines(`${FILE}\n`).map(({ kind, pattern, problem }) => [kind, pattern, problem])).toEqual([
      ['comment', '', undefined],
      ['rule', '*', undefined],
      ['blank', '', undefined],
      ['rule', 'a b', undefined],
      ['broken', '!no', 'negative'],
      ['rule', 'dir/', 'folder'],
      ['other', '[attr]big', undefined],
      ['other', '*.dat', undefined],
      ['broken', 'alone', 'nothing-set'],
      ['broken', '"open', 'quote']
    ]);
    expect(ruleLines(FILE)[3]).toMatchObject({
      settings: [{ attribute: 'annex.largefiles', value: 'nothing' }],
      others: ['text', '-diff']
    });
  });

  it('keep what is not edited', () => {
    const after = edited(FILE, {
      do: 'change',
      line: 4,
      rule: {
        pattern: 'a b',
        settings: [
          { attribute: 'annex.largefiles', value: 'anything' },
          { attribute: 'annex.numcopies', value: '2' }
        ]
      }
    });
    expect(after).toBe(
      FILE.replace(
        '"a b" text  annex.largefiles=nothing  -diff',
        '"a b" text  annex.largefiles=anything  -diff annex.numcopies=2'
      )
    );
    expect(edited(FILE, { do: 'move', line: 10, to: 1 }).split('\n')[0]).toBe('"open annex.numcopies=2');
    const add: RuleEdit = { do: 'add', rule: { pattern: 'c d', settings: [{ attribute: 'annex.backend', value: 'SHA1' }] } };
    expect(edited('a b', add)).toBe('a b\n"c d" annex.backend=SHA1\n');
    expect(edited('a b\r\n', add)).toBe('a b\r\n"c d" annex.backend=SHA1\r\n');
    expect(edited('a b', { do: 'remove', line: 1 })).toBe('');
  });

  it('of any file are all its bytes, and a line that is moved away and back changes none', () => {
    const anyFile = fc.array(anyPathBytes, { maxLength: 4 }).map(parts => Buffer.concat(parts));
    fc.assert(
      fc.property(anyFile, fc.nat(20), fc.nat(20), (bytes, one, other) => {
        const text = decodePath(bytes);
        const lines = ruleLines(text);
        same(encodePath(lines.map(line => line.text).join('\n') + (text.endsWith('\n') ? '\n' : '')), bytes);
        if (lines.length > 0 && text.endsWith('\n')) {
          const [from, to] = [1 + (one % lines.length), 1 + (other % lines.length)];
          same(edited(edited(text, { do: 'move', line: from, to }), { do: 'move', line: to, to: from }), text);
        }
      })
    );
  });

  it('of any pattern are read as they were meant', () => {
    const pattern = anyPathBytes.map(decodePath).filter(text => !/[\n\r]|^(?:!|\[attr\])|^$/u.test(text));
    fc.assert(
      fc.property(pattern, fc.constantFrom(...RULE_ATTRIBUTES), (name, attribute) => {
        const settings = [{ attribute, value: '2' }];
        const [line] = ruleLines(edited('', { do: 'add', rule: { pattern: name, settings } }));
        same([line?.pattern, line?.settings], [name, settings]);
      })
    );
  });
});
