import type { INotebookContent } from '@jupyterlab/nbformat';
import { CommandIDs } from '../../tokens';
import { FakeContext } from './context.fixtures';
import type { IWorld } from './worldState.fixtures';
import { recordSelection } from './recordSelection';

const cell = (id: string, source: string, shown?: string) => ({
  id,
  cell_type: 'code' as const,
  source,
  metadata: {},
  execution_count: shown === undefined ? null : 1,
  outputs: shown === undefined ? [] : [{ output_type: 'stream' as const, name: 'stdout' as const, text: shown }]
});
const notebook = (...cells: INotebookContent['cells']): INotebookContent => ({
  cells,
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5
});
const PLAN: IWorld['notebook'] = {
  kernel: { name: 'python3', language: 'python' },
  cells: 2,
  parameters: [{ name: 'x', value: '1' }],
  papermill: true,
  inputs: [{ pattern: 'data.csv', from: 'source' }],
  outputs: [],
  command: ''
};
const EXECUTION: IWorld['execution'] = {
  path: 'study/a.step.ipynb',
  command: 'jupyter …',
  inputs: [],
  outputs: [{ pattern: 'out.csv', from: 'changed' }],
  uncovered: { unsaved: [], files: [], programs: [], hosts: [] },
  observed: true
};
const ANSWER = { name: 'a.step.ipynb', message: 'Made', inputs: ['data.csv'], outputs: [], parameters: {} };
const WORLD: IWorld = {
  folder: 'study',
  inFront: 'study/a.ipynb',
  live: { content: notebook(cell('one', 'x = 1', 'x'), cell('two', 'print(x)', '7'), cell('three', 'y', 'z')), last: 1 },
  executed: notebook(cell('one', 'x = 1', 'x'), cell('two', 'print(x)', '1')),
  notebook: PLAN,
  execution: EXECUTION
};

function given(world: IWorld = {}) {
  const context = new FakeContext({ ...WORLD, ...world });
  const { options, execute } = recordSelection(context);
  return { context, options, run: () => execute({}) };
}

describe(CommandIDs.recordSelection, () => {
  test('writes the cells up to the last selected one, saves them, executes and records them', async () => {
    const record = { message: 'Made', inputs: [], outputs: ['out.csv'] };
    const { context, run } = given({ answers: { runNotebook: ANSWER, execution: { ...record, failed: 'keep' } } });
    expect((await run()).status).toBe('ok');
    expect(context.written).toEqual([['study/a.step.ipynb', notebook(cell('one', 'x = 1'), cell('two', 'print(x)'))]]);
    const path = 'study/a.step.ipynb';
    expect(context.started).toEqual([
      { name: 'save', input: { dataset: 'study', paths: [path], message: 'The first 2 cells of a.ipynb' } },
      { name: 'runNotebook', input: { dataset: 'study', path, inputs: ['data.csv'] } },
      { name: 'recordNotebook', input: { dataset: 'study', execution: 'job-2', ...record } }
    ]);
    // It is executed as it is: what papermill would add is in no notebook.
    expect(context.asked.runNotebook).toMatchObject({ plan: { parameters: [] }, initial: { name: 'a.step.ipynb' } });
    expect(context.asked.runNotebook?.commandLine(ANSWER)).toContain('--inplace a.step.ipynb');
  });

  test('tells, before anything is recorded, which cell shows something else than in the notebook', async () => {
    const { context, run } = given({ answers: { runNotebook: ANSWER } });
    expect((await run()).status).toBe('cancelled');
    expect(context.asked.execution?.step).toEqual({
      notebookName: 'a.ipynb',
      failedAnew: false,
      cells: [
        { cell: 1, source: 'x = 1', verdict: 'same', live: 'x', step: 'x' },
        { cell: 2, source: 'print(x)', verdict: 'other', live: '7', step: '1' }
      ]
    });
    expect(context.started.map(({ name }) => name)).toEqual(['save', 'runNotebook']);
  });

  test('tells of a cell that failed and had gone well in the notebook', async () => {
    const failed = { cell: 2, text: 'NameError', absent: [] };
    const { context, run } = given({ execution: { ...EXECUTION, failed }, answers: { runNotebook: ANSWER } });
    await run();
    expect(context.asked.execution?.step).toEqual({ notebookName: 'a.ipynb', failedAnew: true, cells: [] });
  });

  test('writes nothing unless somebody agrees, and over nothing', async () => {
    const refused = given();
    expect((await refused.run()).status).toBe('cancelled');
    expect([refused.context.written, refused.context.started]).toEqual([[], []]);
    const rows = [{ name: 'a.step.ipynb', path: 'study/a.step.ipynb', kind: 'git' as const }];
    const taken = given({ rows, answers: { runNotebook: ANSWER } });
    expect(await taken.run()).toMatchObject({ status: 'error', failure: { message: expect.stringContaining('a.step.ipynb') } });
    const step = { taken: ['a.step.ipynb'], free: 'a.step-2.ipynb', replaceable: 'a.step.ipynb' };
    expect(taken.context.asked.runNotebook).toMatchObject({ step, initial: { name: 'a.step-2.ipynb' } });
    expect([taken.context.written, taken.context.started]).toEqual([[], []]);
  });

  test('replaces an earlier step where that is wanted, and nothing that is not saved', async () => {
    const row = { name: 'a.step.ipynb', path: 'study/a.step.ipynb', kind: 'git' as const };
    const answers = { runNotebook: { ...ANSWER, replace: true } };
    const wanted = given({ rows: [row], answers });
    await wanted.run();
    expect(wanted.context.written.map(([path]) => path)).toEqual([row.path]);
    const changed = given({ rows: [{ ...row, change: 'modified' }], answers });
    expect(await changed.run()).toMatchObject({ status: 'error' });
    expect(changed.context.asked.runNotebook).toMatchObject({ step: { replaceable: null } });
    expect([changed.context.written, changed.context.started]).toEqual([[], []]);
  });

  test('refuses what has no code or no kernel', async () => {
    const empty = given({ notebook: { ...PLAN, cells: 0 } });
    expect(await empty.run()).toMatchObject({ failure: { kind: 'bad-request' } });
    const bare = given({ notebook: { ...PLAN, kernel: null } });
    expect(await bare.run()).toMatchObject({ failure: { kind: 'no-kernel' } });
    expect([empty, bare].flatMap(({ context }) => context.written)).toEqual([]);
  });

  test('is for the notebook in front, in a dataset', () => {
    const states = ({ options }: ReturnType<typeof given>) => [options.isVisible?.({}), options.isEnabled?.({})];
    expect(states(given())).toEqual([true, true]);
    expect(states(given({ inFront: 'notes/a.ipynb', folder: 'notes' }))).toEqual([false, false]);
  });
});
