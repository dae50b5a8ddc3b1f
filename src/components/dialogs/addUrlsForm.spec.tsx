import { nullTranslator } from '@jupyterlab/translation';
import { act, render, screen } from '@testing-library/react';
import { useState, type ReactElement } from 'react';
import { FailureError } from '../../protocol/failure';
import type { UrlTablePlan } from '../../protocol/urlTable';
import { AddUrlsForm, addUrlsAnswer, type IAddUrlsDraft } from './addUrlsForm';
import type { IAddUrlsQuestion } from './dialogs';

const trans = nullTranslator.load('test');
const DRAFT: IAddUrlsDraft = { table: '/study/t.csv', urlFormat: null, fileFormat: null, skip: false, message: ' Add ' };
const PLAN: UrlTablePlan = {
  columns: ['url', 'name'],
  ordered: true,
  urlFormat: '{url}',
  fileFormat: '{name}',
  flaw: null,
  rows: 30,
  empty: 2,
  present: 1,
  files: 27,
  flawed: 0,
  first: [{ row: 1, url: 'https://example.org/a', file: 'a.bin', flaw: null }],
  flaws: []
};

function Form({ plan }: Pick<IAddUrlsQuestion, 'plan'>): ReactElement {
  const [value, onChange] = useState(DRAFT);
  const question = {
    datasetName: 'study',
    initial: DRAFT,
    plan,
    commandLine: ({ urlFormat, fileFormat }: { urlFormat: string; fileFormat: string }) => `${urlFormat} ${fileFormat}`
  };
  return <AddUrlsForm {...{ question, value, onChange, trans }} />;
}

/** Draws the form, and lets it look up its plan. */
async function show(plan: IAddUrlsQuestion['plan']): Promise<HTMLElement> {
  jest.useFakeTimers();
  const { container } = render(<Form plan={plan} />);
  await act(async () => jest.advanceTimersByTimeAsync(1_000));
  jest.useRealTimers();
  return container;
}

test('formats are what the columns suggest until some are typed', async () => {
  const container = await show(async () => PLAN);
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Addresses' }).value).toBe('{url}');
  expect(screen.getByRole('group', { name: 'Command' }).textContent).toBe('$ {url} {name}');
  expect(screen.getByRole('status').textContent).toBe('27 files to download · 1 is there already · 2 rows without an address');
  expect(screen.getByRole('group', { name: 'The first rows' }).textContent).toContain('and 27 more rows');
  expect(container.querySelector('.jp-mod-error')).toBeNull();
});

test('a row that cannot be downloaded keeps the dialog from being accepted', async () => {
  const flaws = [{ row: 4, url: 'https://example.org/a', file: '../a', flaw: 'outside' as const }];
  const container = await show(async () => ({ ...PLAN, flawed: 2, flaws }));
  expect(container.querySelector('.jp-mod-error')?.textContent).toBe(
    'Row 4: This is no place in the dataset. ../aand 1 more row'
  );
  expect(screen.getByRole('alert').contains(screen.getByRole('list', { name: 'What keeps it from being downloaded' }))).toBe(
    true
  );
});

test.each([
  ['unknown', 'There is no column x.'],
  ['syntax', 'Braces come in pairs'],
  ['unsupported', 'x is not offered here']
] as const)('a format is told to be wrong: %s', async (why, words) => {
  await show(async () => ({ ...PLAN, first: [], files: 0, flaw: { format: 'file', why, name: 'x' } }));
  const field = screen.getByRole('textbox', { name: /^File names/ });
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(document.body.textContent).toContain(words);
});

test.each([
  [true, 'is named by its number', 'by its name or its number'],
  [false, 'Rename a column', 'by its name:']
])('columns are to be named by their numbers only where the table has an order: %s', async (ordered, cure, help) => {
  const flaw = { format: 'url' as const, why: 'unsupported' as const, name: '{file.url}' };
  await show(async () => ({ ...PLAN, ordered, first: [], files: 0, flaw }));
  expect(document.body.textContent).toContain(cure);
  expect(document.body.textContent).toContain(help);
  expect(document.body.textContent?.includes('number')).toBe(ordered);
});

test('what is no table is told, and one that names nothing new', async () => {
  const fails = () => Promise.reject(new FailureError({ kind: 'bad-table', message: '', parameters: { why: 'header' } }));
  await show(fails);
  expect(screen.getByRole('alert').textContent).toContain('names of columns at its top');
  document.body.replaceChildren();
  await show(async () => ({ ...PLAN, files: 0 }));
  expect(screen.getByRole('alert').textContent).toBe('There is nothing to download.');
});

test('only what is complete is an answer', () => {
  expect(addUrlsAnswer(DRAFT)).toBeNull();
  expect(addUrlsAnswer({ ...DRAFT, urlFormat: '{url}', fileFormat: '' })).toBeNull();
  expect(addUrlsAnswer({ ...DRAFT, table: '../t.csv', urlFormat: '{url}', fileFormat: '{name}' })).toBeNull();
  expect(addUrlsAnswer({ ...DRAFT, urlFormat: '{url}', fileFormat: '{name}' })).toEqual({
    table: 'study/t.csv',
    urlFormat: '{url}',
    fileFormat: '{name}',
    skip: false,
    message: 'Add'
  });
});
