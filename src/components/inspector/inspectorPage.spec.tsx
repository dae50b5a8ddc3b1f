import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { NOW } from '../../models/history.fixtures';
import { CommandIDs, type IInspectorState } from '../../tokens';
import { accessibilityViolations, recordedActions, trans } from '../testing.fixtures';
import { DETAILS, inspectorFixtures, inspectorState } from './inspector.fixtures';
import { InspectorPage } from './inspectorPage';

function show(state: IInspectorState): { onBack: jest.Mock; onVerify: jest.Mock; actions: ReturnType<typeof recordedActions> } {
  const [onBack, onVerify, actions] = [jest.fn(), jest.fn(), recordedActions()];
  render(<InspectorPage {...{ state, actions, trans, onBack, onVerify }} now={NOW} />);
  return { onBack, onVerify, actions };
}

describe('the inspector', () => {
  it.each(Object.keys(inspectorFixtures))('is accessible: %s', async name => {
    show(inspectorFixtures[name] ?? inspectorState());
    expect(await accessibilityViolations(document.body)).toEqual([]);
  });

  it('tells where a file is kept and by which rule, and copies what it is asked to', () => {
    const { actions } = show(inspectorState());
    expect(screen.getByText('In the annex')).toBeTruthy();
    expect(screen.getByText(/line 3 of \.gitattributes/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Copy: Key' }));
    expect(actions.copy).toHaveBeenCalledWith(DETAILS.annex?.key);
  });

  it('makes links of web addresses alone, and of none with a secret', () => {
    show(inspectorState());
    const addresses = screen.getByRole('list', { name: 'Addresses' });
    expect(within(addresses).getAllByRole('link')).toHaveLength(1);
    expect(within(addresses).getByRole('link').getAttribute('href')).toBe('https://example.org/sub-01_bold.nii.gz');
    expect(addresses.textContent).toContain('javascript:alert(1)');
  });

  it('shows commands and messages as they were written, and leads to history', () => {
    const { actions } = show(inspectorState());
    expect(screen.getByLabelText('Command').textContent).toBe('python code/mask.py \\u202e <i>x</i>');
    fireEvent.click(screen.getByRole('button', { name: 'Describe <b>it</b>' }));
    expect(actions.execute.mock.lastCall?.[0]).toBe(CommandIDs.history);
    fireEvent.click(screen.getByRole('button', { name: 'History of this file' }));
    expect(actions.execute.mock.lastCall?.[1]).toMatchObject({ path: DETAILS.path });
  });

  it('leads from a text in Git to who changed each line, and from nothing else', () => {
    const name = { name: 'Who Changed Each Line' };
    show(inspectorState());
    expect(screen.queryByRole('button', name)).toBeNull();
    cleanup();
    const { annex: _, ...details } = DETAILS;
    const { actions } = show(inspectorState({ details: { ...details, kind: 'git' } }));
    fireEvent.click(screen.getByRole('button', name));
    expect(actions.execute).toHaveBeenLastCalledWith(CommandIDs.blame, { dataset: 'my-analysis', path: DETAILS.path });
  });

  it('verifies, and says plainly how that ended', () => {
    const { onVerify } = show(inspectorState());
    fireEvent.click(screen.getByRole('button', { name: 'Verify now' }));
    expect(onVerify).toHaveBeenCalledTimes(1);
  });

  it('has damaged content moved away, and gets what is not here', () => {
    const damaged = show(inspectorFixtures['differs'] ?? inspectorState());
    expect(screen.queryByRole('button', { name: 'Get' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Move it away…' }));
    expect(damaged.actions.execute).toHaveBeenCalledWith(CommandIDs.fsck, {
      dataset: 'my-analysis',
      paths: [DETAILS.path],
      content: true
    });
    cleanup();
    const { actions } = show(inspectorFixtures['not here'] ?? inspectorState());
    fireEvent.click(screen.getByRole('button', { name: 'Get' }));
    expect(actions.execute).toHaveBeenCalledWith(CommandIDs.get, { dataset: 'my-analysis', paths: [DETAILS.path] });
  });

  it.each([
    ['folder', 'vault, trusted: a drop takes its word'],
    ['matches', 'The content matches.'],
    ['differs', 'Nothing was moved or deleted.'],
    ['address', 'It has no checksum'],
    ['not here', 'No copy is known.'],
    ['not saved', 'It was never saved.'],
    ['folder', '2 only here'],
    ['folder', '1 not here, and no copy is known'],
    ['folder', 'shared, an export: files there may be changed by others'],
    ['folder', 'old-disk, declared dead']
  ])('%s: %s', (name, words) => {
    show(inspectorFixtures[name] ?? inspectorState());
    expect(screen.getByRole('region').textContent).toContain(words);
  });

  it('goes back by its button, which has the focus, and by Escape', () => {
    const { onBack } = show(inspectorState());
    const back = screen.getByRole('button', { name: '‹ Back' });
    expect(document.activeElement).toBe(back);
    fireEvent.click(back);
    fireEvent.keyDown(back, { key: 'Escape' });
    expect(onBack).toHaveBeenCalledTimes(2);
  });
});
