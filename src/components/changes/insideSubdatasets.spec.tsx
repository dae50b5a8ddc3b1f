import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { contentsPath } from '../../protocol/paths';
import { CommandIDs } from '../../tokens';
import { job, RUNNING } from '../jobs.fixtures';
import { file } from '../panel.fixtures';
import { accessibilityViolations, renderPanel } from '../testing.fixtures';
import { fixture } from './changesPanel.fixtures';

// Each click walks through many promises; a busy machine takes its time.
afterEach(cleanup);

const save = () => screen.getByRole('button', { name: 'Save' });
const message = () => screen.getByRole('textbox', { name: 'Message' });
const tick = (name: string) => screen.getByRole<HTMLInputElement>('checkbox', { name });

describe('changes inside subdatasets', () => {
  it('says what stays behind in subdatasets, and saves there on request', async () => {
    const { actions } = renderPanel(fixture([file('input', { kind: 'dataset', inside: true }), file('a.txt')]));
    expect(screen.getByText('Unsaved files inside input would stay behind.')).toBeTruthy();
    await userEvent.click(tick('Save in subdatasets, too'));
    expect(screen.queryByText(/would stay behind/)).toBeNull();
    await userEvent.type(message(), 'Deep');
    await userEvent.click(save());
    expect(actions.execute.mock.calls[0]?.[1]).toMatchObject({ recursive: true, message: 'Deep' });
  });

  it('shows what is changed inside a subdataset, one level at a time, and whether it is saved', async () => {
    const inner = (name: string, more: Parameters<typeof file>[1] = {}) => ({
      ...file(name, more),
      path: contentsPath(`my-analysis/input/${name}`)
    });
    const { actions } = renderPanel({
      ...fixture([file('input', { kind: 'dataset', inside: true }), file('a.txt')]),
      inside: { 'my-analysis/input': [inner('deep', { kind: 'dataset', inside: true }), inner('new.txt', { change: 'new' })] }
    });
    expect(actions.changesIn).not.toHaveBeenCalled();
    const unfold = screen.getByRole('button', { name: 'Changes inside input' });
    await userEvent.click(unfold);
    expect(unfold.getAttribute('aria-expanded')).toBe('true');
    expect(await screen.findByText('Stays behind:')).toBeTruthy();
    expect(screen.getByText(/^input\/new\.txt, new/)).toBeTruthy();
    await userEvent.click(tick('Save in subdatasets, too'));
    expect(screen.getByText('Saved, too:')).toBeTruthy();
    await userEvent.click(tick('input'));
    expect(screen.getByText('Stays behind:')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Actions for input/new.txt' }));
    expect(actions.openChangeMenu.mock.calls[0]?.slice(0, 2)).toMatchObject([{ name: 'new.txt' }, 'my-analysis/input']);
    await userEvent.click(screen.getByRole('button', { name: 'Changes inside input/deep' }));
    expect(await screen.findByText('What is changed inside cannot be read.')).toBeTruthy();
    expect(actions.changesIn.mock.calls.map(([path]) => path)).toContain('my-analysis/input/deep');
    expect(await accessibilityViolations(screen.getByRole('region', { name: 'Changes' }))).toEqual([]);
    await userEvent.click(unfold);
    expect(screen.queryByText(/^input\/new\.txt, new/)).toBeNull();
  });

  it('foretells where a recursive save puts what is inside subdatasets, and warns of what should not go there', async () => {
    const inner = (name: string, more: Parameters<typeof file>[1] = {}) => ({
      ...file(name, more),
      path: contentsPath(`my-analysis/input/${name}`)
    });
    const [small, large] = [inner('new.txt', { change: 'new', bytes: 12 }), inner('film.mp4', { change: 'new', bytes: 2e9 })];
    const { actions } = renderPanel({
      ...fixture([file('input', { kind: 'dataset', inside: true }), file('a.txt')]),
      inside: { 'my-analysis/input': [small, large] },
      destinations: {
        [small.path]: { path: small.path, to: 'annex', because: 'no-rule', bytes: 12 },
        [large.path]: { path: large.path, to: 'git', because: 'no-rule', bytes: 2e9 }
      }
    });
    await userEvent.click(screen.getByRole('button', { name: 'Changes inside input' }));
    const annexed = 'goes into the annex, as everything does for which there is no rule';
    expect(await screen.findByText(`input/new.txt, new, ${annexed}, 12 B`)).toBeTruthy();
    expect(actions.destinations.mock.calls.map(([dataset]) => dataset)).toContain('my-analysis/input');
    // What stays behind is no trouble.
    expect(screen.queryByText(/^Would go into Git/)).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Changes inside input' }));
    // Folded, too.
    await userEvent.click(tick('Save in subdatasets, too'));
    expect(await screen.findByText(/^Would go into Git: input\/film.mp4/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Keep *.mp4 of input in the annex' }));
    expect(actions.addRules).toHaveBeenCalledWith('my-analysis/input', [{ path: large.path, scope: 'extension', to: 'annex' }]);
    await userEvent.click(tick('input'));
    await waitFor(() => expect(screen.queryByText(/^Would go into Git/)).toBeNull());
  });

  it('offers what a forgotten recursive save left behind', async () => {
    const left = job({
      id: 'save-2',
      operation: 'save',
      state: 'ok',
      ended: 1,
      input: { dataset: 'my-analysis', message: 'All', paths: ['my-analysis/a.txt', 'my-analysis/input'] },
      notice: { kind: 'nothing-saved', message: 'left', parameters: { subdatasets: 1 } }
    });
    const dirty = fixture([file('input', { kind: 'dataset', inside: true })]);
    const { actions, show } = renderPanel({ ...dirty, jobs: [left] });
    await userEvent.click(screen.getByRole('button', { name: 'Save subdatasets, too' }));
    expect(actions.execute).toHaveBeenLastCalledWith(CommandIDs.save, {
      dataset: 'my-analysis',
      message: 'All',
      paths: ['my-analysis/a.txt', 'my-analysis/input'],
      recursive: true
    });
    show({ ...dirty, jobs: [RUNNING, left] });
    expect(screen.queryByRole('button', { name: 'Save subdatasets, too' })).toBeNull();
  });
});
