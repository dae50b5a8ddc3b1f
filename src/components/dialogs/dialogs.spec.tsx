import { configure, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Dialog } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import * as v from 'valibot';
import { contentsPath } from '../../protocol/paths';
import { CommitId } from '../../protocol/revision';
import type { GetPlan } from './dialogs';
import type { Procedure } from '../../protocol/procedure';
import { fail } from '../../protocol/failure';
import { helpOn } from '../help/help.fixtures';
import { accessibilityViolations } from '../testing.fixtures';
import { createDialogs } from './index';

// JupyterLab shows its `dialog` element by a style sheet, which is not loaded here.
configure({ defaultHidden: true });

const dialogs = createDialogs(
  nullTranslator.load('jupyterlab_datalad'),
  async subject => helpOn[subject] ?? fail('tool-missing', 'git-annex is missing.', { parameters: { tool: 'git-annex' } })
);
const user = userEvent.setup({ delay: null });
const NOTHING = { files: 0, bytes: 0, unsized: 0 };
const PLAN: GetPlan = {
  toGet: { files: 12, bytes: 5_000_000, unsized: 0 },
  alreadyHere: { files: 2, bytes: 1_000_000, unsized: 0 },
  sources: [
    { name: 'origin', files: 12 },
    { name: 'web', files: 3 }
  ],
  unavailable: 1,
  absentSubdatasets: [],
  free: 10_000_000
};
const folder = contentsPath('study');
const commandLine = (answer: object) => `datalad ${JSON.stringify(answer)}`;

const PROCEDURES: Procedure[] = [
  { name: 'bids', from: 'extension', origin: 'datalad-neuroimaging', summary: 'Set up BIDS' },
  { name: 'text2git', from: 'datalad', origin: 'datalad' },
  { name: 'yoda', from: 'user', origin: '/home/ada/.config/datalad/procedures', summary: 'My own way' }
];

afterEach(() => Dialog.flush());

const button = (name: string) => screen.findByRole<HTMLButtonElement>('button', { name });
const press = async (name: string) => user.click(await button(name));

describe('the dialog of a get', () => {
  test('tells what comes, from where, and what is free', async () => {
    const answer = dialogs.get({ commandLine, title: 'data', plan: PLAN, recursivePlan: null, recursive: false });
    expect((await screen.findAllByRole('listitem')).map(item => item.textContent)).toEqual([
      'To come: 12 files, 4.8 MB',
      'Here already: 2 files, 976.6 KB',
      'From: origin, web',
      'Of 1 file no place is known.',
      'Free space: 9.5 MB'
    ]);
    await press('Get');
    expect(await answer).toEqual({ recursive: false, noData: false });
  });

  test('cannot be accepted while there is no room, but for a subdataset alone', async () => {
    const plan = { ...PLAN, free: 1_000_000, absentSubdatasets: [contentsPath('study/sub')] };
    const answer = dialogs.get({ commandLine, title: 'data', plan, recursivePlan: null, recursive: false });
    expect(await screen.findByRole('alert')).toHaveProperty(
      'textContent',
      expect.stringContaining('not enough room: 4.8 MB are to come, 976.6 KB are free')
    );
    await waitFor(async () => expect((await button('Get')).disabled).toBe(true));
    await user.click(screen.getByRole('radio', { name: 'Install alone, get content later' }));
    await waitFor(async () => expect((await button('Get')).disabled).toBe(false));
    await press('Get');
    expect(await answer).toEqual({ recursive: false, noData: true });
  });

  test('shows what subdatasets add when they are ticked', async () => {
    const recursivePlan = { ...PLAN, toGet: { files: 40, bytes: 9_000_000, unsized: 2 } };
    const answer = dialogs.get({ commandLine, title: 'data', plan: PLAN, recursivePlan, recursive: false });
    await user.click(await screen.findByRole('checkbox', { name: /subdatasets/ }));
    expect(await screen.findByText('To come: 40 files, at least 8.6 MB')).toBeTruthy();
    expect(screen.getByRole('group', { name: 'Command' }).textContent).toBe('$ datalad {"recursive":true,"noData":false}');
    await press('Get');
    expect(await answer).toEqual({ recursive: true, noData: false });
  });

  test('offers no tick where subdatasets add nothing', async () => {
    const answer = dialogs.get({ commandLine, title: 'data', plan: PLAN, recursivePlan: PLAN, recursive: false });
    await button('Get');
    expect(screen.queryByRole('checkbox')).toBeNull();
    await press('Cancel');
    expect(await answer).toBeNull();
  });
});

