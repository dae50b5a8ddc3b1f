import { CommandIDs } from '../../tokens';
import { FakeContext } from './context.fixtures';
import { getOnOpen } from './getOnOpen';

test('is switched for the notebook in front or one by its path, and shows how it is', async () => {
  const context = new FakeContext({ folder: 'study', inFront: 'study/a.ipynb' });
  const { id, options, execute } = getOnOpen(context);
  expect(id).toBe(CommandIDs.getOnOpen);
  expect([options.isEnabled?.({}), options.isToggled?.({})]).toEqual([true, false]);
  await execute({});
  expect([options.isToggled?.({}), options.isToggled?.({ path: 'study/b.ipynb' })]).toEqual([true, false]);
  await execute({ path: 'study/b.ipynb', on: true });
  await execute({ path: 'study/b.ipynb', on: true });
  await execute({});
  expect([...context.getting]).toEqual(['study/b.ipynb']);
});

test('is not for notebooks outside of datasets, nor where none is open', async () => {
  const outside = getOnOpen(new FakeContext({ folder: 'notes', inFront: 'notes/a.ipynb' }));
  expect(outside.options.isEnabled?.({})).toBe(false);
  const nothing = getOnOpen(new FakeContext({}));
  expect(nothing.options.isEnabled?.({})).toBe(false);
  expect(await nothing.execute({})).toMatchObject({ status: 'error', failure: { kind: 'bad-request' } });
});
