import { CommandRegistry } from '@lumino/commands';
import { fail } from '../../protocol/failure';
import { CommandIDs } from '../../tokens';
import { type RawArguments, register } from './command';
import { FakeContext } from './context.fixtures';
import { annexed, type IWorld } from './worldState.fixtures';
import { allCommands } from './index';

const folder = 'study';
const absent = annexed('study/a.bin');
const other = annexed('study/b.bin', { bytes: 7_582_912 });
const here = annexed('study/here.bin', { here: 'yes' });
const text = { name: 'README', path: 'study/README', kind: 'git', bytes: 12 } as const;
const subdataset = { name: 'sub', path: 'study/sub', kind: 'dataset-absent', here: 'no' } as const;
const data = {
  name: 'data',
  path: 'study/data',
  kind: 'directory',
  here: 'partly',
  bytes: 15_000_000,
  below: { files: 5, filesHere: 2, bytesHere: 5_000_000 }
} as const;

/** The menu a user sees with these rows selected: labels of the commands that are visible. */
function menu(rows: IWorld['rows'] = [], id: string, args: RawArguments = {}): string | null {
  const context = new FakeContext({ folder, rows, selected: rows.map(row => row.path) });
  const options = allCommands(context).find(command => command.id === id)?.options;
  return options?.isVisible?.(args) === false ? null : (options?.label(args) ?? null);
}

test.each([CommandIDs.get, CommandIDs.save, CommandIDs.history, CommandIDs.drop, CommandIDs.discard, CommandIDs.unlock])(
  '%s is there for who says what is meant, whatever is selected',
  id => {
    const license = { ...text, name: 'LICENSE', path: 'study/LICENSE' };
    const context = new FakeContext({ folder, rows: [text, license], selected: [text.path, license.path] });
    const [registry, command] = [new CommandRegistry(), allCommands(context).find(one => one.id === id)];
    register(registry, command ?? fail('unknown', id));
    expect(registry.isVisible(id, {})).toBe(false);
    for (const args of [{ paths: ['study/a.bin'] }, { dataset: 'study' }, { path: 'study/a.bin' }]) {
      expect(registry.isVisible(id, args)).toBe(true);
    }
  }
);

test.each([
  ['one file', [absent], 'Get, 4.8 MB'],
  ['two files', [absent, other], 'Get 2 files, 12 MB'],
  ['files of which one is here', [absent, here], 'Get, 4.8 MB'],
  ['a folder', [data], 'Get 3 files, 9.5 MB…'],
  ['a folder that is being counted', [{ ...data, counting: true as const }], 'Get 3 files, at least 9.5 MB…'],
  ['a folder nothing is known of', [{ name: 'x', path: 'study/x', kind: 'directory', counting: true } as const], 'Get…'],
  ['a subdataset', [subdataset], 'Install Subdataset with Content…'],
  ['nothing', [], 'Get…'],
  ['a file that is here', [here], null],
  ['a file in Git', [text], null]
])('Get of %s', (_, rows, label) => {
  expect(menu([...rows], CommandIDs.get)).toBe(label);
});

test.each([
  ['one file', [here], 'Drop, frees 4.8 MB'],
  ['a folder', [data], 'Drop 2 files, frees 4.8 MB…'],
  ['a file that is not here', [absent], null],
  ['a subdataset that is not installed', [subdataset], null]
])('Drop of %s', (_, rows, label) => {
  expect(menu([...rows], CommandIDs.drop)).toBe(label);
});

test('other entries appear where they apply', () => {
  expect(menu([subdataset], CommandIDs.get, { noData: true })).toBe('Install Subdataset Without Content');
  expect(menu([absent], CommandIDs.get, { noData: true })).toBeNull();
  expect(menu([here], CommandIDs.unlock)).toBe('Unlock');
  expect(menu([absent], CommandIDs.unlock)).toBeNull();
  expect(menu([here], CommandIDs.save)).toBeNull();
  expect(menu([{ ...here, change: 'modified' }], CommandIDs.save)).toBe('Save…');
  expect(menu([here], CommandIDs.copyCommand, { language: 'r' })).toBe('Copy as R');
});

test('the palette names what a command is, not what is selected', () => {
  expect(menu([absent, other], CommandIDs.get, { isPalette: true })).toBe('Get…');
  expect(menu([here], CommandIDs.drop, { isPalette: true })).toBe('Drop…');
});
