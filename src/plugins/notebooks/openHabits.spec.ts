import type { Contents } from '@jupyterlab/services';
import { ContentsManagerMock } from '@jupyterlab/services/lib/testutils';
import { StateDB } from '@jupyterlab/statedb';
import { contentsPath } from '../../protocol/paths';
import { OpenHabits } from './openHabits';

const [a, b] = [contentsPath('study/a.ipynb'), contentsPath('study/sub/b.ipynb')];

async function switchedOn(...paths: (typeof a)[]) {
  const [state, contents] = [new StateDB(), new ContentsManagerMock()];
  const habits = new OpenHabits(state, contents);
  await habits.ready;
  paths.forEach(path => habits.setGets(path, true));
  const later = async (): Promise<OpenHabits> => {
    const restored = new OpenHabits(state, contents);
    await restored.ready;
    return restored;
  };
  return { habits, contents, later };
}

it('are off at first, and kept from one session to the next', async () => {
  const { habits, later } = await switchedOn();
  expect(habits.gets(a)).toBe(false);
  habits.setGets(a, true);
  habits.setGets(b, true);
  habits.setGets(a, false);
  const restored = await later();
  expect([restored.gets(a), restored.gets(b)]).toEqual([false, true]);
});

it('go with a notebook that is moved, alone or in its folder, and end with it', async () => {
  const { habits, contents, later } = await switchedOn(a, b);
  const change = (change: Contents.IChangedArgs): void =>
    (contents.fileChanged as unknown as { emit(change: Contents.IChangedArgs): void }).emit(change);
  change({ type: 'rename', oldValue: { path: 'study/sub' }, newValue: { path: 'study/other' } });
  expect([habits.gets(b), habits.gets(contentsPath('study/other/b.ipynb'))]).toEqual([false, true]);
  change({ type: 'save', oldValue: { path: 'study/a.ipynb' }, newValue: { path: 'study/a.ipynb' } });
  expect(habits.gets(a)).toBe(true);
  change({ type: 'delete', oldValue: { path: 'study/a.ipynb' }, newValue: null });
  const restored = await later();
  expect([habits.gets(a), restored.gets(a), restored.gets(contentsPath('study/other/b.ipynb'))]).toEqual([false, false, true]);
});

it('hold without a state database, and whatever stands in it', async () => {
  const contents = new ContentsManagerMock();
  const habits = new OpenHabits(null, contents);
  habits.setGets(a, true);
  expect(habits.gets(a)).toBe(true);
  const state = new StateDB();
  await state.save('jupyterlab-datalad:get-on-open', [3, '../a', 'study/a.ipynb']);
  const restored = new OpenHabits(state, contents);
  await restored.ready;
  expect([restored.gets(a), restored.gets(b)]).toEqual([true, false]);
});
