import { Dialog } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { configure, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fail } from '../../protocol/failure';
import type { Execution } from '../../protocol/notebookRun';
import { contentsPath } from '../../protocol/paths';
import { accessibilityViolations } from '../testing.fixtures';
import { createDialogs } from './index';
import type { IComparedCell, IExecutionQuestion, IRunNotebookQuestion } from './runQuestions';

// JupyterLab shows its `dialog` element by a style sheet, which is not loaded here.
configure({ defaultHidden: true });

const dialogs = createDialogs(nullTranslator.load('jupyterlab_datalad'), async () => fail('not-found', 'Nobody asks for help.'));
const user = userEvent.setup({ delay: null });
const press = async (name: string) => user.click(await screen.findByRole('button', { name }));

afterEach(() => Dialog.flush());

const RUN: IRunNotebookQuestion = {
  notebookName: 'analysis.ipynb',
  plan: {
    kernel: { name: 'python3', language: 'python' },
    cells: 3,
    parameters: [{ name: 'alpha', value: '0.5' }],
    papermill: true,
    inputs: [{ pattern: 'data.csv', from: 'source', here: false, bytes: 5_000_000 }],
    outputs: [],
    command: 'jupyter …'
  },
  unsaved: true,
  initial: { message: 'Run analysis.ipynb', inputs: ['data.csv'], outputs: [], parameters: {} },
  commandLine: answer => JSON.stringify(answer)
};

const EXECUTION: Execution = {
  path: contentsPath('ds/analysis.ipynb'),
  command: 'jupyter …',
  inputs: [{ pattern: 'data.csv', from: 'opened', here: true, bytes: 8 }],
  outputs: [
    { pattern: 'out.csv', from: 'changed', bytes: 8 },
    { pattern: 'old.csv', from: 'changed', deleted: true }
  ],
  uncovered: { unsaved: [], files: ['/home/ada/other.csv'], programs: ['curl'], hosts: [] },
  observed: true
};

const DONE: IExecutionQuestion = {
  notebookName: 'analysis.ipynb',
  execution: EXECUTION,
  initial: { message: 'Run analysis.ipynb', inputs: ['data.csv'], outputs: ['out.csv'], failed: 'keep' },
  commandLine: answer => JSON.stringify(answer)
};

test('before a notebook is run, what it names is ticked, and parameters are those of the notebook', async () => {
  const answer = dialogs.runNotebook(RUN);
  expect(await screen.findByText(/^Its 3 cells are executed from top to bottom/u)).toBeTruthy();
  expect(screen.getByText(/^analysis.ipynb has changes that are not in the dataset/u)).toBeTruthy();
  await user.click(screen.getByRole('checkbox', { name: /^data.csv named in the notebook, not here, 4.8 MB$/u }));
  await user.clear(screen.getByRole('textbox', { name: 'alpha' }));
  await user.type(screen.getByRole('textbox', { name: 'alpha' }), '2');
  await press('Run');
  expect(await answer).toEqual({ message: 'Run analysis.ipynb', inputs: [], outputs: [], parameters: { alpha: '2' } });
});

test.each([
  ['python', 0],
  ['R', 1]
])('of a kernel that does not tell how far it is that is said: %s', async (language, said) => {
  const answer = dialogs.runNotebook({ ...RUN, plan: { ...RUN.plan, kernel: { name: 'kernel', language } } });
  await screen.findByText(/executed from top to bottom/u);
  expect(screen.queryAllByText('This kernel does not tell how far it is.')).toHaveLength(said);
  await press('Cancel');
  await answer;
});

test('where there is no papermill, it is said how to get it', async () => {
  const answer = dialogs.runNotebook({ ...RUN, plan: { ...RUN.plan, papermill: false } });
  expect(await screen.findByText('pip install papermill')).toBeTruthy();
  expect(screen.queryByRole('textbox', { name: 'alpha' })).toBeNull();
  await press('Cancel');
  expect(await answer).toBeNull();
});

test('what was seen is ticked, what is gone or elsewhere cannot be recorded', async () => {
  const answer = dialogs.execution(DONE);
  expect(await screen.findByRole('checkbox', { name: /^old.csv deleted/u })).toHaveProperty('disabled', true);
  expect(screen.getByText('/home/ada/other.csv')).toBeTruthy();
  await user.click(screen.getByRole('checkbox', { name: /^out.csv written/u }));
  await press('Record');
  expect(await answer).toMatchObject({ inputs: ['data.csv'], outputs: [] });
});

