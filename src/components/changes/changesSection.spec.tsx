import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { contentsPath } from '../../protocol/paths';
import { CommandIDs } from '../../tokens';
import { RUNNING } from '../jobs.fixtures';
import { file, type IPanelFixture, LOCK, panelFixtures, state, summary } from '../panel.fixtures';
import { renderPanel } from '../testing.fixtures';
import { FRESH_MEMORY } from '../types';
import { MESSAGES } from './changes.fixtures';
import { fixture } from './changesPanel.fixtures';

// Each click walks through many promises; a busy machine takes its time.
afterEach(cleanup);

/** Where the files would go is known, and what was said before. */
function foreseen(): IPanelFixture {
  return panelFixtures['destinations'] ?? fixture();
}

const save = () => screen.getByRole('button', { name: 'Save' });
const message = () => screen.getByRole('textbox', { name: 'Message' });
const tick = (name: string) => screen.getByRole<HTMLInputElement>('checkbox', { name });

describe('undo in the section Changes', () => {
  it('follows the last save, and goes once something else was done', async () => {
    const { actions, show } = renderPanel(panelFixtures.saved!);
    await userEvent.click(await screen.findByRole('button', { name: 'Undo the save' }));
    expect(actions.execute).toHaveBeenLastCalledWith(CommandIDs.undo, { dataset: 'my-analysis', job: 'save-1' });
    expect(screen.getByText('Saved 2 files.')).toBeTruthy();
    show({ ...panelFixtures.saved!, jobs: [RUNNING, ...panelFixtures.saved!.jobs] });
    expect(screen.queryByText('Saved 2 files.')).toBeNull();
  });

  it('lists what was discarded, to be brought back or removed', async () => {
    const { actions } = renderPanel(panelFixtures.saved!);
    const heading = await screen.findByRole('button', { name: /^Discarded/ });
    expect(heading.textContent).toBe('Discarded2 kept, 4.8 GB');
    await userEvent.click(heading);
    const [first, second] = screen.getAllByRole('button', { name: /^Bring back/ });
    await userEvent.click(second!);
    expect(actions.execute).toHaveBeenLastCalledWith(CommandIDs.undo, { dataset: 'my-analysis', job: 'discard-2' });
    await userEvent.click(screen.getByRole('button', { name: 'Remove raw.nii for good' }));
    expect(actions.removeDiscard).toHaveBeenCalledWith(expect.objectContaining({ id: 'discard-2' }));
    expect(first?.getAttribute('aria-label')).toMatch(/^Bring back derivatives.* and 2 more$/);
  });

  it('has a menu for each change, which the keyboard reaches from its tick', async () => {
    const { actions } = renderPanel(fixture([file('a.txt', {}), file('b.txt', { change: 'deleted' })]));
    tick('a.txt').focus();
    await userEvent.tab();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Actions for a.txt');
    await userEvent.keyboard('{Enter}');
    expect(actions.openChangeMenu).toHaveBeenCalledWith(
      expect.objectContaining({ name: 'a.txt' }),
      'my-analysis',
      document.activeElement
    );
    // Of the rows only one is a stop.
    expect(screen.getByRole('button', { name: 'Actions for b.txt' }).tabIndex).toBe(-1);
  });
});

