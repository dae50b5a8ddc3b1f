import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { commit, commitId, DATASET } from '../../models/history.fixtures';
import type { ISideChoices } from '../../models/sideChoices';
import { type AskedSide, type FoundSide } from '../../protocol/compare';
import { FailureError } from '../../protocol/failure';
import type { CommitId } from '../../protocol/revision';
import { accessibilityViolations, trans } from '../testing.fixtures';
import { ChooseSides } from './chooseSides';

afterEach(cleanup);

const CHOICES: ISideChoices = {
  commits: [commit(9, { subject: '<b>Newest</b> \u202egnp' }), commit(8, { subject: '' })],
  branches: [
    {
      ref: 'adjusted/main(unlocked)',
      name: 'main',
      adjustment: 'unlocked',
      place: 'here',
      commit: commitId(9),
      subject: '',
      time: 0
    },
    { ref: 'hub/main', name: 'hub/main', place: 'sibling', commit: commitId(7), subject: '', time: 0 }
  ],
  tags: [{ name: 'v1', commit: commitId(3), object: commitId(4), subject: '', time: 0 }]
};

function sideOf(number: number): FoundSide {
  const id = commitId(number);
  return { side: id, commit: { id, short: id.slice(-7), subject: `Commit ${number}`, time: 0 } };
}

async function show(
  [from, to]: [AskedSide, AskedSide],
  [first, second]: [FoundSide, FoundSide],
  choices: () => Promise<ISideChoices> = async () => CHOICES
) {
  const find = jest.fn(async (_name: string): Promise<CommitId | null> => commitId(1));
  const [onSides, onClose] = [jest.fn(), jest.fn()];
  const differences = { dataset: DATASET, from: first, to: second, files: [], total: 0, truncated: false };
  const page = render(
    <ChooseSides {...{ differences, trans, onSides, onClose }} asked={{ from, to }} source={{ choices, find }} />
  );
  await screen.findAllByRole('group', { name: 'Tags' }).catch(() => []);
  return { ...page, find, onSides, onClose };
}

const select = (name: string): HTMLSelectElement => screen.getByRole('combobox', { name });
const shown = (name: string): string | undefined => select(name).selectedOptions[0]?.textContent ?? undefined;
function choose(name: string, label: string): void {
  const value = [...select(name).options].find(({ textContent }) => textContent === label)?.value;
  fireEvent.change(select(name), { target: { value } });
}
async function compare(): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name: 'Compare' }));
  await act(async () => undefined);
}

test('the folder, the last save, commits, branches and tags can stand on both sides, in words that do nothing', async () => {
  const { container, onSides } = await show(['HEAD', 'worktree'], [sideOf(9), { side: 'worktree' }]);
  expect([shown('From'), shown('To')]).toEqual(['Last save', 'The folder now']);
  expect(document.activeElement).toBe(select('From'));
  expect(
    within(select('From'))
      .getAllByRole('option')
      .map(({ textContent }) => textContent)
  ).toEqual([
    'The folder now',
    'Last save',
    'Another commit…',
    '00000000 <b>Newest</b> \\u202egnp',
    '00000000 (no message)',
    'main (unlocked)',
    'hub/main',
    'v1'
  ]);
  expect(container.querySelector('b')).toBeNull();
  choose('From', 'v1');
  choose('To', 'hub/main');
  expect([shown('From'), shown('To')]).toEqual(['v1', 'hub/main']);
  await compare();
  expect(onSides).toHaveBeenCalledWith({ from: commitId(3), to: commitId(7) });
  expect(await accessibilityViolations(container)).toEqual([]);
});

test('what is compared now is chosen at first, listed or not, and stays as it was asked for', async () => {
  const { onSides } = await show([`${commitId(6)}^` as AskedSide, commitId(8)], [sideOf(5), sideOf(8)]);
  expect([shown('From'), shown('To')]).toEqual(['0000005 Commit 5', '00000000 (no message)']);
  await compare();
  expect(onSides).toHaveBeenCalledWith({ from: `${commitId(6)}^`, to: commitId(8) });
  cleanup();
  await show(['nothing', 'HEAD'], [{ side: 'nothing' }, sideOf(9)]);
  expect([shown('From'), shown('To')]).toEqual(['Nothing', 'Last save']);
});

test('a commit that is not listed is named, and the server finds it', async () => {
  const { container, find, onSides } = await show(['HEAD', 'worktree'], [sideOf(9), { side: 'worktree' }]);
  choose('To', 'Another commit…');
  const field = screen.getByRole('textbox', { name: 'To: commit id, branch or tag' });
  const type = (value: string): void => {
    fireEvent.change(field, { target: { value } });
    fireEvent.submit(screen.getByRole('form', { name: 'Sides' }));
  };
  find.mockRejectedValueOnce(new FailureError({ kind: 'not-found', message: 'no' }));
  type(' v0\u202e~2 ');
  expect((await screen.findByRole('alert')).textContent).toBe('There is no commit, branch or tag “v0\\u202e~2”.');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(await accessibilityViolations(container)).toEqual([]);
  expect(onSides).not.toHaveBeenCalled();
  fireEvent.change(field, { target: { value: '' } });
  expect(screen.queryByRole('alert')).toBeNull();
  type('v0');
  expect(find).toHaveBeenLastCalledWith('v0');
  await waitFor(() => expect(onSides).toHaveBeenCalledWith({ from: 'HEAD', to: commitId(1) }));
});

test('where nothing can be listed the rest can be chosen all the same; Escape closes it', async () => {
  const { onSides, onClose } = await show(['HEAD', 'worktree'], [sideOf(9), { side: 'worktree' }], async () => {
    throw new FailureError({ kind: 'unknown', message: 'Damaged.' });
  });
  expect((await screen.findByRole('status')).textContent).toContain('cannot be listed');
  choose('From', 'The folder now');
  choose('To', 'Last save');
  await compare();
  expect(onSides).toHaveBeenCalledWith({ from: 'worktree', to: 'HEAD' });
  fireEvent.keyDown(select('To'), { key: 'Escape' });
  expect(onClose).toHaveBeenCalled();
});
