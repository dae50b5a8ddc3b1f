import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { contentsPath } from '../../protocol/paths';
import { COPIES } from '../inspector/inspector.fixtures';
import { accessibilityViolations, recordedActions, trans } from '../testing.fixtures';
import { CopiesFold } from './copiesFold';

const NONE = { files: 0, bytes: 0, unsized: 0 };
const TOTALS = { here: NONE, notHere: NONE, counting: false };

test('copies are read once they are asked for, and again for another folder', async () => {
  const actions = recordedActions({ copies: COPIES });
  const dataset = contentsPath('study');
  const fold = (folder: string): JSX.Element => (
    <main>
      <CopiesFold dataset={dataset} folder={contentsPath(folder)} totals={TOTALS} actions={actions} trans={trans} />
    </main>
  );
  const { rerender } = render(fold('study'));
  expect(actions.copies).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Where are the copies?' }));
  await waitFor(() => expect(screen.getByRole('list', { name: 'Copies' }).textContent).toContain('osf97 of 100'));
  expect(document.body.textContent).toContain('2 only here');
  expect(await accessibilityViolations(document.body)).toEqual([]);
  rerender(fold('study/data'));
  expect(screen.getByRole('button', { name: 'Where are the copies of data?' })).toBeTruthy();
  await waitFor(() => expect(screen.getByRole('list', { name: 'Copies' })).toBeTruthy());
  expect(actions.copies.mock.calls.map(([, paths]) => paths)).toEqual([['study'], ['study/data']]);
});