describe('the section Changes', () => {
  it("leaves out JupyterLab's own copies until they are ticked", async () => {
    const copies = file('.ipynb_checkpoints', { change: 'new', kind: 'directory' });
    const { actions } = renderPanel(fixture([copies, file('notes.md', { change: 'new' })]));
    expect(tick('.ipynb_checkpoints').checked).toBe(false);
    await userEvent.type(message(), 'Notes');
    expect(save().textContent).toBe('Save 1 file');
    await userEvent.click(save());
    expect(actions.execute).toHaveBeenLastCalledWith(
      CommandIDs.save,
      expect.objectContaining({ paths: ['my-analysis/notes.md'] })
    );
    await userEvent.click(tick('.ipynb_checkpoints'));
    expect(tick('.ipynb_checkpoints').checked).toBe(true);
  });

  it('ticks every change and saves them all with the message', async () => {
    const { actions } = renderPanel(fixture());
    expect(tick('code/mask.py').checked).toBe(true);
    expect(tick('code/mask.py').getAttribute('aria-description')).toBe('modified, Git, 3.3 KB');
    await userEvent.type(message(), 'Reformat');
    expect(save().textContent).toBe('Save 3 files');
    expect(save().getAttribute('aria-description')).toBe('3 files');
    await userEvent.click(save());
    expect(actions.execute).toHaveBeenCalledWith(CommandIDs.save, {
      dataset: 'my-analysis',
      paths: ['my-analysis/code/mask.py', 'my-analysis/figures/mask.png', 'my-analysis/scratch/tmp.npy'],
      listed: true,
      message: 'Reformat'
    });
    expect(message()).toHaveProperty('value', '');
  });

  it('saves everything where the list was cut off and says so', async () => {
    const { actions } = renderPanel({ ...fixture(), state: state({ summary: summary({ truncated: true }) }) });
    expect(screen.getByText(/With all ticked, all are saved/)).toBeTruthy();
    await userEvent.type(message(), 'Much');
    await userEvent.click(save());
    expect(actions.execute).toHaveBeenCalledWith(CommandIDs.save, {
      dataset: 'my-analysis',
      paths: ['my-analysis'],
      message: 'Much'
    });
  });

  it('saves only what is ticked, and shows the command', async () => {
    const { actions } = renderPanel(fixture());
    await userEvent.click(tick('scratch/tmp.npy'));
    await userEvent.type(message(), 'Two');
    expect(screen.getByText('$ datalad save -m Two code/mask.py figures/mask.png')).toBeTruthy();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(actions.execute).toHaveBeenCalledWith(CommandIDs.save, {
      dataset: 'my-analysis',
      paths: ['my-analysis/code/mask.py', 'my-analysis/figures/mask.png'],
      message: 'Two'
    });
  });

  it('keeps a tick that was taken away while the list changes, and ticks what is new', async () => {
    const { show } = renderPanel(fixture());
    const row = tick('scratch/tmp.npy');
    await userEvent.click(row);
    show(fixture([...summary().changes, file('new.txt', { change: 'new', kind: 'other' })]));
    expect(tick('scratch/tmp.npy')).toBe(row);
    expect(tick('scratch/tmp.npy').checked).toBe(false);
    expect(tick('new.txt').checked).toBe(true);
  });

  it('leaves copies of JupyterLab out until they are ticked', async () => {
    const copy = file('.ipynb_checkpoints/a-checkpoint.ipynb', { change: 'new', kind: 'other' });
    const { actions } = renderPanel(fixture([file('a.txt'), copy]));
    expect(tick(copy.name).checked).toBe(false);
    await userEvent.type(message(), 'A');
    await userEvent.click(save());
    expect(actions.execute.mock.calls[0]?.[1]).toEqual({
      dataset: 'my-analysis',
      paths: ['my-analysis/a.txt'],
      listed: true,
      message: 'A'
    });
    await userEvent.click(tick(copy.name));
    expect(save().textContent).toBe('Save 2 files');
  });

  it('has one tick for all, with a third state', async () => {
    renderPanel(fixture());
    const all = () => screen.getByRole<HTMLInputElement>('checkbox', { name: / ticked$/ });
    await userEvent.click(tick('code/mask.py'));
    expect(all().indeterminate).toBe(true);
    await userEvent.click(all());
    expect([all().checked, all().indeterminate, tick('code/mask.py').checked]).toEqual([true, false, true]);
    await userEvent.click(all());
    expect([all().checked, tick('figures/mask.png').checked]).toEqual([false, false]);
    expect(save().getAttribute('aria-description')).toBe('Tick what to save.');
  });

  it('keeps the message when the save fails', async () => {
    const { actions } = renderPanel(fixture());
    actions.execute.mockResolvedValueOnce(false);
    await userEvent.type(message(), 'Try');
    await userEvent.click(save());
    expect(message()).toHaveProperty('value', 'Try');
  });

  it('does nothing without a message and says why', async () => {
    const { actions } = renderPanel(fixture());
    await userEvent.click(save());
    await userEvent.click(message());
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(actions.execute).not.toHaveBeenCalled();
    expect(save().getAttribute('aria-description')).toBe('Say in the box what you did.');
  });

  it('offers the rule that makes “to Git” last', async () => {
    const { actions } = renderPanel(foreseen());
    await userEvent.click(screen.getByRole('checkbox', { name: 'Keep in Git, not in the annex' }));
    expect(screen.queryByRole('button', { name: 'Always keep *.py in Git' })).toBeNull();
    const offer = await screen.findByRole('button', { name: 'Always keep *.npy in Git' });
    expect(offer.title).toBe('Adds to .gitattributes: *.npy annex.largefiles=nothing');
    await userEvent.click(offer);
    expect(actions.addRules).toHaveBeenCalledWith('my-analysis', [
      { path: 'my-analysis/scratch/tmp.npy', scope: 'extension', to: 'git' }
    ]);
  });

  it('moves from row to row with the arrow keys and takes one stop of the Tab key', async () => {
    renderPanel(fixture());
    tick('code/mask.py').focus();
    await userEvent.keyboard('{ArrowDown}');
    await new Promise(resolve => requestAnimationFrame(resolve));
    expect(document.activeElement).toBe(tick('figures/mask.png'));
    const rows = within(screen.getByRole('list', { name: 'Unsaved changes' })).getAllByRole('checkbox');
    expect(rows.map(row => row.tabIndex)).toEqual([-1, 0, -1]);
  });

  it('copies the command in three languages', async () => {
    const { actions } = renderPanel(fixture([file('a.txt')]));
    await userEvent.type(message(), 'A');
    await userEvent.click(screen.getByRole('button', { name: 'Copy command' }));
    await userEvent.click(screen.getByRole('button', { name: /Python/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Copy as R' }));
    const [shell, python, r] = actions.copy.mock.calls.map(([text]) => text);
    expect(shell).toBe('datalad save -m A');
    expect(python).toContain('save(');
    expect(r).toContain('save(');
    await userEvent.click(screen.getByRole('button', { name: 'Help on this line' }));
    expect(actions.execute).toHaveBeenLastCalledWith('datalad:help', { command: 'datalad save' });
  });

  it('draws only the rows in view of a long list', () => {
    // There is no layout here: the list must be told that it has room.
    const height = jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(384);
    renderPanel(fixture(Array.from({ length: 5_000 }, (_, at) => file(`data/${at}.bin`))));
    const rows = within(screen.getByRole('list', { name: 'Unsaved changes' })).getAllByRole('checkbox');
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.length).toBeLessThan(60);
    expect(save().textContent).toBe('Save 5000 files');
    height.mockRestore();
  });

  it('cannot save what is locked, and says so', () => {
    const locked = fixture();
    renderPanel({
      ...locked,
      state: state({ summary: summary({ obstacles: [{ kind: 'locked', lock: LOCK }] }) }),
      memory: { ...FRESH_MEMORY, message: 'x' }
    });
    expect(save().getAttribute('aria-disabled')).toBe('true');
    expect(save().getAttribute('aria-description')).toBe('Another program is at work in this dataset.');
  });

  it('takes a draft from memory', () => {
    renderPanel({
      ...fixture(),
      memory: { ...FRESH_MEMORY, message: 'Draft', flipped: [contentsPath('my-analysis/code/mask.py')] }
    });
    expect(message()).toHaveProperty('value', 'Draft');
    expect(save().textContent).toBe('Save 2 files');
  });

  it('says of each file where it would go, and why', async () => {
    renderPanel(foreseen());
    await waitFor(() => expect(screen.getByText('→ Git, annex')).toBeTruthy());
    expect(tick('code/mask.py').getAttribute('aria-description')).toBe(
      'modified, goes into Git, by line 1 of code/.gitattributes: * annex.largefiles=nothing, 3.3 KB'
    );
    expect(tick('figures').getAttribute('aria-description')).toContain('3 into Git (8.8 KB), 12 into the annex');
    expect(tick('scratch/tmp.npy').getAttribute('aria-description')).toContain('as everything does for which there is no rule');
    expect(tick('types.bin').getAttribute('aria-description')).toContain('asks for the type of the content');
    expect(tick('gone.txt').getAttribute('aria-description')).toBe('deleted, Git');
  });

  it('warns of a large file that would go into Git, and writes the rule that helps', async () => {
    const { actions } = renderPanel(foreseen());
    const warning = await screen.findByText(/^Would go into Git: recordings/);
    await userEvent.click(screen.getByRole('button', { name: 'Keep *.mp4 in the annex' }));
    expect(actions.addRules).toHaveBeenCalledWith('my-analysis', [
      { path: 'my-analysis/recordings/interview-with-a-long-name.mp4', scope: 'extension', to: 'annex' }
    ]);
    await userEvent.click(tick('recordings/interview-with-a-long-name.mp4'));
    expect(warning.isConnected).toBe(false);
  });

  it('says that keeping all in Git lasts for one save, and that no rule can help meanwhile', async () => {
    const { actions } = renderPanel(foreseen());
    await screen.findByText('→ annex');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Keep in Git, not in the annex' }));
    expect(screen.queryByText('→ annex')).toBeNull();
    expect(screen.getByText(/^For this save only/)).toBeTruthy();
    expect(screen.getByText(/^Would go into Git:/).textContent).toContain('scratch/tmp.npy');
    expect(screen.queryByRole('button', { name: /^Keep / })).toBeNull();
    await userEvent.type(message(), 'Once');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Amend the last save' }));
    await userEvent.click(save());
    expect(actions.execute.mock.calls[0]?.[1]).toMatchObject({ toGit: true });
    await waitFor(() => expect(screen.getByText('→ annex')).toBeTruthy());
  });

  it('brings earlier messages into the empty box, and leaves what was typed alone', async () => {
    renderPanel(foreseen());
    await screen.findByRole('combobox', { name: 'Earlier messages' });
    await userEvent.click(message());
    await userEvent.keyboard('{ArrowUp}');
    expect(message()).toHaveProperty('value', 'Reformat code with black');
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}');
    expect(message()).toHaveProperty('value', 'Start\n\nWith a body');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    expect(message()).toHaveProperty('value', '');
    await userEvent.type(message(), 'Mine');
    await userEvent.keyboard('{ArrowUp}');
    expect(message()).toHaveProperty('value', 'Mine');
    const list = screen.getByRole('combobox', { name: 'Earlier messages' });
    const template = within(list).getByRole<HTMLOptionElement>('option', { name: 'Template: What:' });
    fireEvent.change(list, { target: { value: template.value } });
    expect(message()).toHaveProperty('value', 'What: \nWhy: ');
  });

  it('says what an amended save replaces, and does not replace what others have', async () => {
    const { actions, show } = renderPanel(foreseen());
    expect(await screen.findByText('Replaces “Reformat code with black” by Ada, commit 4be0f12.')).toBeTruthy();
    await userEvent.type(message(), 'Anew');
    expect(save().getAttribute('aria-disabled')).toBe('false');
    const { last } = MESSAGES;
    actions.messages.mockResolvedValue({ ...MESSAGES, last: last === null ? null : { ...last, published: ['hub'] } });
    show({ ...foreseen(), state: state({ summary: summary({ branch: { name: 'main', commit: 'other' } }) }) });
    await waitFor(() => expect(save().getAttribute('aria-disabled')).toBe('true'));
    expect(save().getAttribute('aria-description')).toContain('at a sibling already');
    expect(screen.getByText(/It is at hub already/)).toBeTruthy();
  });

  it('tags a version, once and by a name that git takes', async () => {
    const { actions } = renderPanel(foreseen());
    await userEvent.click(screen.getByRole('checkbox', { name: 'Amend the last save' }));
    const tag = () => screen.getByRole('textbox', { name: /^Version tag/ });
    await userEvent.type(message(), 'First');
    await userEvent.type(tag(), 'no tag');
    expect(save().getAttribute('aria-description')).toBe('This is no name for a version tag.');
    await userEvent.clear(tag());
    await userEvent.type(tag(), 'v1.0');
    expect(screen.getByText(/--version-tag v1.0/)).toBeTruthy();
    await userEvent.click(save());
    expect(actions.execute.mock.calls[0]?.[1]).toMatchObject({ versionTag: 'v1.0' });
    expect(tag()).toHaveProperty('value', '');
  });
});
