import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { accessibilityViolations, trans } from '../testing.fixtures';
import { NOTEBOOK_TEXT, versionFixtures, versionState } from './version.fixtures';
import { VersionView, type IVersionViewProps } from './versionView';

afterEach(cleanup);

async function show(name: string, more: Partial<IVersionViewProps> = {}) {
  const actions = {
    onGet: jest.fn(),
    onOpen: jest.fn(),
    onWhole: jest.fn(),
    onAsText: jest.fn(),
    onRefresh: jest.fn(),
    onCompare: jest.fn(),
    onRestore: jest.fn()
  };
  const [file, state] = versionFixtures[name] ?? ['', versionState({ type: 'absent' })];
  const view = (
    <VersionView
      state={state}
      name={file}
      folder={name === 'folder'}
      languages={null}
      trans={trans}
      now={0}
      {...actions}
      {...more}
    />
  );
  const page = render(view);
  // Editors are made once their language is known.
  await act(async () => undefined);
  return { ...page, actions };
}

test.each(Object.keys(versionFixtures))('“%s” breaks no rule of accessibility', async name => {
  const { container } = await show(name);
  expect(await accessibilityViolations(container)).toEqual([]);
});

test('it says which file it is, of which commit, and that it is read-only', async () => {
  const { container } = await show('text');
  expect(screen.getByRole('heading').textContent).toBe('notes\\u202e.txtread-only');
  expect(container.textContent).toContain('As it was in abcdef1 <b>Begin</b> · ');
  expect(container.querySelector('h2 b, p b b')).toBeNull();
});

test.each(['text', 'folder', 'not here'])('“%s” is compared with now', async name => {
  const { actions } = await show(name);
  await userEvent.click(screen.getByRole('button', { name: 'Compare with now' }));
  expect(actions.onCompare).toHaveBeenCalledTimes(1);
  cleanup();
  await show(name, { onCompare: null });
  expect(screen.queryByRole('button', { name: 'Compare with now' })).toBeNull();
});

test('text stands in an editor that takes no text', async () => {
  await show('text');
  const editor = await screen.findByRole('textbox', { name: 'notes\\u202e.txt' });
  expect(editor.getAttribute('contenteditable')).toBe('false');
  expect(editor.textContent).toBe('onetwo');
});

test('a table has its cells, of many rows the first, or is text', async () => {
  await show('table');
  const rows = within(screen.getByRole('table')).getAllByRole('row');
  expect(rows.slice(0, 3).map(row => row.textContent)).toEqual(['Rownameage', '2Ada36', '3Bob']);
  expect(rows).toHaveLength(501);
  expect(screen.getByText('602 rows; the first 500 are shown')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Text' }));
  expect(await screen.findByRole('textbox')).toBeTruthy();
});

test('a notebook has its cells and outputs, and nothing of it is HTML', async () => {
  const { container } = await show('notebook');
  expect(screen.getAllByRole('region').map(cell => cell.getAttribute('aria-label'))).toEqual(['Text cell 1', 'Code cell 2']);
  expect(await screen.findAllByRole('textbox', { name: 'Source' })).toHaveLength(2);
  expect(screen.getByText('<b>42</b>')).toBeTruthy();
  expect(container.querySelector('img')?.getAttribute('src')).toBe('data:image/png;base64,aWs=');
  expect(container.querySelector('pre b')).toBeNull();
  expect(NOTEBOOK_TEXT).toContain('<b>42</b>');
});

test('what cannot be shown says why', async () => {
  const words = async (name: string): Promise<string> => {
    cleanup();
    return (await show(name)).container.textContent ?? '';
  };
  expect(await words('absent')).toContain('It was not there in this commit.');
  expect(await words('binary')).toContain('This is no text and no picture');
  expect(await words('damaged')).toContain('It is no valid UTF-8');
  expect(await words('dataset')).toContain('It was a subdataset');
  expect(await words('too large')).toContain('too large to be shown');
  expect(await words('failed')).toContain('It is no longer there.');
  cleanup();
  const { actions } = await show('large');
  await userEvent.click(screen.getByRole('button', { name: 'Show it' }));
  expect(actions.onWhole).toHaveBeenCalled();
});

test('annexed content that is not here says so, and is got by its key', async () => {
  const { actions } = await show('not here');
  expect(screen.getByText('The content that it had then is not in this clone.')).toBeTruthy();
  expect(screen.getByRole('row', { name: /^Size/ }).textContent).toBe('Size4.8 MB (5,000,000 bytes)');
  await userEvent.click(screen.getByRole('button', { name: 'Get, 4.8 MB (then)' }));
  expect(actions.onGet).toHaveBeenCalledWith(`SHA256E-s5000000--${'ab'.repeat(32)}.bin`);
});

test('lines without an end are cut', async () => {
  await show('long line');
  expect((await screen.findByRole('textbox')).textContent.length).toBeLessThan(2_100);
  expect(screen.getByText('Of lines longer than 2000 characters the rest is not shown.')).toBeTruthy();
});

test('a folder has its files, each of which is opened', async () => {
  const { actions } = await show('folder');
  expect(screen.getByText('2 files')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'a.txt' }).getAttribute('aria-description')).toBe('Git, 12 B');
  await userEvent.click(screen.getByRole('button', { name: 'b.bin' }));
  expect(actions.onOpen).toHaveBeenCalledWith(expect.objectContaining({ path: 'study/b.bin' }));
});

test('a file is brought back, of a folder all of it or one of its files', async () => {
  const { actions } = await show('text');
  await userEvent.click(screen.getByRole('button', { name: 'Restore…' }));
  expect(actions.onRestore).toHaveBeenLastCalledWith(null);
  cleanup();
  const folder = await show('folder');
  await userEvent.click(screen.getByRole('button', { name: 'Restore…' }));
  expect(folder.actions.onRestore).toHaveBeenLastCalledWith(null);
  await userEvent.click(screen.getByRole('button', { name: 'Restore b.bin…' }));
  expect(folder.actions.onRestore).toHaveBeenLastCalledWith(expect.objectContaining({ path: 'study/b.bin' }));
});

test.each(['absent', 'dataset', 'failed'])('of “%s” nothing can be brought back', async name => {
  await show(name);
  expect(screen.queryByRole('button', { name: /^Restore/ })).toBeNull();
});

test('the keyboard reaches what is done with a file of the list', async () => {
  const { actions } = await show('folder');
  screen.getByRole('button', { name: 'a.txt' }).focus();
  await userEvent.keyboard('{ArrowDown}{Tab}');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Restore b.bin…' }));
  await userEvent.keyboard('{Enter}');
  expect(actions.onRestore).toHaveBeenLastCalledWith(expect.objectContaining({ path: 'study/b.bin' }));
});
