import { CommandIDs } from '../../tokens';
import { FakeContext } from './context.fixtures';
import type { IWorld } from './worldState.fixtures';
import { allCommands } from './index';

const ID = 'a'.repeat(40);

/** What was compared when the command was called with these arguments. */
async function compared(world: IWorld, args: object): Promise<unknown[]> {
  const context = new FakeContext({ datasets: ['study', 'study/sub'], folder: 'study', ...world });
  const command = allCommands(context).find(({ id }) => id === CommandIDs.diff);
  const outcome = await command?.execute({ ...args });
  return outcome?.status === 'ok' ? context.compared : [outcome?.failure?.kind];
}

const changed = { name: 'a.txt', path: 'study/a.txt', kind: 'git', change: 'modified' } as const;
const SINCE_SAVE = { from: 'HEAD', to: 'worktree' };

test('the selection since the last save; without one the whole dataset', async () => {
  expect(await compared({ rows: [changed], selected: ['study/a.txt'] }, {})).toEqual([
    { dataset: 'study', path: 'study/a.txt', ...SINCE_SAVE }
  ]);
  expect(await compared({}, {})).toEqual([{ dataset: 'study', ...SINCE_SAVE }]);
});

test('what is named, between the sides that are told, and what one commit changed', async () => {
  const sides = { from: 'nothing', to: ID };
  expect(await compared({}, { dataset: 'study', path: 'study/a.txt', ...sides })).toEqual([
    { dataset: 'study', path: 'study/a.txt', ...sides }
  ]);
  expect(await compared({}, { dataset: 'study', commit: ID })).toEqual([{ dataset: 'study', from: `${ID}^`, to: ID }]);
  expect(await compared({ selected: ['study/a.txt'] }, { dataset: 'study' })).toEqual([{ dataset: 'study', ...SINCE_SAVE }]);
  expect(await compared({}, { dataset: 'study', from: ID, choose: true })).toEqual([
    { dataset: 'study', from: ID, to: 'worktree', choose: true }
  ]);
});

test('several files each, in the dataset that each is in; many as their datasets', async () => {
  expect(await compared({}, { paths: ['study/a.txt', 'study/sub/b.txt', 'study/sub'] })).toEqual([
    { dataset: 'study', path: 'study/a.txt', ...SINCE_SAVE },
    { dataset: 'study/sub', path: 'study/sub/b.txt', ...SINCE_SAVE },
    { dataset: 'study/sub', ...SINCE_SAVE }
  ]);
  const many = Array.from({ length: 9 }, (_, at) => `study/${at}.txt`);
  expect(await compared({}, { paths: many })).toEqual([{ dataset: 'study', ...SINCE_SAVE }]);
});

test.each([{ from: 'main' }, { to: `${ID}~2` }, { commit: 'HEAD' }])('%j is refused', async args => {
  expect(await compared({}, args)).toEqual(['bad-request']);
});

test('it stands in menus on what has changed, and not where there is no main area', () => {
  const shown = (rows: IWorld['rows'] = []): boolean | undefined => {
    const context = new FakeContext({ datasets: ['study'], folder: 'study', rows, selected: rows.map(({ path }) => path) });
    return allCommands(context)
      .find(({ id }) => id === CommandIDs.diff)
      ?.options.isVisible?.({});
  };
  expect([shown([changed]), shown([{ ...changed, change: undefined }]), shown()]).toEqual([true, false, true]);
  const context = Object.assign(new FakeContext({}), { compare: null });
  expect(allCommands(context).map(({ id }) => id)).not.toContain(CommandIDs.diff);
});