test('outputs that were given and not made are told as such, and not as written', async () => {
  const outputs = [{ pattern: 'never.csv', from: 'given' as const, missing: true }];
  const answer = dialogs.execution({ ...DONE, execution: { ...EXECUTION, outputs } });
  expect(await screen.findByRole('checkbox', { name: 'never.csv given before, not made' })).toBeTruthy();
  expect(screen.getByText(/^There is nothing that one of the outputs stands for/u)).toBeTruthy();
  await press('Cancel');
  await answer;
  const failed = { cell: 2, text: 'ValueError: no good', absent: [] };
  const ended = dialogs.execution({ ...DONE, execution: { ...EXECUTION, outputs, failed } });
  expect(await screen.findByText('Nothing was written until then, and nothing was saved.')).toBeTruthy();
  expect(screen.queryByRole('radio', { name: /^Discard/u })).toBeNull();
  await press('Cancel');
  expect(await ended).toBeNull();
});

test('what was read and is not saved is said in the open, with what mends it', async () => {
  const inputs = [{ pattern: 'edited.csv', from: 'opened' as const, unsaved: true }];
  const uncovered = { ...EXECUTION.uncovered, unsaved: ['helper.py', 'config.ini'] };
  const answer = dialogs.execution({ ...DONE, execution: { ...EXECUTION, inputs, uncovered } });
  expect(await screen.findByRole('checkbox', { name: /^edited\.csv .*with changes that are not saved/u })).toBeTruthy();
  const note = screen.getByRole('note');
  expect(note.textContent).toContain('It read 2 files that are not saved in the dataset.');
  expect(
    within(note)
      .getAllByRole('listitem')
      .map(item => item.textContent)
  ).toEqual(['helper.py', 'config.ini']);
  expect(note.textContent).toContain('One of the inputs has changes that are not saved.');
  expect(await accessibilityViolations(note)).toEqual([]);
  await press('Cancel');
  expect(await answer).toBeNull();
});

test('of a cell that failed the error is shown, and what it wrote is kept unless somebody says otherwise', async () => {
  const failed = { cell: 2, text: 'ValueError: no good', absent: [] };
  const answer = dialogs.execution({ ...DONE, execution: { ...EXECUTION, failed } });
  expect(await screen.findByText('Cell 2 of analysis.ipynb Failed')).toBeTruthy();
  expect(screen.getByText('ValueError: no good')).toBeTruthy();
  expect(screen.getByRole('radio', { name: /^Keep what/u })).toHaveProperty('checked', true);
  await user.click(screen.getByRole('radio', { name: /^Discard what/u }));
  await press('Go On');
  expect(await answer).toMatchObject({ failed: 'discard' });
});

test('of a notebook that was changed meanwhile it is told where what was executed lies', async () => {
  const failed = { text: '', absent: [], aside: 'analysis.executed.ipynb' };
  const answer = dialogs.execution({ ...DONE, execution: { ...EXECUTION, failed } });
  expect(await screen.findByText('analysis.ipynb Was Changed While It Was Executed')).toBeTruthy();
  expect(screen.getByText(/That change is kept.* lies beside it: analysis\.executed\.ipynb\./u)).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'The error' })).toBeNull();
  await press('Go On');
  expect(await answer).toMatchObject({ failed: 'keep' });
});

test('of a notebook that could not be written it is told where what was executed is kept', async () => {
  const failed = { text: '', absent: [], kept: '/home/ada/.local/state/executed/1/analysis.ipynb' };
  const answer = dialogs.execution({ ...DONE, execution: { ...EXECUTION, failed } });
  expect(await screen.findByText('analysis.ipynb Could Not Be Written')).toBeTruthy();
  expect(screen.getByText(/It is kept .*: \/home\/ada\/\.local\/state\/executed\/1\/analysis\.ipynb\./u)).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'The error' })).toBeNull();
  await press('Go On');
  expect(await answer).toMatchObject({ failed: 'keep' });
});