test('the dialog of a drop names what else loses its content and what stays', async () => {
  const plan = {
    toDrop: { files: 2, bytes: 5_000_000, unsized: 0 },
    shared: [contentsPath('study/copy.bin'), contentsPath('bytes:c3R1ZHkvY2Fm6S5iaW4')],
    modified: [contentsPath('study/edited.bin')]
  };
  const answer = dialogs.drop({
    commandLine,
    title: 'data',
    dataset: contentsPath('study'),
    plan,
    recursivePlan: { ...plan, toDrop: NOTHING },
    recursive: false
  });
  expect(await screen.findByText('Frees 4.8 MB: the content of 2 files.')).toBeTruthy();
  expect(screen.getAllByRole('listitem').map(item => item.textContent)).toEqual(['copy.bin', 'caf\\xe9.bin', 'edited.bin']);
  await press('Drop');
  expect(await answer).toEqual({ recursive: false });
});

describe('the dialog of a clone', () => {
  test('takes the name from the source and shows its command', async () => {
    const answer = dialogs.clone({ source: '', name: null, folder, around: folder });
    await waitFor(async () => expect((await button('Clone')).disabled).toBe(true));
    // There before anything is typed, so that nothing moves under the fingers.
    expect(screen.getByRole('group', { name: 'Command' }).textContent).toBe('$ datalad clone …');
    await user.type(await screen.findByRole('textbox', { name: /Source/ }), 'https://example.org/labs/my-data.git');
    expect(screen.getByRole('textbox', { name: /Folder name/ })).toHaveProperty('value', 'my-data');
    expect(screen.getByRole('group', { name: 'Command' }).textContent).toBe(
      '$ datalad clone -d . https://example.org/labs/my-data.git my-data'
    );
    await user.click(screen.getByRole('checkbox', { name: 'As a subdataset of study' }));
    expect(screen.getByRole('group', { name: 'Command' }).textContent).toBe(
      '$ datalad clone https://example.org/labs/my-data.git study/my-data'
    );
    await press('Clone');
    expect(await answer).toEqual({
      source: 'https://example.org/labs/my-data.git',
      path: 'study/my-data'
    });
  });

  test('keeps a name that was typed, and refuses one that climbs', async () => {
    const answer = dialogs.clone({ source: '/data/a', name: null, folder: contentsPath(''), around: null });
    const name = await screen.findByRole('textbox', { name: /Folder name/ });
    expect(screen.queryByRole('checkbox')).toBeNull();
    await user.clear(name);
    await user.type(name, '../b');
    expect(screen.getByText('This is no name for a folder.')).toBeTruthy();
    await waitFor(async () => expect((await button('Clone')).disabled).toBe(true));
    await user.clear(name);
    await user.type(name, 'x/b');
    await user.type(screen.getByRole('textbox', { name: /Source/ }), 'bc');
    await press('Clone');
    expect(await answer).toEqual({ source: '/data/abc', path: 'x/b' });
  });
});

