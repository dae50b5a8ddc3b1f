import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { INTERRUPTED, job } from '../jobs.fixtures';
import { type IPanelFixture, LOCK, panelFixtures, state, summary } from '../panel.fixtures';
import { accessibilityViolations, renderPanel } from '../testing.fixtures';
import { FRESH_MEMORY } from '../types';

// Each click walks through many promises; a busy machine takes its time.
afterEach(cleanup);

function fixture(name: string, more: Partial<IPanelFixture> = {}): IPanelFixture {
  const found = panelFixtures[name];
  if (found === undefined) {
    throw new Error('no fixture');
  }
  return { ...found, ...more };
}

const list = () => within(screen.getByRole('list', { name: 'Interrupted' }));

describe('jobs that a server left', () => {
  it('are told with what can be done about each', async () => {
    const { actions, container } = renderPanel(fixture('interrupted'));
    const [drop, clone] = list().getAllByRole('listitem');
    expect(drop?.textContent).toContain('Drop data was interrupted');
    expect(drop?.textContent).toContain('in my-analysis');
    expect(clone?.textContent).toContain('Clone study had not begun');
    expect(within(clone!).queryByRole('button', { name: 'Repair' })).toBeNull();
    await userEvent.click(within(drop!).getByRole('button', { name: 'Repair' }));
    await userEvent.click(within(drop!).getByRole('button', { name: 'Resume' }));
    await userEvent.click(within(drop!).getByRole('button', { name: 'Dismiss' }));
    expect(actions.repair).toHaveBeenCalledWith(INTERRUPTED);
    expect(actions.resume).toHaveBeenCalledWith(INTERRUPTED);
    expect(actions.cancel).toHaveBeenCalledWith(INTERRUPTED.id);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('cannot be resumed where an address had a secret', () => {
    const input = { source: 'https://***@example.org/study', path: 'study' };
    renderPanel(fixture('interrupted', { jobs: [job({ operation: 'clone', dataset: null, state: 'interrupted', input })] }));
    expect(list().queryByRole('button', { name: 'Resume' })).toBeNull();
    expect(list().getByRole('button', { name: 'Dismiss' })).toBeTruthy();
  });

  it('are in the list of commands with the same buttons, and survive its clearing', async () => {
    const memory = { ...FRESH_MEMORY, open: ['commands' as const] };
    renderPanel(fixture('interrupted', { memory }));
    const commands = within(screen.getByRole('list', { name: 'Commands' }));
    const entry = commands.getByRole('button', { name: /^Drop data.*interrupted/ });
    await userEvent.click(entry);
    expect(commands.getByRole('button', { name: 'Resume' })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('a lock in the panel', () => {
  const locked = (more: Partial<typeof LOCK>): IPanelFixture =>
    fixture('dirty', { state: state({ summary: summary({ obstacles: [{ kind: 'locked', lock: { ...LOCK, ...more } }] }) }) });

  it('that nobody holds can be removed', async () => {
    const { actions } = renderPanel(locked({}));
    expect(screen.getByText('A lock was left behind 2 min ago.')).toBeTruthy();
    expect(screen.getByText(/No living program holds “index\.lock” of ada/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Remove the lock…' }));
    expect(actions.removeLock).toHaveBeenCalledWith('my-analysis');
  });

  it('that somebody holds cannot', () => {
    renderPanel(locked({ removable: false, holders: [{ pid: 42, program: 'git commit' }] }));
    expect(screen.getByText('It is git commit (42). Wait until it has ended.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Remove the lock…' })).toBeNull();
  });

  it('of somebody else cannot, and on a network disk it warns', () => {
    const { show } = renderPanel(locked({ removable: false, holders: null, owner: 'bob' }));
    expect(screen.getByText(/The lock is of the user bob/)).toBeTruthy();
    show(locked({ network: true }));
    expect(screen.getByText(/make sure that nothing works here on another machine/)).toBeTruthy();
  });

  it('is removed from a failed save, which is then done again', async () => {
    const failed = job({
      id: 'save-9',
      operation: 'save',
      state: 'error',
      input: { dataset: 'my-analysis', message: 'x' },
      failure: { kind: 'locked', message: 'locked' }
    });
    const { actions } = renderPanel(fixture('dirty', { jobs: [failed], problems: [failed] }));
    await userEvent.click(await screen.findByRole('button', { name: 'Remove the lock…' }));
    expect(actions.removeLock).toHaveBeenCalledWith('my-analysis');
    expect(actions.execute).toHaveBeenCalledWith('datalad:save', { dataset: 'my-analysis', message: 'x' });
  });
});
