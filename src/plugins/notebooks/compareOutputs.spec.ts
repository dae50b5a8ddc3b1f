import type { ICell, IOutput } from '@jupyterlab/nbformat';
import { compareOutputs, wentWell } from './compareOutputs';

const code = (source: string, outputs: object[] = [], count: number | null = 1): ICell => ({
  cell_type: 'code',
  source,
  metadata: {},
  execution_count: count,
  outputs: outputs as IOutput[]
});
const result = (data: object, count = 1) => ({ output_type: 'execute_result', execution_count: count, metadata: {}, data });
const stream = (text: string | string[], name = 'stdout') => ({ output_type: 'stream', name, text });
const error = (evalue: string) => ({ output_type: 'error', ename: 'ValueError', evalue, traceback: [evalue] });
const verdict = (live: object[], step: object[]): string | undefined =>
  compareOutputs([code('x', live)], [code('x', step)])[0]?.verdict;

it.each<[string, object[], object[]]>([
  ['counts of executions', [result({ 'text/plain': '1' }, 7)], [result({ 'text/plain': ['1'] })]],
  ['how streams came in pieces', [stream(['a\n', 'b']), stream('c')], [stream('a\nbc')]],
  ['which stream came first', [stream('a'), stream('w', 'stderr')], [stream('w', 'stderr'), stream('a')]],
  ['lines that were written over', [stream('100%\nx')], [stream('  0%\r 50%\r100%\nx')]],
  ['addresses in memory', [result({ 'text/plain': '<A at 0x7f01>' })], [result({ 'text/plain': '<A at 0x7F22>' })]],
  [
    'what a kernel calls its cells',
    [stream('/tmp/ipykernel_1/22.py:1: W', 'stderr')],
    [stream('/tmp/ipykernel_9/33.py:1: W', 'stderr')]
  ],
  ['line breaks in a picture', [result({ 'image/png': 'iVBO\nRw==\n' })], [result({ 'image/png': 'iVBORw==' })]],
  [
    'ids and dates in markup',
    [result({ 'text/html': '<i id="T_1a2b3">1</i>', 'image/svg+xml': '<dc:date>2026-01-01T00:00:00</dc:date>' })],
    [result({ 'text/html': '<i id="T_9f8e7">1</i>', 'image/svg+xml': '<dc:date>2026-02-02T00:00:00</dc:date>' })]
  ],
  [
    'ids of widgets',
    [result({ 'application/vnd.jupyter.widget-view+json': { model_id: 'a' }, 'text/plain': 'I(a)' })],
    [result({ 'application/vnd.jupyter.widget-view+json': { model_id: 'b' }, 'text/plain': 'I(b)' })]
  ],
  ['where an error was raised', [error('no')], [{ ...error('no'), traceback: ['elsewhere'] }]],
  [
    'how an output came to be',
    [result({ 'text/plain': '1' })],
    [{ output_type: 'display_data', data: { 'text/plain': '1' }, metadata: {} }]
  ]
])('%s differ from time to time', (_, live, step) => {
  expect(verdict(live, step)).toBe('same');
});

it.each<[string, object[], object[]]>([
  ['a value', [result({ 'text/plain': '1' })], [result({ 'text/plain': '2' })]],
  ['a hexadecimal number', [stream('0x1106cf0')], [stream('0x1106cf1')]],
  ['a picture', [result({ 'image/png': 'AAAA', 'text/plain': 'F' })], [result({ 'image/png': 'AAAB', 'text/plain': 'F' })]],
  ['another kind of data', [result({ 'text/plain': '1' })], [result({ 'text/plain': '1', 'text/html': '1' })]],
  ['data', [result({ 'application/json': { a: 1 } })], [result({ 'application/json': { a: 2 } })]],
  ['the stream', [stream('a')], [stream('a', 'stderr')]],
  ['the order of outputs', [result({ 'text/plain': '1' }), error('no')], [error('no'), result({ 'text/plain': '1' })]],
  ['what a warning says', [stream('careful', 'stderr')], []],
  ['an error', [error('one')], [error('other')]],
  ['what is not there', [stream('a')], []]
])('%s is something else', (_, live, step) => {
  expect([verdict(live, step), verdict(step, live)]).toEqual(['other', 'other']);
});

it('counts the cells that are executed, and says what both show', () => {
  const others: ICell[] = [
    { cell_type: 'markdown', source: '# A', metadata: {} },
    code('  '),
    { ...code('skipped', [stream('old')]), metadata: { tags: ['skip-execution'] } }
  ];
  const live = [...others, code('x = 1', [], 3), code('\nx * 2\ny', [result({ 'text/plain': '14' }, 9)], 9), code('z', [], null)];
  const step = [...others, code('x = 1', []), code('\nx * 2\ny', [result({ 'text/plain': '2' })]), code('z', [stream('5')])];
  expect(compareOutputs(live, step)).toEqual([
    { cell: 1, source: 'x = 1', verdict: 'same', live: '', step: '' },
    { cell: 2, source: 'x * 2', verdict: 'other', live: '14', step: '2' },
    { cell: 3, source: 'z', verdict: 'not-run', live: '', step: '5' }
  ]);
});

it('tells pictures by their kind, without colours, and not all of a long text', () => {
  const live = code('x', [result({ 'image/png': 'AAAA', 'text/plain': '<Figure>' }), stream('\u001b[31mred\u001b[0m\n')]);
  const [compared] = compareOutputs([live], [code('x', [stream('y'.repeat(5_000))])]);
  expect(compared?.live).toBe('red\n(image/png)');
  expect(compared?.step).toBe(`${'y'.repeat(400)}…`);
});

it('knows whether a cell went well in the notebook', () => {
  const cells = [code('a', [], 1), code('b', [error('no')], 2), code('c', [], null)];
  expect([1, 2, 3, 4].map(number => wentWell(cells, number))).toEqual([true, false, false, false]);
});

it('reads whatever stands in a notebook', () => {
  const odd = [null, 3, [], { output_type: 'stream', name: 'stdout' }, { output_type: 'error' }, result({ 'text/plain': 3 })];
  expect(verdict(odd as object[], odd as object[])).toBe('same');
});
