import { Dialog } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { configure, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fail } from '../../protocol/failure';
import { contentsPath } from '../../protocol/paths';
import type { IExportQuestion, IUnpackQuestion } from './dialogs';
import { createDialogs } from './index';

// JupyterLab shows its `dialog` element by a style sheet, which is not loaded here.
configure({ defaultHidden: true });

const dialogs = createDialogs(nullTranslator.load('jupyterlab_datalad'), async () => fail('not-found', 'Nobody asks for help.'));
const user = userEvent.setup({ delay: null });
const press = async (name: string) => user.click(await screen.findByRole('button', { name }));
const line = () => screen.getByRole('group', { name: 'Command' }).textContent;

afterEach(() => Dialog.flush());

const EXPORT: IExportQuestion = {
  dataset: contentsPath('data/study'),
  datasetName: 'study',
  absent: { files: 2, bytes: 5_000_000, unsized: 0 },
  unsaved: 1,
  subdatasets: true,
  initial: { to: contentsPath('data'), name: 'study', format: 'tar.gz', missing: 'error' },
  commandLine: answer => JSON.stringify(answer)
};

describe('the dialog of an export', () => {
  test('tells what does not come along, and shows its command as it is filled', async () => {
    const answer = dialogs.exportArchive(EXPORT);
    expect(await screen.findByText('The content of 2 files (4.8 MB) is not here.')).toBeTruthy();
    expect(screen.getByText(/^1 file has changes that are not saved/)).toBeTruthy();
    expect(screen.getByText('Subdatasets come as empty folders.')).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: '.zip' }));
    await user.click(screen.getByRole('radio', { name: 'Leave it out silently' }));
    const filled = { to: 'data', name: 'study', format: 'zip', missing: 'ignore' };
    const [, shown = ''] = line()?.split('$ ') ?? [];
    expect(JSON.parse(shown)).toEqual(filled);
    await press('Export');
    expect(await answer).toEqual(filled);
  });

  test('says where the file would be one of the dataset, and takes no name that is none', async () => {
    const answer = dialogs.exportArchive({ ...EXPORT, absent: { files: 0, bytes: 0, unsized: 0 } });
    const folder = await screen.findByRole('textbox', { name: 'Into the folder' });
    expect(screen.queryByText(/new file that is not saved/)).toBeNull();
    await user.type(folder, '/study/out');
    expect(screen.getByText(/new file that is not saved/)).toBeTruthy();
    expect(screen.queryByRole('group', { name: 'What is not here' })).toBeNull();
    const name = screen.getByRole('textbox', { name: /^File name/ });
    await user.clear(name);
    await user.type(name, 'a/b');
    expect(line()).toBe('$ datalad export-archive …');
    await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Export' }).disabled).toBe(true));
    await press('Cancel');
    expect(await answer).toBeNull();
  });
});

const UNPACK: IUnpackQuestion = {
  archiveName: 'scans.tar.gz',
  plan: { files: 12, bytes: 5_000_000, links: 1, leading: 'scans-2024', names: ['scans-2024/a\u202eb.nii'] },
  initial: { ownFolder: true, strip: false, overwrite: false, remove: false },
  commandLine: answer => JSON.stringify(answer)
};

describe('the dialog of unpacking', () => {
  test('tells what comes out, shows names harmlessly, and writes over nothing by itself', async () => {
    const answer = dialogs.unpack(UNPACK);
    expect(await screen.findByText('12 files, 4.8 MB unpacked:')).toBeTruthy();
    expect(screen.getAllByRole('listitem').map(item => item.textContent)).toEqual(['scans-2024/a\\u202eb.nii', 'and 11 more']);
    expect(screen.getByText(/^1 of them is a link/)).toBeTruthy();
    const ticks = screen.getAllByRole<HTMLInputElement>('checkbox');
    expect(ticks.map(({ checked }) => checked)).toEqual([true, false, false, false]);
    expect(screen.getByRole('checkbox', { name: 'Into a folder of its own, scans' })).toBeTruthy();
    await user.click(screen.getByRole('checkbox', { name: /scans-2024$/ }));
    await press('Unpack');
    expect(await answer).toEqual({ ownFolder: true, strip: true, overwrite: false, remove: false });
  });

  test('goes on where nobody could tell in a moment what is in it', async () => {
    const answer = dialogs.unpack({ ...UNPACK, plan: null });
    expect(await screen.findByText(/too large to tell in a moment/)).toBeTruthy();
    expect(screen.getAllByRole('checkbox')).toHaveLength(4);
    await press('Cancel');
    expect(await answer).toBeNull();
  });
});
