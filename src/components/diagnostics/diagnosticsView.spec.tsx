import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ISetupState } from '../../models/setupModel';
import { accessibilityViolations, trans } from '../testing.fixtures';
import { setupState, SOUND, UNSOUND } from './diagnostics.fixtures';
import { DiagnosticsView } from './diagnosticsView';
import { findingsOf } from './findings';
import { reportOf } from './report';

function show(state: ISetupState) {
  const actions = { copy: jest.fn(), refresh: jest.fn(), setIdentity: jest.fn(), setExtension: jest.fn(), askWtf: jest.fn() };
  return { ...render(<DiagnosticsView state={state} actions={actions} trans={trans} />), actions };
}

test('where all is well it says so, with versions, who saves and what is loaded', async () => {
  const { container, actions } = show(setupState(SOUND));
  expect(screen.getByText('Everything that DataLad needs is here.')).toBeTruthy();
  expect(screen.getByText('Ada <ada@example.org>')).toBeTruthy();
  const versions = within(screen.getByRole('region', { name: 'Versions' }));
  expect(versions.getAllByRole('term').map(term => term.textContent)).toEqual([
    'datalad',
    'git-annex',
    'git',
    'datalad-next',
    'Python',
    'Node',
    'jupyterlab-datalad'
  ]);
  await userEvent.click(screen.getByRole('checkbox', { name: /^next/ }));
  expect(actions.setExtension).toHaveBeenCalledWith('next', false);
  expect(screen.getByText('$ git config --global --fixed-value --unset-all datalad.extensions.load next')).toBeTruthy();
  expect(await accessibilityViolations(container)).toEqual([]);
});

test('what is wrong comes first, the gravest at the top, each with its cure', async () => {
  const { container, actions } = show(setupState(UNSOUND));
  expect(findingsOf(UNSOUND, trans).map(({ gravity, title }) => `${gravity} ${title}`)).toEqual([
    'error git 2.20 is too old; 2.31 or newer is needed.',
    'error datalad was not found; 1.1 or newer is needed.',
    'error Git does not know your name and e-mail address.',
    'warning datalad-osf was not found; 0.3 or newer is needed.',
    'warning DataLad is told to load the extension “gone”, which is not installed.',
    'info DataLad does not load datalad-next by itself.'
  ]);
  expect(screen.getByText('pip install --upgrade datalad-osf')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Set name and e-mail…' }));
  expect(actions.setIdentity).toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Load it' }));
  await userEvent.click(screen.getByRole('button', { name: 'Do not load it' }));
  expect(actions.setExtension.mock.calls).toEqual([
    ['next', true],
    ['gone', false]
  ]);
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /^osf/ }).disabled).toBe(true);
  expect(await accessibilityViolations(container)).toEqual([]);
});

test('what DataLad says is copied by section, and in a report that nothing in it can break', async () => {
  const sections = [
    { name: 'datalad', text: '- version: 1.7.1' },
    { name: 'environment', text: '- PATH: </details><script>\u202e\u001b[31m' }
  ];
  const { container, actions } = show(setupState(SOUND, { wtf: { phase: 'ready', sections } }));
  fireEvent.click(screen.getByText('datalad', { selector: 'summary' }));
  await userEvent.click(screen.getByRole('button', { name: 'Copy datalad' }));
  await userEvent.click(screen.getByRole('button', { name: 'Copy for a report' }));
  const [[section], [report]] = actions.copy.mock.calls as [[string], [string]];
  expect(section).toBe('## datalad\n- version: 1.7.1');
  expect(report).toBe(reportOf(SOUND, sections, trans));
  expect(report.match(/<\/details>/gu)).toHaveLength(1);
  expect(report).toContain('- PATH: &lt;/details>&lt;script>\\u202e␛[31m');
  expect(report).toContain('## versions\n- datalad: 1.7.1\n');
  expect(container.querySelector('script')).toBeNull();
  expect(await accessibilityViolations(container)).toEqual([]);
});
