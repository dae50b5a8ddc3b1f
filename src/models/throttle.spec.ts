import { PromiseDelegate } from '@lumino/coreutils';
import { throttle } from './throttle';

/** An action whose runs end when the test says so. */
function makeAction() {
  const runs: PromiseDelegate<void>[] = [];
  const action = throttle(() => {
    const run = new PromiseDelegate<void>();
    runs.push(run);
    return run.promise;
  });
  return { runs, action };
}

test('calls during a run share the one that follows it', async () => {
  const { runs, action } = makeAction();
  const first = action();
  const second = action();
  const third = action();
  expect(runs).toHaveLength(1);
  expect(third).toBe(second);
  runs[0]?.resolve();
  await first;
  expect(runs).toHaveLength(2);
  runs[1]?.resolve();
  await second;
  void action();
  expect(runs).toHaveLength(3);
});

test('a run that fails is news to its own callers only', async () => {
  const { runs, action } = makeAction();
  const first = action();
  const second = action();
  runs[0]?.reject(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  runs[1]?.resolve();
  await expect(second).resolves.toBeUndefined();
});

test('a call from within the end of a run waits for no run that is over', async () => {
  const { runs, action } = makeAction();
  const first = action();
  const second = action();
  runs[0]?.resolve();
  await first;
  const third = action();
  runs[1]?.resolve();
  await second;
  expect(runs).toHaveLength(3);
  runs[2]?.resolve();
  await expect(third).resolves.toBeUndefined();
});
