import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { commitId, DATASET, NOW } from '../../models/history.fixtures';
import { accessibilityViolations, trans } from '../testing.fixtures';
import { BLAME, blameFixtures, blameState } from './blame.fixtures';
import { blamedLines, columnsOf } from './blamedLines';
import { BlameView } from './blameView';

afterEach(cleanup);

function show(state = blameState()) {
  const calls = {
    onCommit: jest.fn(),
    onUnsaved: jest.fn(),
    onVersion: jest.fn(),
    onBack: jest.fn(),
    onHistory: jest.fn(),
    onMend: jest.fn(),
    onCopy: jest.fn(),
    onHelp: jest.fn()
  };
  const view = (shown: typeof state): JSX.Element => (
    <BlameView state={shown} commandLine="git blame code/mask.py" trans={trans} now={NOW} {...calls} />
  );
  const page = render(view(state));
  return { ...page, ...calls, again: (next: typeof state) => page.rerender(view(next)) };
}

const lines = (): HTMLElement[] => within(screen.getByRole('list', { name: 'Lines of mask.py' })).getAllByRole('listitem');
const names = (): (string | null)[] =>
  screen.getAllByRole('button', { name: /line \d/ }).map(line => line.getAttribute('aria-label'));

test.each(Object.keys(blameFixtures))('“%s” breaks no rule of accessibility', async name => {
  const { container } = show(blameFixtures[name]);
  expect(await accessibilityViolations(container)).toEqual([]);
});

test('each line says who changed it, and nothing in it does anything', () => {
  show();
  expect(names()).toEqual([
    expect.stringMatching(/^Ada Lovelace, 4 days ago, 0000000, Begin, line 1$/),
    expect.stringMatching(/, Begin, line 2$/),
    'Grace Hopper, 2 h ago, 0000000, Use another mask, line 3',
    expect.stringMatching(/, Begin, line 4$/),
    'not saved yet, line 5'
  ]);
  expect(lines().map(line => line.querySelector('code')?.textContent)).toEqual([
    'import numpy',
    '',
    'def mask(image):',
    '\treturn image > 0 # \\u202e<b>bold</b>',
    '# later'
  ]);
  expect(lines().map(line => line.querySelector('[data-part=author]')?.textContent ?? '')).toEqual([
    'Ada Lovelace',
    '',
    'Grace Hopper',
    'Ada Lovelace',
    'not saved yet'
  ]);
  expect(screen.getByRole('status').textContent).toBe('As it is now. 5 lines.');
});

test('a line leads to its commit, to what was before, and what is not saved to a comparison', () => {
  const { onCommit, onVersion, onUnsaved } = show();
  fireEvent.click(screen.getByRole('button', { name: /Begin, line 2$/ }));
  expect(onCommit).toHaveBeenLastCalledWith(commitId(3));
  fireEvent.click(screen.getByRole('button', { name: 'not saved yet, line 5' }));
  expect(onUnsaved).toHaveBeenCalledTimes(1);
  const before = screen.getAllByRole('button', { name: /^Before this change: mask\.py in 0000000$/ });
  // The first commit made the file.
  expect(before).toHaveLength(2);
  before.forEach(button => fireEvent.click(button));
  expect(onVersion.mock.calls).toEqual([[{ path: `${DATASET}/mask.py`, commit: commitId(5) }], [BLAME.saved]]);
});

test('an earlier version says which it is, and has the way back in focus', () => {
  const { again, onBack } = show();
  again(blameFixtures['earlier'] ?? blameState());
  expect(screen.getByRole('status').textContent).toMatch(/^As it was in commit 0{9}0\. /);
  const back = screen.getByRole('button', { name: '‹ Back' });
  expect(document.activeElement).toBe(back);
  fireEvent.click(back);
  expect(onBack).toHaveBeenCalledTimes(1);
  again(blameState());
  expect(document.activeElement).toBe(screen.getByRole('heading'));
});

test('arrows move from line to line, of many only some exist', () => {
  show();
  const [first, second] = screen.getAllByRole('button', { name: /line \d/ });
  first?.focus();
  fireEvent.keyDown(first as HTMLElement, { key: 'ArrowDown' });
  expect(document.activeElement).toBe(second);
  cleanup();
  show(blameFixtures['long']);
  expect(screen.queryAllByRole('button', { name: /line \d/ }).length).toBeLessThan(100);
});

test('what has no lines says why', () => {
  const { onHistory } = show(blameFixtures['annexed']);
  expect(screen.getByRole('alert').textContent).toContain('Its content is in the annex, which keeps no lines.');
  fireEvent.click(screen.getByRole('button', { name: 'History of this file' }));
  expect(onHistory).toHaveBeenCalledTimes(1);
  cleanup();
  const { onMend } = show(blameFixtures['never saved']);
  fireEvent.click(screen.getByRole('button', { name: 'Save…' }));
  expect(onMend).toHaveBeenLastCalledWith('datalad:save');
  cleanup();
  show(blameFixtures['empty']);
  expect(screen.getByRole('status').textContent).toBe('As it is now. It is empty.');
});

test('runs take turns in shade, and very long lines are cut', () => {
  expect(blamedLines(BLAME).map(({ first, shaded }) => [first, shaded])).toEqual([
    [true, false],
    [false, false],
    [true, true],
    [true, false],
    [true, true]
  ]);
  const cut = blamedLines({ text: 'x'.repeat(9_000), commits: [], runs: [{ count: 1, commit: null }] });
  expect(cut[0]?.text).toHaveLength(2_001);
  expect(columnsOf(blamedLines({ text: 'a\tb\n日本', commits: [], runs: [{ count: 2, commit: null }] }))).toBe(10);
});
