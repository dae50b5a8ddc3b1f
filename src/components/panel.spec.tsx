import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CommandIDs } from '../tokens';
import { RUNNING } from './jobs.fixtures';
import { panelFixtures, state, summary } from './panel.fixtures';
import { accessibilityViolations, renderPanel } from './testing.fixtures';

beforeAll(() => {
  // There is no layout here: a list must be told that it has room.
  jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(384);
});
afterEach(cleanup);

const named = (name: string) => {
  const fixture = panelFixtures[name];
  if (fixture === undefined) {
    throw new Error(`No fixture ${name}`);
  }
  return fixture;
};

describe('the panel', () => {
  it.each(Object.keys(panelFixtures))(
    'can be used with assistive technology: %s',
    async name => {
      const { container, actions } = renderPanel(named(name));
      await act(() => Promise.all(actions.report.mock.results.map(result => result.value)));
      expect(await accessibilityViolations(container)).toEqual([]);
      expect(container.textContent).not.toBe('');
      // The first run of axe takes seconds on a busy machine.
    },
    60_000
  );

  it('has a heading button for each section, open or not, and opens only Changes at first', () => {
    renderPanel(named('clean'));
    expect(screen.getAllByRole('region').map(region => region.getAttribute('aria-label'))).toEqual([
      'Changes',
      'Data',
      'History',
      'Commands'
    ]);
    const expanded = (name: string) =>
      within(screen.getByRole('region', { name })).getByRole('button', { name }).getAttribute('aria-expanded');
    expect([expanded('Changes'), expanded('Data'), expanded('Commands')]).toEqual(['true', 'false', 'false']);
    expect(screen.getByRole('button', { name: 'Data' }).getAttribute('aria-description')).toBe('3.1 MB of 1.2 GB here');
  });

  it('leads from a chip to its section', () => {
    renderPanel(named('clean'));
    fireEvent.click(screen.getByRole('link', { name: '12 not here, 1.2 GB' }));
    const data = screen.getByRole('region', { name: 'Data' });
    expect(within(data).getByRole('button', { name: /^Data/ }).getAttribute('aria-expanded')).toBe('true');
    expect(document.activeElement).toBe(within(data).getByRole('button', { name: /^Data/ }));
  });

  it('shows a running job with its name and a Cancel button', async () => {
    const { actions } = renderPanel(named('dirty'));
    const bar = screen.getByRole('progressbar', { name: 'Get 3 of 12' });
    expect(bar.getAttribute('aria-valuenow')).toBe('39');
    expect(bar.getAttribute('aria-valuetext')).toBe('39 % · 12 MB/s · 1 min');
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(actions.cancel).toHaveBeenCalledWith(RUNNING.id);
  });

  it('patches a running job instead of drawing it anew', () => {
    const fixture = named('dirty');
    const { show } = renderPanel(fixture);
    const cancel = screen.getByRole('button', { name: 'Cancel' });
    show({ ...fixture, jobs: [{ ...RUNNING, progress: { ...RUNNING.progress, files: 4, totalFiles: 12, active: [] } }] });
    expect(screen.getByRole('progressbar', { name: 'Get 4 of 12' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Cancel' })).toBe(cancel);
  });

  it('goes from section to section with F6 and back with Shift+F6', async () => {
    renderPanel(named('clean'));
    const heading = (name: string) => screen.getByRole('button', { name: new RegExp(`^${name}`) });
    heading('Changes').focus();
    await userEvent.keyboard('{F6}');
    expect(document.activeElement).toBe(heading('Data'));
    await userEvent.keyboard('{F6}{F6}{F6}');
    expect(document.activeElement).toBe(heading('Changes'));
    await userEvent.keyboard('{Shift>}{F6}{/Shift}');
    expect(document.activeElement).toBe(heading('Commands'));
  });

  it('goes to a superdataset from the breadcrumb, and lets go of a pinned dataset', async () => {
    const { actions } = renderPanel(named('nested'));
    const around = screen.getByRole('navigation', { name: 'Datasets around this one' });
    fireEvent.click(within(around).getByRole('link', { name: 'study' }));
    expect(actions.openFolder).toHaveBeenCalledWith('studies/study');
    const pin = screen.getByRole('button', { name: 'Stay with this dataset' });
    expect(pin.getAttribute('aria-pressed')).toBe('true');
    await userEvent.click(pin);
    expect(actions.pin).toHaveBeenCalledWith(null);
  });

  it('offers ways to a dataset in an ordinary folder', async () => {
    const { actions } = renderPanel(named('no dataset'));
    await userEvent.click(screen.getByRole('button', { name: 'Create a dataset here' }));
    await userEvent.click(screen.getByRole('button', { name: 'Try a small example dataset' }));
    await userEvent.click(screen.getByRole('button', { name: 'studyforrest' }));
    expect(actions.execute.mock.calls.map(([command]) => command)).toEqual([CommandIDs.create, CommandIDs.createExample]);
    expect(actions.openFolder).toHaveBeenCalledWith('studyforrest');
    expect(screen.queryByRole('region', { name: 'Changes' })).toBeNull();
  });

  it('keeps a long get in the bar while something short runs beside it', () => {
    const save = { ...RUNNING, id: 'save-9', operation: 'save', input: { message: 'Short' }, progress: undefined };
    renderPanel({ ...named('dirty'), jobs: [save, RUNNING] });
    const bar = screen.getAllByRole('progressbar')[0];
    expect(bar?.getAttribute('aria-label')).toBe('Get 3 of 12');
    expect(screen.getByRole('link', { name: /^Get 3 of 12/ }).textContent).toBe('Get 3 of 12 +1 more');
  });

  it('leads from a merge that is not finished to where it is finished', () => {
    const { actions } = renderPanel(named('merge'));
    fireEvent.click(screen.getByRole('button', { name: 'Show…' }));
    expect(actions.execute).toHaveBeenCalledWith('datalad:switch-branch', { dataset: 'my-analysis' });
  });

  it('leaves no gap in a notice for buttons it does not have', () => {
    const old = named('merge');
    const summary =
      old.state.summary === null ? null : { ...old.state.summary, obstacles: [{ kind: 'older-annex', version: '5' } as const] };
    const { container } = renderPanel({ ...old, state: { ...old.state, summary } });
    expect(container.querySelector('.jp-Datalad-notices .jp-Datalad-note')?.textContent).toContain(
      'This dataset has an old form.'
    );
    expect(container.querySelector('.jp-Datalad-notices .jp-Datalad-buttons')).toBeNull();
  });

  it('does not call a dataset nearby saved that could not be read, or is not trusted', () => {
    const fixture = named('no dataset');
    const rows = fixture.listing?.rows ?? [];
    const [first, second] = rows;
    if (first === undefined || second === undefined || fixture.listing === undefined) {
      throw new Error('no rows');
    }
    renderPanel({
      ...fixture,
      listing: {
        ...fixture.listing,
        rows: [
          { ...second, unread: true },
          { ...first, untrusted: true }
        ]
      }
    });
    const nearby = within(screen.getByRole('list', { name: 'Datasets nearby' })).getAllByRole('listitem');
    expect(nearby.map(item => item.textContent)).toEqual(['studyforrestcould not be read', 'my-analysisnot trusted']);
  });

  it('says which dataset nearby is only half made', () => {
    const { show } = renderPanel(named('half made'));
    const nearby = () => within(screen.getByRole('list', { name: 'Datasets nearby' })).getAllByRole('listitem');
    expect(nearby().map(item => item.textContent)).toEqual(['my-analysismodified', 'studyforrestnot complete yet']);
    show({ ...named('half made'), jobs: named('half made').jobs.map(job => ({ ...job, state: 'interrupted' })) });
    expect(nearby().map(item => item.textContent)).toEqual(['my-analysismodified', 'studyforrestnot complete']);
    show({ ...named('half made'), jobs: named('half made').jobs.map(job => ({ ...job, state: 'ok' })) });
    expect(nearby().map(item => item.textContent)).toEqual(['my-analysismodified', 'studyforrestsaved']);
  });

  it('names tools that are missing or too old, and keeps the rest', () => {
    renderPanel(named('tools'));
    expect(screen.getByText('git-annex 8.20210223 is too old; 10.20240430 or newer is needed.')).toBeTruthy();
    expect(screen.getByText('datalad was not found; 1.1.0 or newer is needed.')).toBeTruthy();
    expect(screen.getByText('pip install --upgrade git-annex datalad')).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Changes' })).toBeTruthy();
  });

  it('asks for the identity of somebody unknown', async () => {
    const { actions } = renderPanel(named('obstacles'));
    await userEvent.click(screen.getByRole('button', { name: 'Set name and e-mail…' }));
    expect(actions.execute).toHaveBeenCalledWith(CommandIDs.identity, { dataset: 'my-analysis' });
  });

  it('reads again when the server did not answer', async () => {
    const { actions } = renderPanel(named('unreachable'));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(actions.refresh).toHaveBeenCalledTimes(1);
  });

  it('streams the figures of Data in without a new bar', () => {
    const fixture = { ...named('huge'), state: state({ summary: summary({ changes: [] }) }) };
    const { show } = renderPanel(fixture);
    const meter = screen.getByRole('meter', { name: 'Content here' });
    expect(meter.getAttribute('aria-valuetext')).toBe('3.1 MB of 1.2 GB');
    const totals = { here: { files: 6, bytes: 600, unsized: 0 }, notHere: { files: 6, bytes: 600, unsized: 1 }, counting: false };
    show({ ...fixture, state: { ...fixture.state, totals } });
    expect(screen.getByRole('meter', { name: 'Content here' })).toBe(meter);
    expect(meter.getAttribute('aria-valuenow')).toBe('50');
    expect(screen.getByRole('button', { name: 'Get… at least 600 B' })).toBeTruthy();
  });
});
