import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ISettingsState } from '../../models/settingsModel';
import type { DatasetSettings } from '../../protocol/settings';
import { accessibilityViolations, trans } from '../testing.fixtures';
import { SettingsView } from './settingsView';

const SETTINGS: DatasetSettings = {
  unsaved: true,
  settings: [
    { key: 'datalad.dataset.id', values: [{ scope: 'branch', value: 'abc', counts: true }] },
    { key: 'datalad.containers.r.cmdexec', risky: true, values: [{ scope: 'branch', value: 'run\u202e {img}', counts: true }] },
    {
      key: 'datalad.runtime.max-annex-jobs',
      values: [
        { scope: 'branch', value: '3', counts: false },
        { scope: 'local', value: '7', counts: true }
      ]
    },
    { key: 'datalad.x.url', values: [{ scope: 'branch', value: 'https://***@x', hidden: true, counts: true }] }
  ]
};
const known = [{ key: 'datalad.runtime.max-annex-jobs', purpose: 'How many at once' }];

function show(more: Partial<ISettingsState> = {}) {
  const actions = { onChange: jest.fn(async () => null), onSave: jest.fn(), onRefresh: jest.fn() };
  const state: ISettingsState = { settings: SETTINGS, known, failure: null, ...more };
  return { ...render(<SettingsView state={state} name="study" trans={trans} {...actions} />), actions };
}

test('settings are listed with what they are for and what is in effect', async () => {
  const { container } = show();
  const rows = within(screen.getByRole('list', { name: 'Settings' })).getAllByRole('list');
  expect(rows.map(row => row.textContent)).toEqual([
    'abc travels with the dataset',
    'run\\u202e {img} travels with the datasetChange…Remove',
    '3 travels with the dataset, but not in effect hereChange…Remove7 this clone onlyChange…Remove',
    'https://***@x travels with the dataset (a secret is not shown)Remove'
  ]);
  expect(screen.getByText('How many at once')).toBeTruthy();
  expect(screen.getAllByText('runs programs or names places')).toHaveLength(1);
  expect(await accessibilityViolations(container)).toEqual([]);
});

test('one value is changed, removed or added at a time, and the file saved', async () => {
  const { container, actions } = show();
  await userEvent.click(screen.getByRole('button', { name: 'Change datalad.runtime.max-annex-jobs 3' }));
  const value = screen.getByRole('textbox', { name: 'Value' });
  await userEvent.clear(value);
  await userEvent.type(value, '4');
  expect(screen.getByRole('group', { name: 'Command' }).textContent).toBe(
    '$ git config --file .datalad/config --fixed-value --replace-all datalad.runtime.max-annex-jobs 4 3'
  );
  expect(await accessibilityViolations(container)).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Change' }));
  await userEvent.click(screen.getByRole('button', { name: 'Remove datalad.runtime.max-annex-jobs 7' }));
  await userEvent.click(screen.getByRole('button', { name: 'Remove datalad.x.url https://***@x' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Add a setting…' }));
  await userEvent.type(screen.getByRole('combobox', { name: 'Setting' }), 'datalad.a.b');
  await userEvent.type(screen.getByRole('textbox', { name: 'Value' }), 'x');
  await userEvent.click(screen.getByRole('radio', { name: 'In this clone only' }));
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  const key = 'datalad.runtime.max-annex-jobs';
  expect(actions.onChange.mock.calls).toEqual([
    [{ scope: 'branch', key, value: '4', old: '3' }],
    [{ scope: 'local', key, old: '7' }],
    [{ scope: 'branch', key: 'datalad.x.url' }],
    [{ scope: 'local', key: 'datalad.a.b', value: 'x' }]
  ]);
  await userEvent.click(screen.getByRole('button', { name: 'Save the change…' }));
  expect(actions.onSave).toHaveBeenCalled();
});

test('a broken file is explained, and nothing is added to it', () => {
  show({ settings: { settings: [], unsaved: true, broken: { kind: 'unknown', message: 'Line 3 is broken.' } } });
  expect(screen.getByText('Line 3 is broken.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Add a setting…' })).toBeNull();
});