test('the dialog of a new dataset shows its command and passes on its ticks', async () => {
  const answer = dialogs.create({ folder, around: null, procedures: PROCEDURES });
  await user.type(await screen.findByRole('textbox', { name: /Folder name/ }), 'analysis');
  expect(screen.getByRole('checkbox', { name: 'bids Set up BIDS (from datalad-neuroimaging)' })).toBeTruthy();
  expect(screen.getByRole('checkbox', { name: /^text2git keeps text files in Git/ })).toBeTruthy();
  await user.click(screen.getByRole('checkbox', { name: /^yoda My own way \(yours, in/ }));
  await user.click(screen.getByRole('checkbox', { name: /text2git/ }));
  await user.type(screen.getByRole('textbox', { name: /Description/ }), 'on the hub');
  expect(screen.getByRole('group', { name: 'Command' }).textContent).toBe(
    "$ datalad create -c text2git -c yoda -D 'on the hub' study/analysis"
  );
  await press('Create');
  expect(await answer).toEqual({ path: 'study/analysis', procedures: ['text2git', 'yoda'], description: 'on the hub' });
});

test('the folder that is shown can become a dataset itself', async () => {
  const answer = dialogs.create({ folder: contentsPath('study/new'), around: folder, procedures: [] });
  await user.click(await screen.findByRole('checkbox', { name: /Make the folder study\/new a dataset/ }));
  expect(screen.getByRole('checkbox', { name: 'As a subdataset of study' })).toHaveProperty('checked', true);
  expect(screen.queryByRole('textbox', { name: /Folder name/ })).toBeNull();
  expect(screen.getByRole('group', { name: 'Command' }).textContent).toBe('$ datalad create --force -d . new');
  await press('Create');
  expect(await answer).toEqual({ path: 'study/new', force: true, procedures: [], description: '', asSubdataset: 'study' });
});

describe('the dialog of a save', () => {
  const change = { path: contentsPath('study/a'), name: 'a', kind: 'annex', change: 'new', staged: false } as const;
  const question = { commandLine, datasetName: 'study', changes: [change], message: '', recursive: false };

  test('needs a message and is accepted with Ctrl+Enter', async () => {
    const answer = dialogs.save(question);
    await waitFor(async () => expect((await button('Save')).disabled).toBe(true));
    await user.type(await screen.findByRole('textbox', { name: 'Message' }), 'Add a{Enter}for b');
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(await answer).toEqual({ message: 'Add a\nfor b', recursive: false });
  });

  test('hints at changes that stay behind in subdatasets', async () => {
    const answer = dialogs.save({
      ...question,
      changes: [change, { ...change, name: 'sub', kind: 'dataset', change: 'modified', inside: true }]
    });
    expect(await screen.findByText('Changes inside subdatasets would stay unsaved.')).toBeTruthy();
    await user.click(screen.getByRole('checkbox'));
    expect(screen.queryByText('Changes inside subdatasets would stay unsaved.')).toBeNull();
    await press('Cancel');
    expect(await answer).toBeNull();
  });
});

describe('the dialog of a removal', () => {
  const removal = { dataset: contentsPath('study'), paths: [contentsPath('study/sub')] };
  const here = { files: 3, bytes: 5_000_000, unsized: 0 };

  test('says what goes, what is checked and where it is saved; its default loses nothing', async () => {
    const answer = dialogs.remove({ removals: [removal], withDatasets: true, here, commandLines: ['datalad remove sub'] });
    expect(await screen.findByText(/goes from this computer.*4\.8 MB of annexed content, in 3 files/)).toBeTruthy();
    expect(screen.getByText(/DataLad first checks/)).toBeTruthy();
    expect(screen.getByText(/Saved in study as a change/)).toBeTruthy();
    expect(screen.getByRole('group', { name: 'Command' }).textContent).toBe('$ datalad remove sub');
    await waitFor(async () => expect(document.activeElement).toBe(await button('Cancel')));
    await press('Cancel');
    expect(await answer).toBeNull();
  });

  test('of several datasets names them, and is about no history where they stand alone', async () => {
    const alone = ['a', 'b'].map(name => ({ dataset: contentsPath(name), paths: [contentsPath(name)] }));
    const answer = dialogs.remove({ removals: alone, withDatasets: true, here: null, commandLines: [] });
    expect((await screen.findAllByRole('listitem')).map(item => item.textContent)).toEqual(['a', 'b']);
    expect(screen.queryByText(/Saved in/)).toBeNull();
    await press('Remove');
    expect(await answer).toBe(true);
  });

  test('of files alone speaks of no check of datasets', async () => {
    const file = { dataset: contentsPath('study'), paths: [contentsPath('study/a.bin')] };
    const answer = dialogs.remove({ removals: [file], withDatasets: false, here: null, commandLines: [] });
    expect(await screen.findByText(/goes from the folder/)).toBeTruthy();
    expect(screen.queryByText(/checks/)).toBeNull();
    expect(screen.getByText(/earlier versions stay/)).toBeTruthy();
    await press('Cancel');
    expect(await answer).toBeNull();
  });

  test('that was refused names what nobody else has', async () => {
    const lost = [
      { action: 'drop', status: 'error' as const, path: 'study/sub', type: 'key', key: 'MD5E-s1--00.bin' },
      { action: 'uninstall', status: 'error' as const, path: 'study/sub', message: "available. Unique revisions: ['main']" },
      { action: 'drop', status: 'error' as const, path: 'study/sub', type: 'key', key: 'MD5E-s1--00.bin' }
    ];
    const failure = { kind: 'last-copy' as const, message: '' };
    const answer = dialogs.removeRefused({ removal, failure, lost, here });
    expect((await screen.findAllByRole('listitem')).map(item => item.textContent)).toEqual([
      'sub: the content MD5E-s1--00.bin',
      "sub: commits of ['main']"
    ]);
    expect(screen.getByText(/lost for good\. 3 files with 4\.8 MB/)).toBeTruthy();
    await waitFor(async () => expect(document.activeElement).toBe(await button('Cancel')));
    await press('Remove and Lose It');
    expect(await answer).toBe(true);
  });

  test('that siblings still count on says that nothing is lost', async () => {
    const failure = { kind: 'still-announced' as const, message: '' };
    const answer = dialogs.removeRefused({ removal, failure, lost: [], here });
    expect(await screen.findByText(/Nothing is lost/)).toBeTruthy();
    await press('Remove All the Same');
    expect(await answer).toBe(true);
  });
});

test('the dialog of a copy takes a folder or a name, and no path that climbs', async () => {
  const answer = dialogs.copyTo({ title: 'a.bin', folder, commandLine: async to => `datalad copy-file a.bin ${to}` });
  const field = await screen.findByRole('textbox', { name: /Into the folder/ });
  expect(field).toHaveProperty('value', 'study');
  await user.type(field, '/../up');
  await waitFor(async () => expect((await button('Copy')).disabled).toBe(true));
  await user.clear(field);
  await user.type(field, '/other/b.bin');
  await press('Copy');
  expect(await answer).toBe('other/b.bin');
});

test('the dialog of who commits is filled in and checks the e-mail', async () => {
  const answer = dialogs.identity({ name: 'ada', email: '', dataset: folder });
  expect(await screen.findByRole('textbox', { name: 'Name' })).toHaveProperty('value', 'ada');
  const email = screen.getByRole('textbox', { name: 'E-mail' });
  await user.type(email, 'no address');
  await waitFor(async () => expect((await button('Set')).disabled).toBe(true));
  await user.clear(email);
  await user.type(email, 'ada@example.org');
  await user.click(screen.getByRole('checkbox', { name: 'For this dataset only' }));
  await press('Set');
  expect(await answer).toEqual({ name: 'ada', email: 'ada@example.org', onlyHere: true });
});

describe('help', () => {
  const terms = () => screen.queryAllByRole('term').map(term => term.textContent);

  test('unfolds below the line of a form, and Enter in its search does not answer the form', async () => {
    let answered = false;
    const answer = dialogs.clone({ source: 'https://example.org/d', name: null, folder, around: null });
    void answer.then(() => (answered = true));
    const mark = await button('Help on this line');
    expect(mark.getAttribute('aria-expanded')).toBe('false');
    await user.click(mark);
    expect(await screen.findByRole('group', { name: 'How it is called' })).toHaveProperty(
      'textContent',
      expect.stringMatching(/^datalad clone \[-h\]/u)
    );
    expect(terms()).toEqual(['SOURCE', 'PATH', '-d DATASET, --dataset DATASET', '-D DESCRIPTION, --description DESCRIPTION']);
    await user.type(screen.getByRole('searchbox', { name: 'Search its options' }), 'dataset{Enter}');
    // What has it in its name comes first.
    expect(terms()).toEqual(['-d DATASET, --dataset DATASET', 'SOURCE', '-D DESCRIPTION, --description DESCRIPTION']);
    expect(screen.getByText('3 of 4 options')).toBeTruthy();
    expect(await accessibilityViolations(document.querySelector('.jp-Datalad-form') ?? document.body)).toEqual([]);
    mark.focus();
    await user.keyboard('{Enter}');
    expect(screen.queryByRole('group', { name: 'How it is called' })).toBeNull();
    expect(answered).toBe(false);
    await press('Clone');
    expect(await answer).toMatchObject({ source: 'https://example.org/d' });
  });

  test('is there on whatever is chosen, also where the program tells no options, or is missing', async () => {
    const closed = dialogs.help({ subject: null });
    const choice = await screen.findByRole('combobox', { name: 'Command' });
    expect(screen.queryByRole('region')).toBeNull();
    fireEvent.change(choice, { target: { value: 'git switch' } });
    expect(await screen.findByText('create and switch to a new branch')).toBeTruthy();
    fireEvent.change(choice, { target: { value: 'git bisect' } });
    expect((await screen.findByRole('group', { name: 'How it is called' })).textContent).toBe('git bisect [help|start]');
    expect(screen.queryByRole('searchbox')).toBeNull();
    expect(await accessibilityViolations(document.querySelector('.jp-Datalad-form') ?? document.body)).toEqual([]);
    fireEvent.change(choice, { target: { value: 'git annex lock' } });
    expect((await screen.findByRole('alert')).textContent).toContain('git-annex');
    await press('Close');
    expect(await closed).toBeNull();
  });
});

describe('the dialog of a restore', () => {
  const commit = v.parse(CommitId, 'abcdef1'.padEnd(40, '0'));
  const question = (path: string, isFolder = false) => ({
    dataset: contentsPath('study'),
    path: contentsPath(path),
    isFolder,
    commit,
    commandLine: (place: string) => `checkout ${place}`
  });

  test('offers the file, and the folders around it up to the dataset', async () => {
    const answer = dialogs.restore(question('study/code/old/a.txt'));
    expect((await screen.findAllByRole('radio')).map(radio => radio.closest('label')?.textContent)).toEqual([
      'code/old/a.txt',
      'Everything in code/old',
      'Everything in code',
      'Everything in the dataset'
    ]);
    await user.click(screen.getByRole('radio', { name: 'Everything in code' }));
    expect(screen.getByRole('group', { name: 'Command' }).textContent).toBe('$ checkout study/code');
    await press('Restore');
    expect(await answer).toBe('study/code');
  });

  test('of a whole dataset there is nothing to choose, and of a name that is no text only these two', async () => {
    const answer = dialogs.restore(question('study', true));
    expect(await screen.findByText(/^The files come to be as they were then/)).toBeTruthy();
    expect(screen.queryAllByRole('radio')).toEqual([]);
    await press('Cancel');
    expect(await answer).toBeNull();
    const other = dialogs.restore(question('bytes:c3R1ZHkvY2Fm6Q'));
    expect(await screen.findAllByRole('radio')).toHaveLength(2);
    await press('Restore');
    expect(await other).toBe('bytes:c3R1ZHkvY2Fm6Q');
  });
});

test('who makes commits is asked with the two lines that set it, for everything or for one dataset', async () => {
  const answer = dialogs.identity({ name: 'Ada', email: '', dataset: folder });
  const line = (name: string) => screen.findByRole('group', { name });
  expect((await line('Command for the name')).textContent).toBe('$ git config --global user.name Ada');
  await user.type(screen.getByRole('textbox', { name: 'E-mail' }), 'ada@example.org');
  await user.click(screen.getByRole('checkbox', { name: 'For this dataset only' }));
  expect((await line('Command for the e-mail address')).textContent).toBe('$ git config --local user.email ada@example.org');
  await press('Set');
  expect(await answer).toEqual({ name: 'Ada', email: 'ada@example.org', onlyHere: true });
});

test('where copies go is asked with the line, once it is known what is there', async () => {
  const asked: string[] = [];
  const answer = dialogs.copyTo({
    title: 'a.bin',
    folder,
    commandLine: async to => {
      asked.push(to);
      return `datalad copy-file -d . a.bin ${to}`;
    }
  });
  await screen.findByText('$ datalad copy-file -d . a.bin study');
  await user.type(screen.getByRole('textbox'), '/data');
  await screen.findByText('$ datalad copy-file -d . a.bin study/data');
  expect(screen.getAllByRole('button', { name: /Help/ })).toHaveLength(1);
  expect(asked.at(-1)).toBe('study/data');
  await press('Copy');
  expect(await answer).toBe('study/data');
});
