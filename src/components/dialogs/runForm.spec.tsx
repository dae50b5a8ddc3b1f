import { Dialog } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { configure, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fail } from '../../protocol/failure';
import type { Listing, Row } from '../../protocol/dataset';
import { type ContentsPath, contentsPath } from '../../protocol/paths';
import type { RunPlan } from '../../protocol/runPlan';
import { failureWords } from '../failures/words';
import { accessibilityViolations } from '../testing.fixtures';
import { createDialogs } from './index';
import type { IRunQuestion } from './runQuestions';

// JupyterLab shows its `dialog` element by a style sheet, which is not loaded here.
configure({ defaultHidden: true });

const trans = nullTranslator.load('jupyterlab_datalad');
const dialogs = createDialogs(trans, async () => fail('not-found', 'Nobody asks for help.'));
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

const row = (path: string, rest: Partial<Row> = {}): Row => ({
  name: path.split('/').at(-1) ?? '',
  path: contentsPath(path),
  kind: 'annex',
  ...rest
});
const FILES: Record<string, Row[]> = {
  study: [
    row('study/a{1}.txt', { here: 'no', bytes: 2048 }),
    row('study/data', { kind: 'directory' }),
    row('study/gone', { kind: 'dataset-absent' }),
    row('study/line\nbreak')
  ],
  'study/data': [row('study/data/1.csv', { here: 'yes', bytes: 5 }), row('study/data/.hidden', { kind: 'git' })]
};
const listing = (folder: ContentsPath): Listing => ({ folder, dataset: null, rows: FILES[folder] ?? [], truncated: false });

const question = (plan: Partial<RunPlan> = {}): IRunQuestion => ({
  datasetName: 'study',
  containers: { dataset: contentsPath('study'), known: [], first: null, read: async () => fail('not-found', 'None.') },
  files: { dataset: contentsPath('study'), list: async folder => listing(folder) },
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

test('of a placeholder of one clone it is told that others cannot repeat it', async () => {
  void dialogs.run(question({ substitutions: [{ name: 'tool', value: 'wc -l', from: 'settings' }] }));
  expect((await screen.findByRole('list', { name: 'Placeholders of the settings' })).textContent).toBe(
    '{tool} is a setting of yours, and stands for: wc -lA command that names it can be repeated only where it is set: what it stands for is not recorded.'
  );
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

test('only the outputs are saved where that is ticked, in a clean dataset, too', async () => {
  const answer = dialogs.run(question());
  const tick = await screen.findByRole<HTMLInputElement>('checkbox', { name: 'Save only the outputs named here' });
  expect([tick.checked, tick.disabled]).toEqual([false, false]);
  await user.click(tick);
  expect(screen.getByText(/^Whatever else the command changes stays unsaved/u)).toBeTruthy();
  await user.clear(screen.getByRole('textbox', { name: /^Outputs/u }));
  expect(screen.getByText('No output is named: nothing would be saved, and nothing recorded.')).toBeTruthy();
  await press('Run');
  expect(await answer).toMatchObject({ explicit: true });
  const dirty = dialogs.run({ ...question(), unsaved: 2 });
  await user.click(await screen.findByRole('radio', { name: /^Leave them as they are/u }));
  const forced = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Save only the outputs named here' });
  expect([forced.checked, forced.disabled]).toEqual([true, true]);
  await press('Run');
  expect(await dirty).toMatchObject({ unsaved: 'leave' });
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

test('files are ticked in a tree by keys, and ticks are lines that can be typed, too', async () => {
  const answer = dialogs.run(question());
  await user.click(await screen.findByRole('button', { name: /^Choose files… Inputs/u }));
  const tree = await screen.findByRole('tree', { name: 'Files to choose inputs from' });
  const items = () => within(tree).getAllByRole('treeitem');
  const told = () =>
    items().map(
      item => `${item.getAttribute('aria-level')} ${item.getAttribute('aria-label')} ${item.getAttribute('aria-checked')}`
    );
  await within(tree).findByRole('treeitem', { name: /^data/u });
  // The line `data/*.csv` names something in the folder.
  expect(told()).toEqual([
    '1 data mixed',
    '1 a{1}.txt, not here, 2 KB false',
    '1 gone, not installed false',
    '1 line␊break, no record can name it false'
  ]);
  expect(await accessibilityViolations(document.querySelector('.jp-Datalad-form') ?? document.body)).toEqual([]);
  const lines = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: /^Inputs/u }).value;
  items()[0]?.focus();
  await user.keyboard(' {ArrowRight}');
  await within(tree).findByRole('treeitem', { name: /^1\.csv/u });
  expect([lines(), told().slice(0, 3)]).toEqual([
    'data/*.csv\ndata',
    ['1 data true', '2 .hidden, comes with its folder true', '2 1.csv, comes with its folder, 5 B true']
  ]);
  await user.keyboard(' ');
  expect(lines()).toBe('data/*.csv');
  fireEvent.click(within(tree).getByRole('treeitem', { name: /^a\{1\}/u }));
  fireEvent.click(within(tree).getByRole('treeitem', { name: /^line/u }));
  expect(lines()).toBe('data/*.csv\na{{1}}.txt');
  await user.clear(screen.getByRole('textbox', { name: /^Inputs/u }));
  expect(told().map(words => words.split(' ').at(-1))).toEqual(Array(6).fill('false'));
  // Enter in the line that searches, and Escape, are no answers.
  await user.type(screen.getByRole('searchbox', { name: 'Part of the name of an input' }), 'CSV{Enter}');
  expect(told()).toEqual(['1 data false', '2 1.csv, 5 B false']);
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('tree')).toBeNull();
  expect(document.activeElement?.textContent).toBe('Choose files…');
  await user.click(await screen.findByRole('button', { name: /^Choose files… Outputs/u }));
  fireEvent.click(await screen.findByRole('treeitem', { name: 'data' }));
  await press('Run');
  expect(await answer).toMatchObject({ inputs: [''], outputs: ['out', 'data/*'] });
});

test('a folder that cannot be read says so in words, and is asked for again by the next unfolding', async () => {
  let asked = 0;
  const list = async (folder: ContentsPath) =>
    folder === 'study/data' && ++asked === 1 ? fail('not-found', 'From the server.') : listing(folder);
  const answer = dialogs.run({ ...question(), files: { dataset: contentsPath('study'), list } });
  await user.click(await screen.findByRole('button', { name: /^Choose files… Inputs/u }));
  const data = await screen.findByRole('treeitem', { name: /^data/u });
  data.focus();
  await user.keyboard('{ArrowRight}');
  const words = failureWords({ kind: 'not-found', message: '' }, { trans, names: [] }).title;
  expect(await screen.findByText(words)).toBeTruthy();
  await user.keyboard('{ArrowLeft}{ArrowRight}');
  expect(await screen.findByRole('treeitem', { name: /^1\.csv/u })).toBeTruthy();
  expect(asked).toBe(2);
  await user.type(screen.getByRole('searchbox', { name: 'Part of the name of an input' }), 'zzz');
  expect(await screen.findByText('No such name here')).toBeTruthy();
  await press('Cancel');
  expect(await answer).toBeNull();
});
