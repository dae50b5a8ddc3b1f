import fc from 'fast-check';
import { same } from '../../tests/support/properties';
import { pathspecsOf, searchLine } from './historySearch';

test.each([
  ['mask.py', [':(glob)**/mask.py', ':(glob)**/mask.py/**']],
  ['code/mask.py', [':(glob)code/mask.py', ':(glob)code/mask.py/**']],
  ['/mask.py', [':(glob)mask.py', ':(glob)mask.py/**']],
  ['./code//mask.py', [':(glob)code/mask.py', ':(glob)code/mask.py/**']],
  ['figures/', [':(glob)**/figures/**']],
  ['code/figures/', [':(glob)code/figures/**']],
  ['../../etc/passwd', [':(glob)etc/passwd', ':(glob)etc/passwd/**']],
  [':(exclude)a', [':(glob)**/:(exclude)a', ':(glob)**/:(exclude)a/**']],
  ['a[1]\\', [':(glob)**/a\\[1\\]\\\\', ':(glob)**/a\\[1\\]\\\\/**']],
  ['/', []],
  ['..', []]
])('%j is looked for by %j', (typed, specs) => {
  expect(pathspecsOf(typed)).toEqual(specs);
});

test('whatever is typed is behind the magic of ours, and leads nowhere else', () => {
  const piece = fc.oneof(
    fc.constantFrom('/', '..', '.', ':', '(', ')', '!', '^', '*', '?', '[', ']', '\\', '-'),
    fc.string({ maxLength: 3 })
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
      for (const spec of pathspecsOf(pieces.join(''))) {
        const names = spec.replace(':(glob)', '').split('/');
        same([spec.startsWith(':(glob)'), names.filter(name => ['', '.', '..'].includes(name))], [true, []]);
      }
    })
  );
});

test('the line for a terminal is quoted, and names the branch where there is one', () => {
  expect(searchLine({ message: "it's", path: 'a' }, null)).toBe(
    "git log --fixed-strings --regexp-ignore-case --all-match '--grep=it'\\''s' -- ':(glob)**/a' ':(glob)**/a/**'"
  );
  expect(searchLine({ since: 1_500, path: 'a/b' }, 'main')).toBe(
    "git log '--since=@2 +0000' main -- ':(glob)a/b' ':(glob)a/b/**'"
  );
});
