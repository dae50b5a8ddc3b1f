import { CommandIDs } from '../../tokens';
import { FakeContext } from './context.fixtures';
import { allCommands } from './index';
import { annexed, type IWorld } from './worldState.fixtures';

const text = { name: 'a.txt', path: 'study/a.txt', kind: 'git' } as const;
const folder = { name: 'code', path: 'study/code', kind: 'directory' } as const;

function made(world: IWorld) {
  const context = new FakeContext({ datasets: ['study'], folder: 'study', ...world });
  return { context, command: allCommands(context).find(({ id }) => id === CommandIDs.blame) };
}

test.each([
  ['a text in Git', [text], true],
  ['an annexed file', [annexed('study/a.bin')], false],
  ['a folder', [folder], false],
  ['several', [text, { ...text, name: 'b.txt', path: 'study/b.txt' }], false],
  ['nothing', [], false]
])('with %s selected it is offered: %j', (_, rows, expected) => {
  const { command } = made({ rows: [...rows], selected: rows.map(({ path }) => path) });
  expect(command?.options.isVisible?.({})).toBe(expected);
});

test('it opens the page of one file, and says so where there is none', async () => {
  const { context, command } = made({ rows: [text], selected: [text.path] });
  expect(await command?.execute({})).toMatchObject({ status: 'ok' });
  expect(await command?.execute({ path: 'study/b.txt' })).toMatchObject({ status: 'ok' });
  expect(context.pages).toEqual([
    ['blame', 'study', 'study/a.txt'],
    ['blame', 'study', 'study/b.txt']
  ]);
  expect(await command?.execute({ dataset: 'study' })).toMatchObject({ failure: { kind: 'bad-request' } });
  const bare = Object.assign(new FakeContext({}), { openPage: null });
  expect(allCommands(bare).map(({ id }) => id)).not.toContain(CommandIDs.blame);
});
