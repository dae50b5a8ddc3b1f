import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { commitId, DATASET, NOW } from '../../models/history.fixtures';
import { accessibilityViolations, trans } from '../testing.fixtures';
import { branchesFixtures } from './branches.fixtures';
import { BranchesPage } from './branchesPage';

afterEach(cleanup);

function show(name: string) {
  const actions = { execute: jest.fn(async () => true) };
  const [onSelect, onBack] = [jest.fn(), jest.fn()];
  const page = render(
    <BranchesPage
      branches={branchesFixtures[name] ?? null}
      dataset={DATASET}
      now={NOW}
      {...{ actions, trans, onSelect, onBack }}
    />
  );
  return { ...page, actions, onSelect, onBack };
}

function namesIn(list: string): (string | null)[] {
  return within(screen.getByRole('list', { name: list }))
    .queryAllByRole('button')
    .map(button => button.getAttribute('aria-label') ?? button.textContent);
}

test.each(Object.keys(branchesFixtures))('“%s” breaks no rule of accessibility', async name => {
  const { container } = show(name);
  expect(await accessibilityViolations(container)).toEqual([]);
});

test('what can be done with a branch depends on where it is, and nothing in a message does anything', () => {
  show('many');
  const names = namesIn('Branches').filter(name => !name?.startsWith('Commit'));
  const feature = 'feature/another-mask-for-the-second-session';
  expect(names).toEqual([
    'Rename main',
    `Switch to ${feature}`,
    `Merge ${feature}`,
    `Rename ${feature}`,
    `Delete ${feature}`,
    'Switch to old',
    'Merge old',
    'Rename old',
    'Delete old'
  ]);
  expect(namesIn('At siblings, as of the last fetch').filter(name => !name?.startsWith('Commit'))).toEqual([
    'Merge hub/main',
    'Switch to hub/theirs',
    'Merge hub/theirs'
  ]);
  expect(document.querySelector('.jp-Datalad-ref b')).toBeNull();
  expect(screen.getByText(/^These names lead to no commit/)).toBeTruthy();
});

test('buttons are commands with all arguments', () => {
  const { actions, onSelect } = show('many');
  fireEvent.click(screen.getByRole('button', { name: 'Switch to hub/theirs' }));
  expect(actions.execute).toHaveBeenLastCalledWith('datalad:switch-branch', {
    dataset: DATASET,
    branch: 'theirs',
    sibling: 'hub'
  });
  fireEvent.click(screen.getByRole('button', { name: 'Merge old' }));
  expect(actions.execute).toHaveBeenLastCalledWith('datalad:merge-branch', { dataset: DATASET, branch: 'old' });
  fireEvent.click(screen.getByRole('button', { name: /^Commit 00000000, First release/ }));
  expect(onSelect).toHaveBeenCalledWith(commitId(5));
});

test('what was deleted is made again by a click', async () => {
  const { actions } = show('many');
  fireEvent.click(screen.getByRole('button', { name: 'Delete the tag v1.0' }));
  expect(actions.execute).toHaveBeenLastCalledWith('datalad:delete-tag', { dataset: DATASET, tag: 'v1.0' });
  fireEvent.click(await screen.findByRole('button', { name: 'Make v1.0 again' }));
  expect(actions.execute).toHaveBeenLastCalledWith('datalad:create-tag', { dataset: DATASET, tag: 'v1.0', commit: commitId(9) });
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Make v1.0 again' })).toBeNull());
});

test('an adjusted branch is called by the one it was made of, which cannot be deleted then', () => {
  show('adjusted');
  expect(screen.getAllByText('main (unlocked)').length).toBeGreaterThan(0);
  expect(screen.queryByRole('button', { name: 'Delete main' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Switch to main' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: /^Rename main/ })).toBeNull();
});

test('without a branch the way back is shown, and what would be left', () => {
  const { actions } = show('detached');
  expect(screen.getByText(/2 commits are on no branch/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Back to main' }));
  expect(actions.execute).toHaveBeenLastCalledWith('datalad:switch-branch', { dataset: DATASET, branch: 'main' });
});

test('files in conflict are settled one by one, and the merge is finished when none is left', () => {
  const { actions } = show('conflicts');
  expect(namesIn('Files in conflict')).toEqual([
    'Take my version of notes.txt',
    'Take their version of notes.txt',
    'Take my version of a.bin',
    'Delete a.bin, as on their side',
    'Keep a.bin as it is in the folder',
    'Take my version of code/mask.py',
    'Take their version of code/mask.py',
    'Keep code/mask.py as it is in the folder'
  ]);
  fireEvent.click(screen.getByRole('button', { name: 'Keep code/mask.py as it is in the folder' }));
  expect(actions.execute).toHaveBeenLastCalledWith('datalad:resolve', {
    dataset: DATASET,
    paths: ['my-analysis/code/mask.py'],
    take: 'now'
  });
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Finish the merge' }).disabled).toBe(true);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Switch to old' }).disabled).toBe(true);
  cleanup();
  const done = show('to be finished');
  fireEvent.click(screen.getByRole('button', { name: 'Finish the merge' }));
  expect(done.actions.execute).toHaveBeenLastCalledWith('datalad:conclude', { dataset: DATASET, how: 'continue' });
});
