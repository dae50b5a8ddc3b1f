import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { contentsPath } from '../../protocol/paths';
import type { IHistoryState } from '../../tokens';
import { accessibilityViolations, trans } from '../testing.fixtures';
import { commit, commitId, DATASET, detailsOf, NOW } from '../../models/history.fixtures';
import { historyFixtures, historyState } from './history.fixtures';
import { HistorySection } from './historySection';
import { searchOf } from './searchForm';

afterEach(cleanup);

function show(state: IHistoryState, { has = true, hasLines = false } = {}) {
  const history = { setPath: jest.fn(), setSearch: jest.fn(), more: jest.fn(), select: jest.fn(), showBranches: jest.fn() };
  const actions = { execute: jest.fn(async () => true), has: () => has, copy: jest.fn(), openCommitMenu: jest.fn() };
  const section = (shown: IHistoryState): JSX.Element => (
    <HistorySection state={shown} dataset={DATASET} hasLines={hasLines} {...{ history, actions, trans }} now={NOW} />
  );
  const page = render(section(state));
  return { ...page, history, actions, again: (next: IHistoryState) => page.rerender(section(next)) };
}

test.each(Object.keys(historyFixtures))('“%s” breaks no rule of accessibility', async name => {
  const { container } = show(historyFixtures[name] ?? historyState());
  expect(await accessibilityViolations(container)).toEqual([]);
});

