import { act, cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Row } from '../../protocol/dataset';
import { contentsPath } from '../../protocol/paths';
import { CommandIDs } from '../../tokens';
import { panelFixtures } from '../panel.fixtures';
import { renderPanel } from '../testing.fixtures';

beforeAll(() => {
  // There is no layout here: a list must be told that it has room.
  jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(384);
});
afterEach(cleanup);

const fixture = panelFixtures['hidden files'];

async function open() {
  if (fixture === undefined) {
    throw new Error('no fixture');
  }
  const page = renderPanel(fixture);
  await act(() => Promise.resolve());
  return page;
}

const list = () => within(screen.getByRole('list', { name: 'Hidden files' }));
const rows = () =>
  list()
    .getAllByRole('listitem')
    .map(item => item.textContent);

describe('files that the branch hides', () => {
  it('are listed with their size and got one by one; folders are asked about', async () => {
    const { actions } = await open();
    expect(rows()).toEqual([
      'data9 files, 1.1 GBGet…',
      'atlas-with-a-long-name_desc-preproc_bold.nii.gz90 MBGet',
      'mask.nii.gz4 MBShow'
    ]);
    const dataset = 'my-analysis';
    await userEvent.click(screen.getByRole('button', { name: /^Get atlas/ }));
    expect(actions.execute).toHaveBeenLastCalledWith(CommandIDs.get, {
      dataset,
      paths: ['my-analysis/atlas-with-a-long-name_desc-preproc_bold.nii.gz']
    });
    await userEvent.click(screen.getByRole('button', { name: 'Get data' }));
    expect(actions.execute).toHaveBeenLastCalledWith(CommandIDs.get, { dataset, paths: ['my-analysis/data'], ask: true });
    await userEvent.click(screen.getByRole('button', { name: 'Show mask.nii.gz' }));
    expect(actions.execute).toHaveBeenLastCalledWith(CommandIDs.get, { dataset, paths: ['my-analysis/mask.nii.gz'] });
  });

  it('can be looked for in folders that the file browser does not have', async () => {
    const { actions } = await open();
    await userEvent.click(list().getByRole('button', { name: 'data' }));
    expect(actions.hidden).toHaveBeenLastCalledWith('my-analysis/data');
    expect(rows()).toEqual(['sub-01.nii.gz204.8 MBGet']);
    expect(screen.getByText(/Not here, in data:/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Up to my-analysis' }));
    expect(rows()).toHaveLength(3);
  });

  it('lead back out of a folder whose name is no UTF-8, and whose path so does not tell the one around it', async () => {
    const { actions } = await open();
    const inside = contentsPath(`bytes:${Buffer.from('my-analysis/data/caf\xe9', 'latin1').toString('base64url')}`);
    const row = {
      name: 'caf\\xe9',
      path: inside,
      kind: 'directory',
      here: 'no',
      bytes: 1,
      below: { files: 1, filesHere: 0, bytesHere: 0 }
    };
    actions.hidden.mockResolvedValueOnce({ folder: contentsPath('my-analysis/data'), rows: [row as Row], truncated: false });
    await userEvent.click(list().getByRole('button', { name: 'data' }));
    actions.hidden.mockResolvedValueOnce({ folder: inside, rows: [], truncated: false });
    await userEvent.click(list().getByRole('button', { name: 'caf\\xe9' }));
    expect(actions.hidden).toHaveBeenLastCalledWith(inside);
    expect(screen.getByText('Not here, in data/caf\\xe9:', { exact: false })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Up to my-analysis/data' }));
    expect(actions.hidden).toHaveBeenLastCalledWith('my-analysis/data');
  });

  it('start anew in another folder of the browser, and are read again when the totals change', async () => {
    const page = await open();
    await userEvent.click(list().getByRole('button', { name: 'data' }));
    if (fixture === undefined || fixture.state.totals === null) {
      throw new Error('no fixture');
    }
    const { state } = fixture;
    page.show({ ...fixture, state: { ...state, folder: contentsPath('my-analysis/data') } });
    await act(() => Promise.resolve());
    expect(screen.getByText(/hidden from this folder/)).toBeTruthy();
    const asked = page.actions.hidden.mock.calls.length;
    page.show({ ...fixture, state: { ...state, totals: { ...fixture.state.totals } } });
    await act(() => Promise.resolve());
    expect(page.actions.hidden.mock.calls.length).toBe(asked + 1);
    expect(rows()).toHaveLength(3);
  });

  it('are no matter on other branches', async () => {
    const other = panelFixtures['clean'];
    if (other === undefined) {
      throw new Error('no fixture');
    }
    const { actions } = renderPanel({ ...other, memory: { ...other.memory, open: ['data'] } });
    await act(() => Promise.resolve());
    expect(actions.hidden).not.toHaveBeenCalled();
  });
});
