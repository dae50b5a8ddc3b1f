import { Dialog } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { configure, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fail } from '../../protocol/failure';
import { contentsPath } from '../../protocol/paths';
import type { RunPlan } from '../../protocol/runPlan';
import { accessibilityViolations } from '../testing.fixtures';
import { createDialogs } from './index';
import type { IRunQuestion } from './runQuestions';

// JupyterLab shows its `dialog` element by a style sheet, which is not loaded here.
configure({ defaultHidden: true });

const dialogs = createDialogs(nullTranslator.load('jupyterlab_datalad'), async () => fail('not-found', 'Nobody asks for help.'));
const user = userEvent.setup({ delay: null });
const press = async (name: string) => user.click(await screen.findByRole('button', { name }));

afterEach(() => Dialog.flush());

const PLAN: RunPlan = {
  inputs: [{ pattern: 'data/*.csv', found: 'files', count: 3, names: ['data/1.csv', 'data/2.csv', 'data/3.csv'] }],
  outputs: [{ pattern: 'out', found: 'folder', count: 1, names: ['out'] }],
  truncated: false,
  toGet: { files: 3, bytes: 5_000_000, unsized: 0 },
  unavailable: 0,
  toUnlock: { files: 1, bytes: 10, unsized: 0 },
  toRemove: 0,
  free: 1e9,
  command: 'cat data/1.csv data/2.csv data/3.csv',
  substitutions: [],
  python: { path: '/opt/lab/bin/python', version: '3.11.2' },
  problems: []
};

const question = (plan: Partial<RunPlan> = {}): IRunQuestion => ({
  datasetName: 'study',
  containers: { dataset: contentsPath('study'), known: [], first: null, read: async () => fail('not-found', 'None.') },
  unsaved: 0,
  initial: { command: 'cat {inputs}', message: '', inputs: ['data/*.csv'], outputs: ['out'], folder: '', unsaved: 'save' },
  commandLine: answer => JSON.stringify(answer),
  plan: async () => ({ ...PLAN, ...plan })
});

test('the form of a run tells what is done before the command, and what the command is then', async () => {
  const answer = dialogs.run(question());
  expect(await screen.findByText('Gets 4.8 MB of 3 files · unlocks 1 file')).toBeTruthy();
  expect(screen.getByText('python is /opt/lab/bin/python (3.11.2)')).toBeTruthy();
  expect(screen.getByText('The command with its placeholders filled in')).toBeTruthy();
  expect(screen.getByText('cat data/1.csv data/2.csv data/3.csv')).toBeTruthy();
  expect(screen.queryByRole('list', { name: 'What keeps it from running' })).toBeNull();
  await press('Cancel');
  expect(await answer).toBeNull();
});

test('it tells what keeps the command from running, and shows what came with the dataset as it is', async () => {
  void dialogs.run(
    question({
      command: null,
      free: 1000,
      toRemove: 2,
      problems: [
        { kind: 'unknown', place: 'command', text: 'print $1' },
        { kind: 'no-match', place: 'inputs', text: 'no/*' }
      ],
      substitutions: [{ name: 'tool', value: `echo hi${' '.repeat(3000)}; rm x`, from: 'dataset' }]
    })
  );
  const problems = await screen.findByRole('list', { name: 'What keeps it from running' });
  expect(
    within(problems)
      .getAllByRole('listitem')
      .map(item => item.textContent)
  ).toEqual([
    '{print $1} is no placeholder that is known. Braces that are meant as such are written twice.',
    'No file is there for the input no/*.'
  ]);
  expect(screen.getByRole('alert').textContent).toBe('There is not enough room: 1000 B are free.');
  expect(screen.getByRole('list', { name: 'Placeholders of the settings' }).textContent).toBe(
    '{tool} came with the dataset, and stands for: echo hi␣×3000; rm x'
  );
  expect(screen.queryByText('The command with its placeholders filled in')).toBeNull();
  await press('Cancel');
});

test('what is seldom changed is folded, and stands in the line', async () => {
  const answer = dialogs.run(question());
  const folder = await screen.findByRole('textbox', { name: 'Folder it runs in' });
  await user.type(folder, '../code');
  expect(folder.getAttribute('aria-invalid')).toBe('true');
  await user.clear(folder);
  await user.type(folder, 'code');
  fireEvent.change(screen.getByRole('combobox', { name: 'Names of files in the record' }), { target: { value: 'both' } });
  fireEvent.change(screen.getByRole('combobox', { name: /^Ready already/u }), { target: { value: 'outputs' } });
  const expected = { folder: 'code', expand: 'both', assumeReady: 'outputs' };
  const line = screen.getByRole('group', { name: 'Command line' }).textContent ?? '';
  expect(line).toMatch(/^code \$ /u);
  expect(JSON.parse(line.replace('code $ ', ''))).toMatchObject(expected);
  expect(await accessibilityViolations(document.querySelector('.jp-Datalad-form') ?? document.body)).toEqual([]);
  await press('Run');
  expect(await answer).toMatchObject(expected);
});

test('a brace in the command opens a list of placeholders, which Escape closes without the dialog', async () => {
  const substitutions = [{ name: 'tool', value: 'wc -l', from: 'settings' }] as const;
  const answer = dialogs.run({
    ...question({ substitutions: [...substitutions] }),
    initial: { ...question().initial, command: '' }
  });
  const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Command' });
  const list = () => screen.queryByRole('listbox', { name: 'Placeholders that fit' });
  const options = () => [...(list()?.children ?? [])].map(option => option.textContent);
  await screen.findByText(/^Gets/u);
  await user.type(field, 'cat {{');
  expect(options()).toHaveLength(8);
  expect(options().at(-1)).toBe('{tool} wc -l');
  expect(await accessibilityViolations(document.querySelector('.jp-Datalad-form') ?? document.body)).toEqual([]);
  await user.keyboard('out');
  expect(options()).toEqual(['{outputs} all outputs', '{outputs[0]} the first output']);
  await user.keyboard('{ArrowDown}');
  expect(list()?.querySelector('[aria-selected=true]')?.id).toBe(field.getAttribute('aria-activedescendant'));
  await user.keyboard('{Enter}');
  expect([field.value, field.selectionStart, options()]).toEqual(['cat {outputs[0]}', 16, []]);
  await user.keyboard(' {{to{Tab}; {{{{x {{i');
  expect([field.value, options().length]).toEqual(['cat {outputs[0]} {tool}; {{x {i', 2]);
  await user.keyboard('{Escape}');
  expect([options(), document.activeElement]).toEqual([[], field]);
  await user.click(await screen.findByRole('button', { name: 'Cancel' }));
  expect(await answer).toBeNull();
});
