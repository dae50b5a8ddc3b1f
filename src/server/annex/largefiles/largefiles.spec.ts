import fc from 'fast-check';
import { readDataSize } from './dataSize';
import { matches, type IFileFacts } from './evaluate';
import { looksInside, parseExpression } from './expression';

const FILE: IFileFacts = { path: 'code/data.csv', bytes: 5_000, encoding: 'us-ascii' };

/** What a save would do with the file; a text where the expression cannot be read. */
function annexed(text: string, file: Partial<IFileFacts> = {}): boolean | null | string {
  const parsed = parseExpression(text);
  return 'bad' in parsed ? parsed.bad : matches(parsed.expression, { ...FILE, ...file });
}

describe('a size', () => {
  // Each as `git annex matchexpression` takes it.
  it.each([
    ['0', 0],
    ['100', 100],
    ['100kb', 100_000],
    ['100K', 100_000],
    ['100KiB', 102_400],
    ['1.5MB', 1_500_000],
    ['2megabytes', 2_000_000],
    ['1Mbit', 125_000],
    ['1e3', 1_000],
    ['1gib', 2 ** 30],
    ['10bytes', 10],
    ['5b', 5],
    ['0.5', 0],
    ['1.5', 2],
    ['7.', 7],
    ['1mb!', 1_000_000],
    ['', null],
    ['.5mb', null],
    ['big', null],
    ['10parsecs', null],
    ['10kbits', null],
    ['1m', 1_000_000]
  ])('%s is %s', (text, bytes) => {
    expect(readDataSize(text)).toBe(bytes);
  });
});

describe('an expression', () => {
  it.each<[string, boolean | null | string]>([
    ['', true],
    ['anything', true],
    ['nothing', false],
    ['largerthan=4kb', true],
    ['largerthan=5kb', false],
    ['smallerthan=5001b', true],
    ['include=*.csv', true],
    ['include=*.CSV', false],
    ['include=data.csv', false],
    ['include=code/*', true],
    ['include=*/dat?.[ct]sv', true],
    ['exclude=*.csv', false],
    ['unused', false],
    ['mimeencoding=binary', false],
    ['mimeencoding=us-*', true],
    ['((mimeencoding=binary)and(largerthan=0))', false],
    ['mimetype=text/*', null],
    ['mimetype=text/* and largerthan=1mb', false],
    ['mimetype=text/* or largerthan=1kb', true],
    ['not mimetype=text/*', null],
    // Left to right, whatever the word.
    ['anything or nothing and nothing', false],
    ['anything or (nothing and nothing)', true],
    ['not anything or anything', true],
    ['not (anything or anything)', false],
    ['not not anything', true],
    ['anything not nothing', true],
    ['anything nothing', false],
    ['include=*.csv include=code/*', true],
    ['((anything', true],
    ['anything))', true],
    ['(include=*.csv or include=*.tsv) and largerthan=1kb', true],
    ['foo', 'foo'],
    ['anything and foo=1', 'foo=1'],
    ['largerthan=huge', 'largerthan=huge'],
    ['include=[', 'include=['],
    ['unset', 'unset']
  ])('%s: %s', (text, outcome) => {
    expect(annexed(text)).toBe(outcome);
  });

  it('says whether the content has to be looked at', () => {
    const inside = (text: string): boolean => {
      const parsed = parseExpression(text);
      return 'expression' in parsed && looksInside(parsed.expression);
    };
    expect(inside('not (largerthan=0 and mimeencoding=binary)')).toBe(true);
    expect(inside('mimetype=text/* or include=*.csv')).toBe(false);
  });

  it('is not sure of the encoding of a file that was not looked at, but of what does not depend on it', () => {
    expect(annexed('mimeencoding=binary', { encoding: null })).toBeNull();
    expect(annexed('mimeencoding=binary and nothing', { encoding: null })).toBe(false);
    expect(annexed('mimeencoding=*', { encoding: null })).toBe(true);
    expect(annexed('include=a*', { path: 'a\nb' })).toBeNull();
  });
});

type Tree = boolean | { not: Tree } | { and: [Tree, Tree] } | { or: [Tree, Tree] };

const { tree } = fc.letrec<{ tree: Tree }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.boolean(),
    fc.record({ not: tie('tree') }),
    fc.record({ and: fc.tuple(tie('tree'), tie('tree')) }),
    fc.record({ or: fc.tuple(tie('tree'), tie('tree')) })
  )
}));

/** The tree as one would write it, each part in parentheses. */
function written(of: Tree): string {
  if (typeof of === 'boolean') {
    return of ? 'anything' : 'nothing';
  }
  if ('not' in of) {
    return `not(${written(of.not)})`;
  }
  return 'and' in of ? `(${of.and.map(written).join(')and(')})` : `(${of.or.map(written).join(') or (')})`;
}

function value(of: Tree): boolean {
  if (typeof of === 'boolean') {
    return of;
  }
  return 'not' in of ? !value(of.not) : 'and' in of ? of.and.every(value) : of.or.some(value);
}

describe('any expression', () => {
  it('means what its parentheses say', () => {
    fc.assert(fc.property(tree, of => annexed(written(of)) === value(of)));
  });

  it('of words of the language and others is read or refused, never worse, and what is refused names one of its words', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'and',
        'or',
        'not',
        '(',
        ')',
        'anything',
        'nothing',
        'largerthan=1',
        'include=*',
        'mimetype=x',
        'foo',
        '=',
        'include='
      ),
      fc.string({ maxLength: 6 })
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), words => {
        const text = words.join(' ');
        const parsed = parseExpression(text);
        return 'bad' in parsed ? text.includes(parsed.bad) : [true, false, null].includes(matches(parsed.expression, FILE));
      })
    );
  });

  it('that is sure without a look inside stays so with one', () => {
    const leaf = fc.constantFrom('mimeencoding=binary', 'mimeencoding=us-ascii', 'anything', 'nothing', 'largerthan=9kb', 'not');
    fc.assert(
      fc.property(fc.array(fc.tuple(leaf, fc.constantFrom('and', 'or', '')), { minLength: 1, maxLength: 6 }), parts => {
        const text = parts.flat().join(' ');
        const before = annexed(text, { encoding: null });
        return before === null || before === annexed(text);
      })
    );
  });
});
