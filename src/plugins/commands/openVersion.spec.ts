import { CommandIDs } from '../../tokens';
import { FakeContext } from './context.fixtures';
import { allCommands } from './index';

const commit = 'a'.repeat(40);

async function opened(args: object): Promise<unknown[]> {
  const context = new FakeContext({ datasets: ['study', 'study/sub'], folder: 'study' });
  const outcome = await allCommands(context)
    .find(({ id }) => id === CommandIDs.openVersion)
    ?.execute({ ...args });
  return outcome?.status === 'ok' ? context.versions : [outcome?.failure?.kind];
}

test('a file is opened as it was in a commit of the dataset it is in', async () => {
  expect(await opened({ dataset: 'study', path: 'study/a.txt', commit })).toEqual([
    { dataset: 'study', path: 'study/a.txt', commit }
  ]);
  expect(await opened({ dataset: 'study', path: 'study/sub', commit, folder: true })).toEqual([
    { dataset: 'study', path: 'study/sub', commit, folder: true }
  ]);
  expect(await opened({ path: 'study/sub/gone.txt', commit })).toEqual([
    { dataset: 'study/sub', path: 'study/sub/gone.txt', commit }
  ]);
});

test.each([{ path: 'study/a.txt', commit: 'HEAD' }, { path: '../a.txt', commit }, { commit }])('%j is refused', async args => {
  expect(await opened(args)).toEqual(['bad-request']);
});

test('it is not there where there is no main area', () => {
  const context = Object.assign(new FakeContext({}), { openVersion: null });
  expect(allCommands(context).map(({ id }) => id)).not.toContain(CommandIDs.openVersion);
});
