import type { INotebookContent } from '@jupyterlab/nbformat';
import { MAX_PLANNED } from '../../protocol/notebookRun';
import { cutStep, earlierSteps, isExecuted, planText, stepName } from './step';

const NOTEBOOK: INotebookContent = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {
    kernelspec: { name: 'python3', display_name: 'Python' },
    language_info: { name: 'python' },
    widgets: { state: 'of a session' }
  },
  cells: [
    { id: 'a', cell_type: 'markdown', source: '# Title', metadata: {}, attachments: { 'a.png': { 'image/png': 'AA' } } },
    {
      id: 'b',
      cell_type: 'code',
      source: ['x = 1\n', 'x'],
      execution_count: 12,
      metadata: { tags: ['parameters'], trusted: true, execution: { 'iopub.execute_input': '2026-01-01' } },
      outputs: [{ output_type: 'stream', name: 'stdout', text: '1' }]
    },
    { id: 'c', cell_type: 'code', source: 'y', execution_count: null, metadata: {}, outputs: [] }
  ]
};

it('is cut with all that would be the same another time', () => {
  const before = JSON.stringify(NOTEBOOK);
  const { cells, metadata, ...rest } = cutStep(NOTEBOOK, 1);
  expect(rest).toEqual({ nbformat: 4, nbformat_minor: 5 });
  expect(Object.keys(metadata)).toEqual(['kernelspec', 'language_info']);
  expect(cells).toEqual([
    NOTEBOOK.cells[0],
    {
      id: 'b',
      cell_type: 'code',
      source: ['x = 1\n', 'x'],
      execution_count: null,
      metadata: { tags: ['parameters'] },
      outputs: []
    }
  ]);
  expect(JSON.stringify(NOTEBOOK)).toBe(before);
});

it('is planned by its code alone, as far as that can be sent', () => {
  const planned = JSON.parse(planText(NOTEBOOK)) as INotebookContent;
  expect(planned.cells.map(({ source }) => source)).toEqual([['x = 1\n', 'x'], 'y']);
  expect(planned.metadata.kernelspec?.name).toBe('python3');
  const [, cell = { cell_type: 'code', source: '', metadata: {} }] = NOTEBOOK.cells;
  const long = { ...NOTEBOOK, cells: [{ ...cell, source: 'x'.repeat(MAX_PLANNED) }] };
  expect(() => planText(long)).toThrow('too long');
});

it('executes what nbclient does', () => {
  const cell = (source: string, more = {}) => isExecuted({ cell_type: 'code', source, metadata: {}, ...more });
  expect([
    cell('x'),
    cell(' \n'),
    cell('x', { metadata: { tags: ['skip-execution'] } }),
    cell('x', { cell_type: 'raw' })
  ]).toEqual([true, false, false, false]);
});

it('takes a name that nothing has', () => {
  expect(stepName('a.b.ipynb', ['other'])).toBe('a.b.step.ipynb');
  expect(stepName('a.ipynb', ['a.step.ipynb', 'a.step-2.ipynb'])).toBe('a.step-3.ipynb');
});

it('knows the earlier ones by their names', () => {
  const names = [
    'a.step.ipynb',
    'a.step-10.ipynb',
    'a.step-2.ipynb',
    'a.step-1.ipynb',
    'a.step-02.ipynb',
    'a.ipynb',
    'b.step.ipynb'
  ];
  expect(earlierSteps('a.ipynb', names)).toEqual(['a.step-10.ipynb', 'a.step-2.ipynb', 'a.step.ipynb']);
});
