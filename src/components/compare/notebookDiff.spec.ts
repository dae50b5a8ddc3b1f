import fc from 'fast-check';
import { same } from '../../../tests/support/properties';
import { diffCells, type INotebookCell, isSame, parseNotebook } from './notebookDiff';

function cell(source: string, more: Partial<INotebookCell> = {}): INotebookCell {
  return { type: 'code', source, outputs: [], facts: {}, ...more };
}

const words = ['x = 1', 'y = 2', 'plot(x)\nshow()', 'plot(x)\nsave()'];
const cells = fc.array(
  fc
    .record({ source: fc.constantFrom(...words), id: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }) })
    .map(({ source, id }) => cell(source, id === undefined ? {} : { id })),
  { maxLength: 8 }
);

test('every cell stands once and in order, whatever their ids are', () => {
  fc.assert(
    fc.property(cells, cells, (before, after) => {
      const changes = diffCells(before, after);
      same([changes.flatMap(change => change.before ?? []), changes.flatMap(change => change.after ?? [])], [before, after]);
      return changes.filter(isSame).every(change => change.before?.source === change.after?.source);
    })
  );
});

test('a notebook differs in nothing from itself', () => {
  fc.assert(fc.property(cells, all => diffCells(all, all).every(isSame)));
});

test('cells are known by id, and without one by what they have in common', () => {
  const [changed, alike, added, removed] = diffCells(
    [cell('a = 1', { id: 'one' }), cell('plot(x)\nshow()'), cell('gone')],
    [cell('b = 2', { id: 'one' }), cell('plot(x)\nsave()'), cell('# text', { type: 'markdown' })]
  );
  expect([changed?.before?.source, changed?.after?.source]).toEqual(['a = 1', 'b = 2']);
  expect([alike?.before?.source, alike?.after?.source]).toEqual(['plot(x)\nshow()', 'plot(x)\nsave()']);
  expect([removed?.after, added?.before]).toEqual([undefined, undefined]);
});

test('outputs become text and pictures, whatever else is in them', () => {
  const outputs = [
    { output_type: 'stream', text: ['a\n', 'b'] },
    { output_type: 'display_data', data: { 'image/png': 'aGk=\n', 'text/plain': 'figure' } },
    { output_type: 'display_data', data: { 'image/svg+xml': ['<svg>', '</svg>'] } },
    { output_type: 'display_data', data: { 'text/html': '<script>x</script>' } },
    { output_type: 'display_data', data: { 'application/json': { a: 1 } } },
    { output_type: 'error', ename: 'E', traceback: ['\u001b[31mred\u001b[0m', 'line'] }
  ];
  const text = JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { a: { b: [1] } },
    cells: [{ cell_type: 'code', source: [], outputs }]
  });
  const notebook = parseNotebook(text);
  expect(notebook?.facts).toEqual({ 'a.b': '[1]', nbformat: '4.5' });
  expect(notebook?.cells[0]?.outputs).toEqual([
    { type: 'text', text: 'a\nb' },
    { type: 'image', mime: 'image/png', data: 'aGk=' },
    { type: 'image', mime: 'image/svg+xml', data: '<svg></svg>' },
    { type: 'text', text: '<script>x</script>' },
    { type: 'text', text: '{"a":1}' },
    { type: 'text', text: 'red\nline' }
  ]);
});

test('what is no notebook of format 4 is none', () => {
  for (const text of ['', '{', 'null', '[]', '{"nbformat":3,"worksheets":[]}', '{"nbformat":4,"cells":[1]}', '{"nbformat":4}']) {
    expect(parseNotebook(text)).toBeNull();
  }
  fc.assert(fc.property(fc.json(), text => parseNotebook(text) === null));
});
