import { render } from '@testing-library/react';
import { contentsPath } from '../../protocol/paths';
import type { UndoPlan } from '../../protocol/undo';
import { trans } from '../testing.fixtures';
import { UndoForm } from './undoForm';

const [study, sub] = [contentsPath('study'), contentsPath('study/sub')];
const plan = (saves: UndoPlan['saves']): UndoPlan => ({
  kind: 'run',
  job: 'j',
  action: { operation: 'undoSave', input: { dataset: study, job: 'j', by: 'revert' } },
  files: 2,
  bytes: 0,
  names: ['a', 'b'],
  saves
});
const text = (saves: UndoPlan['saves']): string => {
  const { container, unmount } = render(<UndoForm question={{ plan: plan(saves), commandLine: '' }} trans={trans} />);
  const words = [...container.querySelectorAll('p')].map(({ textContent }) => textContent);
  unmount();
  return words.join('\n');
};

test('of one run that was saved below, too, it names the datasets', () => {
  const words = text([
    { dataset: sub, subject: 'Make' },
    { dataset: study, subject: 'Make' }
  ]);
  expect(words).toMatch(/^Make in study\/sub\nMake in study\nA new save takes the 2 changes of the run back/u);
});

test('of several it tells how many, names the first ones, and says that one save takes all of them back', () => {
  const words = text(Array.from({ length: 10 }, (_, number) => ({ dataset: study, subject: `Run ${10 - number}` })));
  expect(words.split('\n').slice(0, 2)).toEqual(['Run 10 ', 'Run 9 ']);
  expect(words).not.toContain('Run 2');
  expect(words).toMatch(/and 2 more\nOne new save takes back all that these 10 runs made/u);
});

test.each([
  [1, 'the file goes from the folder, or comes to be what it was before'],
  [3, 'the 3 files go from the folder, or come to be what they were before']
])('of a download of %s it speaks of as many', (files, words) => {
  const question = { plan: { ...plan([]), kind: 'download' as const, files }, commandLine: '' };
  const { container } = render(<UndoForm question={question} trans={trans} />);
  expect(container.textContent).toContain(words);
});

test('of a clone that was registered it says that a save takes it out of the dataset', () => {
  const action = { operation: 'remove' as const, input: { dataset: study, paths: [sub] } };
  const question = { plan: { ...plan([]), kind: 'clone' as const, action }, commandLine: 'datalad remove sub' };
  const { container } = render(<UndoForm question={question} trans={trans} />);
  expect(container.textContent).toContain(
    'The folder study/sub goes, with everything in it, and a new save takes it out of study.'
  );
});
