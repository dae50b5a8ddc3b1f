import { CommandRegistry } from '@lumino/commands';
import { screen } from '@testing-library/react';
import { file } from '../../components/panel.fixtures';
import { commit } from '../../models/history.fixtures';
import type { INotebookRecordState } from '../../models/notebookRecordModel';
import { contentsPath } from '../../protocol/paths';
import { register } from '../commands/command';
import { FakeContext } from '../commands/context.fixtures';
import { allCommands } from '../commands/index';
import type { INotebookServices, IOpenNotebook } from './context';
import { openNotebookMenu } from './notebookMenu';

const path = contentsPath('study/work.ipynb');
const run = { commit: commit(7), record: {}, unchanged: true };
const NONE: INotebookRecordState = { origin: { last: null, run: null }, changed: false, dirty: false, executed: 0, wrote: [] };
const RECORDED: INotebookRecordState = {
  ...NONE,
  origin: { last: run.commit, run } as unknown as INotebookRecordState['origin']
};

const ALWAYS = ['Run & Record…', 'Record up to the Selected Cells…', 'Get Files on Open', 'History'];
const MADE = 'How Was This Made?';

/** What is to be chosen, while something is selected in the file browser of which nothing can be saved. */
function menuOf(state: INotebookRecordState) {
  const text = { name: 'README', path: 'study/README', kind: 'git' as const };
  const selected = [text, { ...text, name: 'LICENSE', path: 'study/LICENSE' }];
  const context = new FakeContext({ folder: 'study', inFront: path, rows: selected, selected: selected.map(row => row.path) });
  const commands = new CommandRegistry();
  allCommands(context).forEach(command => register(commands, command));
  const services = { commands } as unknown as INotebookServices;
  const notebook = { path, dataset: contentsPath('study') } as IOpenNotebook;
  openNotebookMenu(document.body, { notebook, services, state });
  return [...document.querySelectorAll('.lm-Menu-itemLabel')].map(({ textContent }) => textContent).filter(label => label !== '');
}

afterEach(() => document.body.replaceChildren());

test('only what can be switched is read out as a box to tick', () => {
  menuOf(NONE);
  expect(screen.getAllByRole('menuitem', { hidden: true })).toHaveLength(ALWAYS.length - 1);
  expect(screen.getByRole('menuitemcheckbox', { hidden: true }).getAttribute('aria-checked')).toBe('false');
});

test.each<[string, INotebookRecordState, string[]]>([
  ['not recorded', NONE, ALWAYS],
  ['not known', { ...NONE, origin: null }, ALWAYS],
  ['recorded', RECORDED, [MADE, ...ALWAYS]],
  ['changed in the editor', { ...RECORDED, dirty: true }, [MADE, ...ALWAYS, 'Save…']],
  ['changed on the disk', { ...RECORDED, changed: true }, [MADE, ...ALWAYS, 'Save…']],
  ['one whose cells wrote a file', { ...NONE, executed: 1, wrote: [file('out.csv')] }, [...ALWAYS, 'Save…']]
])('the menu of a notebook that is %s has all that can be done', (_, state, labels) => {
  expect(menuOf(state)).toEqual(labels);
});