test('commits are told in words: kind, names, author and age, and nothing in them does anything', () => {
  show(historyState());
  const names = within(screen.getByRole('list', { name: 'Commits' }))
    .getAllByRole('button')
    .map(button => button.getAttribute('aria-label'));
  expect(names).toEqual([
    'Merge the new mask, merge, branch main, checked out, hub/main at a sibling, Ada Lovelace, 2 min ago',
    'Reformat code with black, run, Ada Lovelace, 2 h ago',
    'Use another mask, Grace Hopper, 4 days ago',
    'Describe what the figures show, and how they were made from the raw scans, Ada Lovelace, 4 days ago',
    '[DATALAD] Added subdataset, subdataset, tag v1.0, Ada Lovelace, 4 days ago',
    expect.stringMatching(/^<b>bold<\/b> ␛\[31mred␛\[0m \\u202egnp.exe, Ada Lovelace, Oct 1[78], 2025$/),
    '(no message), Ada Lovelace, date unknown'
  ]);
  expect(document.querySelector('b')).toBeNull();
});

test('Enter opens a commit, Escape goes back to it', async () => {
  const { history, again } = show(historyState());
  fireEvent.click(screen.getByRole('button', { name: /^Use another mask/ }));
  expect(history.select).toHaveBeenCalledWith(commitId(6));
  again(historyState({ selected: commitId(6), details: detailsOf(commit(6, { subject: 'Use another mask' })) }));
  const view = screen.getByRole('group', { name: /^Commit 0000/ });
  expect(within(view).getByRole('heading', { name: 'Use another mask' })).toBeTruthy();
  expect(document.activeElement?.textContent).toContain('All commits');
  fireEvent.keyDown(view, { key: 'Escape' });
  expect(history.select).toHaveBeenLastCalledWith(null);
  again(historyState());
  await waitFor(() => expect(document.activeElement?.getAttribute('data-roving')).toBe(''));
});

test('a commit shows its message as it is, and what came before it as links', () => {
  const { history, actions, container } = show(historyFixtures['commit'] ?? historyState());
  expect(container.querySelector('pre')?.textContent).toBe('A body with <i>tags</i>,\n\tand ␛[1mescapes␛[0m \\u202ereversed.');
  expect(container.querySelector('i')).toBeNull();
  fireEvent.click(screen.getByTitle(commitId(8)));
  expect(history.select).toHaveBeenCalledWith(commitId(8));
  fireEvent.change(screen.getByLabelText('Changes against'), { target: { value: commitId(6) } });
  expect(history.select).toHaveBeenLastCalledWith(commitId(9), commitId(6));
  fireEvent.click(screen.getByRole('button', { name: 'Copy the id' }));
  expect(actions.copy).toHaveBeenCalledWith(commitId(9));
});

test('files are compared, followed and restored by commands with all arguments', () => {
  const { history, actions } = show(historyFixtures['commit'] ?? historyState());
  const [dataset, from, to] = [DATASET, commitId(8), commitId(9)];
  fireEvent.click(screen.getByRole('button', { name: 'Compare figures/mask.png' }));
  expect(actions.execute).toHaveBeenLastCalledWith('datalad:diff', { dataset, path: 'my-analysis/figures/mask.png', from, to });
  fireEvent.click(screen.getByRole('button', { name: 'History of code/mask.py' }));
  expect(history.setPath).toHaveBeenCalledWith('my-analysis/code/mask.py');
  fireEvent.click(screen.getByRole('button', { name: 'Restore code/mask.py as it was then' }));
  expect(actions.execute).toHaveBeenLastCalledWith('datalad:restore', {
    dataset,
    paths: ['my-analysis/code/mask.py'],
    commit: to
  });
  // What the commit deleted comes back as it was before.
  fireEvent.click(screen.getByRole('button', { name: /^Restore notes\/.* as it was before$/ }));
  expect(actions.execute).toHaveBeenLastCalledWith('datalad:restore', expect.objectContaining({ commit: from }));
  expect(screen.queryByRole('button', { name: /^Restore input/ })).toBeNull();
});

test('the whole dataset is compared by a menu, in the history of a file only that', () => {
  const name = 'Compare with…';
  const { actions, again } = show(historyFixtures['commit'] ?? historyState());
  const sides = { commit: commitId(9), parent: commitId(8) };
  fireEvent.click(screen.getByRole('button', { name }));
  expect(actions.openCommitMenu).toHaveBeenLastCalledWith({ dataset: DATASET }, sides, screen.getByRole('button', { name }));
  const path = contentsPath('my-analysis/code/mask.py');
  again({ ...(historyFixtures['commit'] ?? historyState()), path });
  fireEvent.click(screen.getByRole('button', { name }));
  expect(actions.openCommitMenu).toHaveBeenLastCalledWith({ dataset: DATASET, path }, sides, expect.anything());
  cleanup();
  show(historyFixtures['commit'] ?? historyState(), { has: false });
  expect(screen.queryByRole('button', { name })).toBeNull();
});

test('a first commit is compared with nothing, and no comparison is offered where none can be shown', () => {
  const first = detailsOf(commit(0));
  const { actions } = show(historyState({ selected: commitId(0), details: first }));
  fireEvent.click(screen.getByRole('button', { name: 'Compare figures/mask.png' }));
  expect(actions.execute).toHaveBeenLastCalledWith('datalad:diff', expect.objectContaining({ from: 'nothing', to: commitId(0) }));
  cleanup();
  show(historyState({ selected: commitId(0), details: first }), { has: false });
  expect(screen.queryByRole('button', { name: /^Compare/ })).toBeNull();
  expect(screen.getByText('The first commit.')).toBeTruthy();
});

test('the search waits until nothing is typed, and what is hidden leaves nothing out', async () => {
  const { history } = show(historyState());
  fireEvent.change(screen.getByRole('searchbox', { name: 'Words in the message' }), { target: { value: 'ma' } });
  fireEvent.change(screen.getByRole('searchbox', { name: 'Words in the message' }), { target: { value: ' mask ' } });
  await waitFor(() => expect(history.setSearch).toHaveBeenCalledWith({ message: 'mask' }));
  expect(history.setSearch).toHaveBeenCalledTimes(1);
  fireEvent.click(screen.getByRole('button', { name: 'Path, author and dates' }));
  fireEvent.change(screen.getByLabelText('Author'), { target: { value: 'ada' } });
  await waitFor(() => expect(history.setSearch).toHaveBeenLastCalledWith({ message: 'mask', author: 'ada' }));
  fireEvent.click(screen.getByRole('button', { name: 'Path, author and dates' }));
  await waitFor(() => expect(history.setSearch).toHaveBeenLastCalledWith({ message: 'mask' }));
});

test('days of a search count whole, in the browser’s time zone', () => {
  const [since, until] = [new Date(2026, 10, 1).getTime(), new Date(2026, 10, 2, 23, 59, 59).getTime()];
  expect(searchOf({ message: ' ', author: '', path: ' ', since: '2026-11-01', until: '2026-11-02' })).toEqual({ since, until });
  expect(searchOf({ message: '', author: '', path: 'code/ ', since: '', until: 'nonsense' })).toEqual({ path: 'code/' });
  expect(searchOf({ message: '', author: '', path: '', since: '', until: '' })).toEqual({});
});

test('the end of the list says why it is one', () => {
  const words = (name: string): string => {
    cleanup();
    show(historyFixtures[name] ?? historyState());
    return screen.getByRole('status').textContent ?? '';
  };
  expect(words('list')).toBe('');
  expect(words('unborn')).toBe('Nothing has been saved yet.');
  expect(words('nothing fits')).toBe('Nothing fits.');
  expect(words('loading')).toBe('Reading…');
  expect(words('shallow')).toMatch(/^This clone is shallow/);
  expect(words('damaged')).toMatch(/^History cannot be read any further/);
});

test('more is loaded near the end of what is there', () => {
  const { history } = show(historyState({ more: true }));
  expect(history.more).toHaveBeenCalled();
  cleanup();
  const long = show(historyFixtures['long'] ?? historyState());
  expect(long.history.more).not.toHaveBeenCalled();
});

test('a search by path shows its line for a terminal; the history of one path has no such field', async () => {
  const { history, again } = show(historyState());
  fireEvent.click(screen.getByRole('button', { name: 'Path, author and dates' }));
  expect(screen.queryByLabelText('In a terminal')).toBeNull();
  fireEvent.change(screen.getByLabelText('Path'), { target: { value: 'code/*.py' } });
  await waitFor(() => expect(history.setSearch).toHaveBeenCalledWith({ path: 'code/*.py' }));
  again(historyState({ search: { path: 'code/*.py', author: 'ada' } }));
  expect(screen.getByLabelText('In a terminal').textContent).toBe(
    "git log --fixed-strings --regexp-ignore-case --all-match --author=ada main -- ':(glob)code/*.py' ':(glob)code/*.py/**'"
  );
  cleanup();
  show(historyFixtures['of a file'] ?? historyState());
  fireEvent.click(screen.getByRole('button', { name: 'Author and dates' }));
  expect(screen.queryByLabelText('Path')).toBeNull();
});

test('a run is told in words, and its record part by part where one unfolds it', async () => {
  const { container } = show(historyFixtures['run'] ?? historyState());
  expect(screen.getByRole('heading').textContent).toBe('[DATALAD RUNCMD] Reformat code');
  const run = within(screen.getByRole('group', { name: 'The run' }));
  expect(run.getByLabelText('Command').textContent).toBe("black 'code/' <b>\\u202e</b>");
  expect(run.getByText('Inputs: code/a.py, code/b␊.py')).toBeTruthy();
  expect(run.getByText('Outputs: code')).toBeTruthy();
  expect(run.getByText('Run in code')).toBeTruthy();
  expect(run.getByText('It failed (exit code 3).')).toBeTruthy();
  const details = container.querySelector('details');
  expect(details?.open).toBe(false);
  expect(run.queryByLabelText('Whole record')).toBeNull();
  Object.assign(details ?? {}, { open: true });
  fireEvent(details as HTMLElement, new Event('toggle'));
  expect((await run.findByLabelText('Parts of the record')).textContent).toMatch(
    /^cmdblack 'code\/' <b>\\u202e<\/b>What was run, by a shell.*pwdcode.*colour\\u202eDataLad does not write this/su
  );
  expect(await accessibilityViolations(container)).toEqual([]);
  expect(run.getByLabelText('Whole record').textContent).toMatch(/^=== Do not change lines below ===\n\{.*\^\^\^$/su);
  expect(container.querySelector('b')).toBeNull();
});

test('a file is opened as it was then, one that was deleted as it was before', () => {
  const { actions } = show(historyFixtures['commit'] ?? historyState());
  fireEvent.click(screen.getByRole('button', { name: 'Open figures/mask.png as it was then' }));
  const opened = { dataset: DATASET, path: 'my-analysis/figures/mask.png', commit: commitId(9) };
  expect(actions.execute).toHaveBeenLastCalledWith('datalad:open-version', opened);
  fireEvent.click(screen.getByRole('button', { name: /^Open notes\/.* as it was before$/ }));
  expect(actions.execute).toHaveBeenLastCalledWith('datalad:open-version', expect.objectContaining({ commit: commitId(8) }));
  expect(screen.queryByRole('button', { name: /^Open input/ })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Open as it was then' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'All files then' }));
  const whole = { dataset: DATASET, path: DATASET, commit: commitId(9), folder: true };
  expect(actions.execute).toHaveBeenLastCalledWith('datalad:open-version', whole);
});

test('in the history of a file that file is opened, by the name it had', () => {
  const { actions } = show(historyFixtures['commit of a file'] ?? historyState());
  fireEvent.click(screen.getByRole('button', { name: 'Open as it was then' }));
  const opened = { dataset: DATASET, path: 'my-analysis/mask.py', commit: commitId(7) };
  expect(actions.execute).toHaveBeenLastCalledWith('datalad:open-version', opened);
});

test('the history of a text leads to who changed each line, where that can be shown', () => {
  const state = historyFixtures['of a file'] ?? historyState();
  const name = { name: 'Who Changed Each Line' };
  const { actions } = show(state, { hasLines: true });
  fireEvent.click(screen.getByRole('button', name));
  expect(actions.execute).toHaveBeenLastCalledWith('datalad:blame', { dataset: DATASET, path: state.path });
  for (const options of [{ hasLines: false }, { hasLines: true, has: false }]) {
    cleanup();
    show(state, options);
    expect(screen.queryByRole('button', name)).toBeNull();
  }
});
