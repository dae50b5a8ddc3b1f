import { nullTranslator } from '@jupyterlab/translation';
import { render, screen } from '@testing-library/react';
import { contentsPath } from '../../protocol/paths';
import type { IDownloadQuestion } from './dialogs';
import { DownloadForm, downloadAnswer, type IDownloadDraft } from './downloadForm';

const trans = nullTranslator.load('test');
const URL = 'https://example.org/data/a%20b.zip?download=1';
const DRAFT: IDownloadDraft = {
  url: URL,
  folder: 'study/in',
  name: null,
  message: ' Add ',
  overwrite: false,
  noSave: false,
  archive: true
};
const question: IDownloadQuestion = {
  dataset: contentsPath('study'),
  initial: { ...DRAFT, folder: contentsPath('study/in') },
  commandLine: ({ file, url }) => `${file} ${url}`
};

function show(draft: Partial<IDownloadDraft>): void {
  render(<DownloadForm {...{ question, trans, value: { ...DRAFT, ...draft }, onChange: () => undefined }} />);
}

test('the name follows the address until one is typed', () => {
  expect(downloadAnswer(DRAFT, question)).toEqual({
    url: URL,
    file: 'study/in/a b.zip',
    message: 'Add',
    overwrite: false,
    noSave: false,
    archive: true
  });
  expect(downloadAnswer({ ...DRAFT, name: 'c.csv', folder: '/study/' }, question)).toMatchObject({
    file: 'study/c.csv',
    archive: false
  });
});

test.each([
  { url: '' },
  { url: 'file:///etc/passwd' },
  { url: 'https://example.org/' },
  { url: 'https://ada:secret@example.org/a' },
  { name: '' },
  { name: '../a' },
  { folder: 'elsewhere' },
  { folder: 'study/../..' }
])('%j is no answer', draft => {
  expect(downloadAnswer({ ...DRAFT, ...draft }, question)).toBeNull();
});

test('what is not kept may hold a secret', () => {
  const url = 'https://example.org/a.bin?token=abc';
  expect(downloadAnswer({ ...DRAFT, url, noSave: true }, question)).toMatchObject({ url, archive: false });
});

test('what is wrong with an address is said beside it', () => {
  show({ url: 'file:///etc/passwd' });
  expect(screen.getByRole('textbox', { name: 'Address', description: /kind of address/ })).toBeTruthy();
  expect(screen.getByRole('group', { name: 'Command' }).textContent).toBe('$ datalad download-url …');
});

test('only an archive that is saved can be unpacked', () => {
  show({ noSave: true });
  expect(screen.queryByRole('checkbox', { name: /Unpack/ })).toBeNull();
  expect(screen.queryByRole('textbox', { name: /Message/ })).toBeNull();
});
