import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { IComparisonState } from '../../models/comparisonModel';
import type { CommitId } from '../../protocol/revision';
import { accessibilityViolations, trans } from '../testing.fixtures';
import { ABSENT_FILE, ABSENT_KEYS, compared, difference, stateOf, TABLE } from './compare.fixtures';
import { CompareView, type ICompareViewProps } from './compareView';

function show(state: IComparisonState, name: string, more: Partial<ICompareViewProps> = {}) {
  const actions = {
    hunks: jest.fn(async () => ({
      hunks: [{ from: 1, to: 1, lines: [{ sign: 'removed' as const, text: 'a\u202eb' }] }],
      added: 0,
      removed: 1,
      truncated: true
    })),
    onGet: jest.fn(),
    onOpen: jest.fn(),
    onWhole: jest.fn(),
    onAsText: jest.fn(),
    onDiscardParts: jest.fn(),
    onRefresh: jest.fn(),
    onSides: jest.fn()
  };
  const choosing = { open: false, onOpen: jest.fn(), choices: jest.fn(), find: jest.fn() };
  const props = {
    state,
    name,
    asked: { from: 'HEAD', to: 'worktree' },
    languages: null,
    trans,
    now: 0,
    choosing,
    ...actions,
    ...more
  } as const;
  return { ...render(<CompareView {...props} />), actions, choosing };
}

test('a list of files says what happened to each, and opens it', async () => {
  const files = [
    difference('a.txt'),
    difference('b.txt', { status: 'renamed', oldName: 'old\u202e.txt' }),
    difference('c.bin', { status: 'added', before: undefined, after: { kind: 'annex', bytes: 2_000_000 } })
  ];
  const { container, actions } = show(stateOf(files), 'study');
  expect(screen.getByText('3 files differ')).toBeTruthy();
  const described = within(screen.getByRole('list'))
    .getAllByRole('button')
    .map(button => button.getAttribute('aria-description'));
  expect(described).toEqual([
    'modified, Git, 10 B → 12 B',
    'renamed, was old\\u202e.txt, Git, 10 B → 12 B',
    'added, annex, 1.9 MB'
  ]);
  await userEvent.click(screen.getByRole('button', { name: 'c.bin' }));
  expect(actions.onOpen).toHaveBeenCalledWith(files[2]);
  expect(await accessibilityViolations(container)).toEqual([]);
});

test('what is not here has its facts beside each other, and each side is got by its key', async () => {
  const { container, actions } = show(stateOf([ABSENT_FILE.difference!], ABSENT_FILE), 'data.bin');
  expect(screen.getByRole('row', { name: /^Size/ }).textContent).toBe('Size4.8 MB (5,000,000 bytes)5.7 MB (6,000,000 bytes)');
  expect(screen.getByRole('row', { name: /^Content/ }).textContent).toBe('Contentnot herenot here');
  expect(screen.getByRole('row', { name: /^Checksum/ }).dataset['sign']).toBe('same');
  const buttons = screen.getAllByRole('button', { name: /^Get, / });
  expect(buttons.map(button => button.textContent)).toEqual(['Get, 4.8 MB', 'Get, 5.7 MB']);
  for (const button of buttons) {
    await userEvent.click(button);
  }
  expect(actions.onGet.mock.calls).toEqual(ABSENT_KEYS.map(key => [key]));
  expect(await accessibilityViolations(container)).toEqual([]);
});

test('a table shows the rows that changed, cell by cell', async () => {
  const { container } = show(stateOf([TABLE.difference!], TABLE), 'people.csv');
  const [, ...rows] = within(screen.getByRole('table')).getAllByRole('row');
  expect(rows.map(row => row.textContent)).toEqual([' 2 changedAda36 37', '+ 4 addedCy9']);
  expect(screen.getByText(/2 rows changed, 2 rows as before/)).toBeTruthy();
  expect(await accessibilityViolations(container)).toEqual([]);
});

test('of a large text the changed lines are asked for, and the whole on demand', async () => {
  const large = compared('a.txt', { type: 'too-large', what: 'text' }, { type: 'text', text: '' });
  const { actions } = show(stateOf([large.difference!], large), 'a.txt');
  expect(await screen.findByText(/a\\u202eb/)).toBeTruthy();
  expect(screen.getByText(/1 line went; not all of them are shown/)).toBeTruthy();
  await userEvent.click(screen.getByRole('checkbox', { name: 'Ignore white space' }));
  expect(actions.hunks.mock.calls).toEqual([[false], [true]]);
  await userEvent.click(screen.getByRole('button', { name: 'Show the whole files' }));
  expect(actions.onWhole).toHaveBeenCalled();
});

test('parts of an unsaved change of a text in Git can be discarded from here', async () => {
  const name = 'Discard parts…';
  const { actions, unmount } = show(stateOf([TABLE.difference!], TABLE), 'people.csv');
  await userEvent.click(screen.getByRole('button', { name }));
  expect(actions.onDiscardParts).toHaveBeenCalledTimes(1);
  unmount();
  // Not of what is saved already, nor of what is new.
  const added = { ...TABLE, difference: { ...TABLE.difference!, status: 'added' as const } };
  const saved = show(stateOf([TABLE.difference!], TABLE), 'people.csv', {
    asked: { from: 'HEAD', to: '0'.repeat(40) as CommitId }
  });
  expect(screen.queryByRole('button', { name })).toBeNull();
  saved.unmount();
  show(stateOf([added.difference], added), 'people.csv');
  expect(screen.queryByRole('button', { name })).toBeNull();
});

test('a button opens the form in which other sides are chosen', async () => {
  const { choosing } = show(stateOf([TABLE.difference!], TABLE), 'people.csv');
  const button = screen.getByRole('button', { name: 'Other sides…', expanded: false });
  expect(screen.queryByRole('form')).toBeNull();
  await userEvent.click(button);
  expect(choosing.onOpen).toHaveBeenCalledWith(true);
});

test('a failure is told with its cure', async () => {
  const failed: IComparisonState = {
    ...stateOf([]),
    phase: 'failed',
    failure: { kind: 'not-found', message: 'This commit is gone.' }
  };
  const { container } = show(failed, 'a.txt');
  expect(screen.getByRole('alert').textContent).not.toBe('');
  expect(await accessibilityViolations(container)).toEqual([]);
});

test('a notebook that cannot be read is compared as text, and says so', async () => {
  const broken = compared('n.ipynb', { type: 'text', text: '{"nbformat": 4' }, { type: 'absent' });
  show(stateOf([broken.difference!], broken), 'n.ipynb');
  expect(screen.getByText(/no notebook that can be read/)).toBeTruthy();
  // An editor for each side.
  expect(await screen.findAllByRole('textbox')).toHaveLength(2);
});
