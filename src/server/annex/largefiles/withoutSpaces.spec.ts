import fc from 'fast-check';
import { same } from '../../../../tests/support/properties';
import { parseExpression } from './expression';
import { withoutSpaces } from './withoutSpaces';

describe('an expression without spaces', () => {
  it.each([
    ['largerthan=100kb and not mimetype=text/*', '(largerthan=100kb)and(not(mimetype=text/*))'],
    ['not (include=*.csv or include=*.txt)', '(not((include=*.csv)or(include=*.txt)))'],
    ['nothing', 'nothing']
  ])('of %s is %s', (text, expected) => {
    expect(withoutSpaces(text)).toBe(expected);
  });

  it('means the same', () => {
    const condition = fc.constantFrom('anything', 'nothing', 'largerthan=1mb', 'include=*.csv', 'mimetype=text/*');
    const { tree } = fc.letrec<{ tree: string }>(tie => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        condition,
        tie('tree').map(of => `not ${of}`),
        tie('tree').map(of => `( ${of} )`),
        fc.tuple(tie('tree'), fc.constantFrom(' and ', ' or ', ' '), tie('tree')).map(parts => parts.join(''))
      )
    }));
    fc.assert(
      fc.property(tree, text => {
        const short = withoutSpaces(text);
        if (/\s/u.test(short)) {
          throw new Error(short);
        }
        same(JSON.stringify(parseExpression(short)), JSON.stringify(parseExpression(text)));
      })
    );
  });
});
