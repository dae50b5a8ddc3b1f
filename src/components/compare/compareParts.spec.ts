import fc from 'fast-check';
import { same } from '../../../tests/support/properties';
import type { Body, SideContent } from '../../protocol/compare';
import { contentsPath } from '../../protocol/paths';
import { trans } from '../testing.fixtures';
import { diffConfig, replacement } from './editorParts';
import { lineChanges } from './lines';
import { comparePixels } from './pixels';
import { sideDetail, sideName } from './sideWords';
import { hasEndlessLine, textFacts } from './textFacts';
import { viewsOf } from './viewOf';

const text = fc.stringMatching(/^[ab\n\r ]{0,20}$/);

function content(body: Body): SideContent {
  return { path: contentsPath('study/x'), facts: null, body };
}
const ofText = (value: string): SideContent => content({ type: 'text', text: value });
const ABSENT = content({ type: 'absent' });

test('a text with its part replaced is the other one', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const found = replacement(before, after);
      const made = found === null ? before : before.slice(0, found.from) + found.insert + before.slice(found.to);
      same(made, after);
    })
  );
});

test('white space that is ignored is that within lines', () => {
  const changes = (a: string, b: string): number => diffConfig(true).override?.(a, b).length ?? -1;
  expect(changes('a b\nc', 'a  b \nc')).toBe(0);
  expect(changes('a\nc', 'a\n\nc')).toBe(1);
  expect(changes('a\nc', 'a\nd')).toBe(1);
});

test.each([
  ['', 'none', true],
  ['a', 'none', false],
  ['a\nb\n', 'LF', true],
  ['a\r\nb', 'CRLF', false],
  ['a\r\nb\n', 'mixed', true]
])('the lines of %j end with %s', (value, ends, ended) => {
  expect(textFacts(value)).toEqual({ ends, ended });
});

test('an endless line is told from many lines', () => {
  expect([hasEndlessLine('a\n'.repeat(50_000)), hasEndlessLine(`a\n${'b'.repeat(20_001)}`)]).toEqual([false, true]);
});

test.each<[string, SideContent, SideContent, string]>([
  ['a.txt', ofText('a'), ofText('b'), 'text'],
  ['a.txt', ABSENT, ofText('b'), 'text'],
  ['a.csv', ofText('a'), ofText('b'), 'table,text'],
  ['a.csv', ofText('a\n'.repeat(20_001)), ofText('b'), 'text'],
  ['a.ipynb', ofText('a'), ofText('b'), 'notebook,text'],
  ['a.json', ofText('x'.repeat(30_000)), ofText('b'), 'hunks'],
  ['a.txt', content({ type: 'too-large', what: 'text' }), ofText('b'), 'hunks'],
  ['a.png', content({ type: 'too-large', what: 'image' }), ABSENT, 'facts'],
  ['a.png', content({ type: 'image', mime: 'image/png', data: '' }), ABSENT, 'image'],
  ['a.svg', content({ type: 'image', mime: 'image/svg+xml', data: '' }), ABSENT, 'image,text'],
  ['a.bin', content({ type: 'binary' }), content({ type: 'not-here' }), 'facts'],
  ['a.txt', content({ type: 'link', target: 'b' }), ofText('b'), 'facts'],
  ['gone', ABSENT, ABSENT, 'facts']
])('%s is compared as it can be', (name, before, after, views) => {
  expect(viewsOf(name, before, after).join()).toBe(views);
});

test('lines that changed stand with a few around them', () => {
  const lines = Array.from({ length: 20 }, (_, at) => `line ${at}`);
  const found = lineChanges(lines.join('\n'), [...lines.slice(0, 10), 'new', ...lines.slice(11)].join('\n'));
  expect(found.lines.map(({ sign }) => sign[0]).join('')).toBe('sssrasss');
  expect(lineChanges('', 'a').lines).toEqual([{ sign: 'added', text: 'a' }]);
});

test('pixels are counted where somebody would see a difference', () => {
  const one = Uint8ClampedArray.from([0, 0, 0, 255, 100, 100, 100, 255, 5, 5, 5, 255]);
  const other = Uint8ClampedArray.from([0, 0, 0, 255, 200, 100, 100, 255, 9, 9, 9, 255]);
  expect(comparePixels(one, other)).toBe(1);
  expect([...other.slice(4, 7)]).toEqual([200, 0, 160]);
});

test('sides in words, with messages shown harmlessly', () => {
  const id = '0'.repeat(40);
  const now = new Date(2026, 5, 1, 12).getTime();
  const commit = { id, short: '0000000', subject: 'x\u202ey\u001b[31m', time: new Date(2024, 0, 5).getTime() };
  const found = { side: id, commit } as Parameters<typeof sideName>[0];
  expect([sideName({ side: 'worktree' }, 'worktree', trans), sideName({ side: 'nothing' }, 'HEAD', trans)]).toEqual([
    'now',
    'nothing'
  ]);
  expect([sideName(found, 'HEAD', trans), sideName(found, found.side, trans)]).toEqual(['last save', '0000000']);
  expect(sideDetail(found, 'HEAD', now)).toMatch(/^0000000 · x\\u202ey␛\[31m · .*2024/);
  expect(sideDetail({ side: 'worktree' }, 'worktree', now)).toBe('');
});
