import { Dialog } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { configure, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fail } from '../../protocol/failure';
import { contentsPath } from '../../protocol/paths';
import type { RunPlan } from '../../protocol/runPlan';
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
  initial: { command: 'cat {inputs}', message: '', inputs: ['data/*.csv'], outputs: ['out'], unsaved: 'save' },
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
