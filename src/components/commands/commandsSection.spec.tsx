import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Job } from '../../protocol/job';
import { CommandIDs } from '../../tokens';
import { job, REFUSED, RUNNING } from '../jobs.fixtures';
import { type IPanelFixture, panelFixtures } from '../panel.fixtures';
import { renderPanel } from '../testing.fixtures';
import { FRESH_MEMORY } from '../types';

// Each click walks through many promises; a busy machine takes its time.
afterEach(cleanup);

function withJobs(jobs: Job[], more: Partial<IPanelFixture> = {}): IPanelFixture {
  const { dirty } = panelFixtures;
  if (dirty === undefined) {
    throw new Error('no fixture');
  }
  return { ...dirty, jobs, problems: [], memory: { ...FRESH_MEMORY, open: ['commands'] }, ...more };
}

const LINES = Array.from({ length: 20 }, (_, at) => `line ${at + 1}`).join('\n');
const reports = () => panelFixtures.refused?.reports ?? {};

describe('the section Commands', () => {
  it('lists what runs, what ended and what happened in a terminal', () => {
    renderPanel(withJobs(panelFixtures.dirty?.jobs ?? []));
    const list = screen.getByRole('list', { name: 'Commands' });
    const titles = within(list)
      .getAllByRole('button')
      .map(button => button.textContent);
    expect(titles[0]).toContain('Get 3 of 12');
    expect(titles[1]).toContain('Save “Reformat code with black”');
    expect(titles[2]).toContain('Saved 2 files, in a terminal');
    expect(screen.getAllByRole('progressbar')).toHaveLength(1);
  });

  it.each([
    ['failed', { kind: 'command-failed', message: 'Failed.', detail: LINES, parameters: { code: 1, kept: 'yes' } }, 'error'],
    ['cancelled', { kind: 'cancelled', message: 'Cancelled.' }, 'cancelled']
  ] as const)('shows the end of what a run that %s has printed with one click', async (_, failure, state) => {
    const run = job({ id: 'run-1', operation: 'rerun', input: { dataset: 'my-analysis' }, state, failure });
    renderPanel(withJobs([run], { reports: { 'run-1': { job: run, results: [], output: LINES } } }));
    await userEvent.click(within(screen.getByRole('list', { name: 'Commands' })).getByRole('button', { name: /^Repeat/u }));
    const end = await screen.findByLabelText('The end of what it printed');
    expect(end.textContent).toMatch(/^line 9\n(.*\n)+line 20$/u);
    expect(end.closest('details')).toBeNull();
    expect(screen.queryAllByRole('button', { name: 'What became of the files…' })).toHaveLength(state === 'error' ? 1 : 0);
  });

  it('shows what a run prints while it runs with one click', async () => {
    const run = job({ id: 'run-1', operation: 'run', input: { dataset: 'my-analysis', command: 'make' }, state: 'running' });
    renderPanel(withJobs([run], { reports: { 'run-1': { job: run, results: [], output: LINES } } }));
    await userEvent.click(within(screen.getByRole('list', { name: 'Commands' })).getByRole('button', { name: /^Run/u }));
    expect((await screen.findByText('Output')).closest('details')?.open).toBe(true);
  });

  it('gives a job beside the one in the bar a progressbar and a Cancel of its own', async () => {
    const second = job({ id: 'get-2', state: 'queued', input: { paths: ['my-analysis/b.bin'] } });
    const { actions } = renderPanel(withJobs([second, RUNNING]));
    await userEvent.click(within(screen.getByRole('list', { name: 'Commands' })).getByRole('button', { name: 'Cancel' }));
    expect(actions.cancel).toHaveBeenCalledWith('get-2');
    expect(screen.getByRole('progressbar', { name: 'Get b.bin' }).getAttribute('aria-valuetext')).toBe('waiting');
  });

  it('explains a refusal file by file when it is unfolded, with the raw text folded', async () => {
    renderPanel(withJobs([REFUSED], { reports: reports() }));
    await userEvent.click(screen.getByRole('button', { name: /^Drop 2 items/ }));
    expect(await screen.findByText('data/sub-02_bold.nii.gz stays here.')).toBeTruthy();
    expect(screen.getByText('data/sub-04_bold.nii.gz is modified and stays here.')).toBeTruthy();
    expect(screen.getByText(/Could only verify/).closest('details')?.open).toBe(false);
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('overrides only the files that are last copies, and only through the dialog', async () => {
    const { actions } = renderPanel(withJobs([REFUSED], { problems: [REFUSED], reports: reports(), memory: FRESH_MEMORY }));
    await userEvent.click(await screen.findByRole('button', { name: 'Drop anyway…' }));
    expect(actions.dropLastCopies).toHaveBeenCalledWith(REFUSED.id, 'my-analysis', ['my-analysis/data/sub-02_bold.nii.gz']);
    expect(actions.execute).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(actions.dismiss).toHaveBeenCalledWith(REFUSED.id);
  });

  it('repeats a cancelled get with the same arguments', async () => {
    const { actions } = renderPanel(withJobs([job({ state: 'cancelled', ended: 1 })]));
    await userEvent.click(screen.getByRole('button', { name: /^Get data/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(actions.execute).toHaveBeenCalledWith(CommandIDs.get, { dataset: 'my-analysis', paths: ['my-analysis/data'] });
  });

  it('names the places that a sound copy may come from, and gets it', async () => {
    const checked = job({ id: 'fsck', operation: 'fsck', state: 'error', ended: 1 });
    const path = 'my-analysis/data/scan.nii';
    const failure = { kind: 'damaged-content' as const, message: 'Damaged.', parameters: { moved: 1 } };
    const report = { job: checked, results: [{ action: 'fsck', status: 'error' as const, path, failure }], output: '' };
    const places = [{ name: 'backup', files: 1 }];
    const { actions } = renderPanel(withJobs([checked], { reports: { fsck: report }, places }));
    await userEvent.click(screen.getByRole('button', { name: /^Check/ }));
    expect(await screen.findByText('Known to be at: backup')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Get again' }));
    expect(actions.execute).toHaveBeenCalledWith(CommandIDs.get, { dataset: 'my-analysis', paths: [path] });
  });

  it('asks what a job asks, and never shows a secret', async () => {
    const asking = job({ id: 'clone', operation: 'clone', prompt: { id: 'p1', text: 'Password', secret: true } });
    const { actions } = renderPanel(withJobs([asking]));
    const box = screen.getByLabelText<HTMLInputElement>('Password');
    expect(box.type).toBe('password');
    await userEvent.type(box, 'hush{Enter}');
    expect(actions.answer).toHaveBeenCalledWith('clone', 'p1', 'hush');
    expect(box.value).toBe('');
  });

  it('declines a question with choices', async () => {
    const asking = job({
      id: 'clone',
      operation: 'clone',
      prompt: { id: 'p2', text: 'Go on?', secret: false, choices: ['yes', 'no'] }
    });
    const { actions } = renderPanel(withJobs([asking]));
    const group = screen.getByRole('group', { name: 'Go on?' });
    await userEvent.click(within(group).getByRole('button', { name: 'yes' }));
    await userEvent.click(within(group).getByRole('button', { name: 'Decline' }));
    expect(actions.answer.mock.calls).toEqual([
      ['clone', 'p2', 'yes'],
      ['clone', 'p2', null]
    ]);
  });
});
