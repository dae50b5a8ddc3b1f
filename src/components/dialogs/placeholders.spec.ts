import { completed, typedAt } from './placeholders';

test('a placeholder is typed behind one brace, not behind a doubled one', () => {
  expect(typedAt('cat {in', 7)).toEqual({ start: 5, name: 'in' });
  expect(typedAt('cat {', 5)).toEqual({ start: 5, name: '' });
  expect(typedAt('cat {{{inputs[0', 15)).toEqual({ start: 7, name: 'inputs[0' });
  for (const text of ['cat {{in', 'cat {in }', 'cat {print $', 'cat', '']) {
    expect([text, typedAt(text, text.length)]).toEqual([text, null]);
  }
});

test('it is filled up to its brace, of which there is one afterwards', () => {
  expect(completed('cat {in > x', { start: 5, name: 'in' }, 'inputs[0]')).toEqual({ command: 'cat {inputs[0]} > x', caret: 15 });
  expect(completed('cat {in} > x', { start: 5, name: 'in' }, 'inputs')).toEqual({ command: 'cat {inputs} > x', caret: 12 });
});
