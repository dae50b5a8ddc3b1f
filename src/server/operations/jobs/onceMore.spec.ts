import type { Result } from '../../../protocol/result';
import type { IOutcome } from '../../datalad/execute';
import type { ITask } from '../../handlers';
import { contentsPath } from '../../../protocol/paths';
import { RecordingTask } from '../../../../tests/support/recordingTask';
import { onceMoreIfBusy } from './onceMore';

const record = (path: string, status: Result['status'], kind?: 'transfer-busy' | 'content-unavailable'): Result => ({
  action: 'get',
  status,
  path: contentsPath(path),
  type: 'file',
  message: '',
  ...(kind === undefined ? {} : { failure: { kind, message: kind } })
});

/** A stand-in for DataLad: says what it is given, run by run. */
function runs(...answers: Result[][]) {
  const outcomes: IOutcome[] = [];
  const get = async (task: ITask): Promise<IOutcome> => {
    const results = answers[outcomes.length] ?? [];
    results.forEach(result => task.result(result));
    const outcome = { ending: { type: 'done', garbled: false }, failed: [], counts: new Map(), output: '' } as const;
    outcomes.push(outcome);
    return outcome;
  };
  return { get, outcomes };
}

const told = ({ results }: RecordingTask): string[] => results.map(({ path, status }) => `${path} ${status}`);

it('gets again what git-annex took for busy, and tells each file once', async () => {
  const { get, outcomes } = runs(
    [record('a', 'ok'), record('b', 'error', 'transfer-busy'), record('folder', 'impossible')],
    [record('a', 'notneeded'), record('b', 'ok')]
  );
  const task = new RecordingTask();
  expect(await onceMoreIfBusy(get, task)).toBe(outcomes[1]);
  expect(told(task)).toEqual(['a ok', 'b ok']);
});

it('tells it when somebody really is at it', async () => {
  const busy = [record('b', 'error', 'transfer-busy')];
  const { get, outcomes } = runs(busy, busy, busy);
  const task = new RecordingTask();
  await onceMoreIfBusy(get, task);
  expect(told(task)).toEqual(['b error']);
  expect(outcomes).toHaveLength(2);
});

it('tells other failures at the end, and does not try again', async () => {
  const { get, outcomes } = runs([record('a', 'error', 'content-unavailable'), record('b', 'notneeded')]);
  const task = new RecordingTask();
  await onceMoreIfBusy(get, task);
  expect(told(task)).toEqual(['b notneeded', 'a error']);
  expect(outcomes).toHaveLength(1);
});