test('where a file was not here, it is offered to get it, and to run the notebook again', async () => {
  const failed = {
    cell: 1,
    text: 'FileNotFoundError',
    absent: [{ pattern: 'data.csv', from: 'opened' as const, bytes: 5_000_000 }]
  };
  const execution = { ...EXECUTION, outputs: [], failed };
  const answer = dialogs.execution({ ...DONE, execution, initial: { ...DONE.initial, failed: 'again' } });
  expect(await screen.findByRole('radio', { name: 'Get data.csv (4.8 MB), and run it again' })).toHaveProperty('checked', true);
  await press('Go On');
  expect(await answer).toMatchObject({ failed: 'again' });
});

test('a step has a name that nothing in the folder has', async () => {
  const { parameters: _, ...rest } = RUN.plan;
  const answer = dialogs.runNotebook({
    ...RUN,
    plan: { ...rest, parameters: [] },
    unsaved: false,
    step: { taken: ['mine.ipynb', 'analysis.step.ipynb'], free: 'analysis.step-2.ipynb', replaceable: 'analysis.step.ipynb' },
    initial: { ...RUN.initial, name: 'analysis.step-2.ipynb' }
  });
  expect(await screen.findByText('Record analysis.ipynb up to Cell 3')).toBeTruthy();
  const name = screen.getByRole('textbox', { name: 'Name of the step' });
  const replace = screen.getByRole('checkbox', { name: /^Replace analysis.step.ipynb/u });
  await user.click(replace);
  expect([name.getAttribute('aria-invalid'), name]).toEqual(['false', expect.objectContaining({ value: 'analysis.step.ipynb' })]);
  await user.click(replace);
  expect(name).toHaveProperty('value', 'analysis.step-2.ipynb');
  await user.click(replace);
  const refusals = { 'mine.ipynb': /already/u, 'a/b.ipynb': /no name/u, '.a.ipynb': /no name/u, 'a.txt': /no name/u };
  for (const [typed, words] of Object.entries(refusals)) {
    await user.clear(name);
    await user.type(name, typed);
    expect(screen.getByText(words)).toBeTruthy();
  }
  await user.clear(name);
  await user.type(name, 'first.ipynb');
  expect(name.getAttribute('aria-invalid')).toBe('false');
  expect(await accessibilityViolations(document.querySelector('.jp-Datalad-form') ?? document.body)).toEqual([]);
  await press('Run');
  expect(await answer).toMatchObject({ name: 'first.ipynb', replace: false });
});

const compared = (cell: number, verdict: IComparedCell['verdict'], live = '', step = live): IComparedCell => ({
  cell,
  source: `line ${cell}`,
  verdict,
  live,
  step
});

test.each<[IComparedCell[], RegExp[]]>([
  [[compared(1, 'same')], [/^Its cell shows what it shows in analysis.ipynb.$/u]],
  [[compared(1, 'same'), compared(2, 'same')], [/^All its 2 cells show what they show in analysis.ipynb.$/u]],
  [
    [compared(1, 'same'), compared(2, 'not-run')],
    [/^1 cell shows what it shows in analysis.ipynb.$/u, /^Cell 2 was not run in analysis.ipynb/u]
  ],
  [[compared(1, 'not-run'), compared(2, 'not-run')], [/^Cells 1, 2 were not run in analysis.ipynb/u]],
  [
    [compared(1, 'same'), compared(2, 'other', '7', '1'), compared(3, 'other', '(image/png)')],
    [/^Cells 2, 3 showed something else.$/u, /^The texts are the same/u]
  ]
])('a step that was executed is compared with its notebook (%#)', async (cells, texts) => {
  const answer = dialogs.execution({ ...DONE, step: { notebookName: 'analysis.ipynb', cells, failedAnew: false } });
  const group = await screen.findByRole('group', { name: 'Compared with analysis.ipynb' });
  texts.forEach(text => expect(within(group).getByText(text)).toBeTruthy());
  expect(within(group).queryAllByText('In the step')).toHaveLength(cells.some(({ live, step }) => live !== step) ? 1 : 0);
  expect(await accessibilityViolations(group)).toEqual([]);
  await press('Cancel');
  expect(await answer).toBeNull();
});

test('of a step that failed it is told that the notebook did not', async () => {
  const failed = { cell: 2, text: 'NameError', absent: [] };
  const step = { notebookName: 'analysis.ipynb', cells: [], failedAnew: true };
  const answer = dialogs.execution({ ...DONE, execution: { ...EXECUTION, failed }, step });
  expect(await screen.findByText(/^In analysis.ipynb this cell went well/u)).toBeTruthy();
  await press('Cancel');
  expect(await answer).toBeNull();
});
