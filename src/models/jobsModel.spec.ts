import { ClientDouble, makeJob } from '../client/client.fixtures';
import { FailureError } from '../protocol/failure';
import type { Job } from '../protocol/job';
import { contentsPath } from '../protocol/paths';
import { JobsModel } from './jobsModel';

const input = { dataset: contentsPath('study'), paths: [contentsPath('study/data.bin')] };
const result = { action: 'get', status: 'ok' as const, path: 'study/data.bin' };

function makeModel() {
  const client = new ClientDouble();
  return { client, jobs: new JobsModel(client) };
}

test('a run resolves with the results once the stream has told of its end, and listens meanwhile', async () => {
  const { client, jobs } = makeModel();
  const outcome = jobs.run('get', input);
  expect(client.listeners).toBe(1);
  await Promise.resolve();
  client.tell({ type: 'job', job: makeJob() });
  const done = makeJob({ state: 'ok' });
  client.reports.set('job-1', { job: done, results: [result], output: '' });
  client.tell({ type: 'job', job: done });
  expect(await outcome).toEqual({ status: 'ok', jobs: ['job-1'], results: [result], failure: undefined });
  expect(client.listeners).toBe(0);
});

test('an end that is told before the start was answered is not missed', async () => {
  const { client, jobs } = makeModel();
  const done = makeJob({ state: 'error', failure: { kind: 'last-copy', message: 'stays' } });
  client.reports.set('job-1', { job: done, results: [], output: '' });
  const outcome = jobs.run('drop', input);
  client.tell({ type: 'job', job: done });
  expect(await outcome).toMatchObject({ status: 'error', failure: { kind: 'last-copy' } });
});

test('a refused start is an outcome, not a rejection', async () => {
  const { client, jobs } = makeModel();
  client.refusal = new FailureError({ kind: 'no-identity', message: 'who?' });
  expect(await jobs.run('save', { dataset: input.dataset, message: 'm' })).toEqual({
    status: 'error',
    jobs: [],
    results: [],
    failure: { kind: 'no-identity', message: 'who?' }
  });
});

test('the list is read when the stream opens, newest first, and an end is told once', async () => {
  const { client, jobs } = makeModel();
  const ended: Job[] = [];
  jobs.ended.connect((_, job) => ended.push(job));
  client.jobs = [makeJob({ id: 'old', created: 1, state: 'ok' }), makeJob({ id: 'new', created: 2 })];
  client.tell({ type: 'hello', server: 'a', gap: false });
  await new Promise(process.nextTick);
  expect(jobs.jobs.map(({ id }) => id)).toEqual(['new', 'old']);
  client.tell({ type: 'job', job: makeJob({ id: 'new', created: 2, state: 'cancelled' }) });
  client.tell({ type: 'job', job: makeJob({ id: 'new', created: 2, state: 'cancelled' }) });
  expect(ended.map(({ id }) => id)).toEqual(['new']);
  jobs.clear();
  expect(jobs.jobs).toEqual([]);
  client.tell({ type: 'hello', server: 'a', gap: false });
  await new Promise(process.nextTick);
  expect(jobs.jobs).toEqual([]);
});

test('a list that comes late takes back nothing that was told meanwhile', async () => {
  const { client, jobs } = makeModel();
  const ended: Job[] = [];
  jobs.ended.connect((_, job) => ended.push(job));
  const running = makeJob({ id: 'a', created: 1 });
  client.tell({ type: 'job', job: running });
  let answer: (list: Job[]) => void = () => undefined;
  jest.spyOn(client, 'list').mockReturnValue(new Promise(resolve => (answer = resolve)));
  client.tell({ type: 'hello', server: 'a', gap: false });
  client.tell({ type: 'job', job: makeJob({ id: 'a', created: 1, state: 'ok' }) });
  client.tell({ type: 'job', job: makeJob({ id: 'b', created: 2 }) });
  answer([running]);
  await new Promise(process.nextTick);
  expect(jobs.jobs.map(({ id, state }) => [id, state])).toEqual([
    ['b', 'running'],
    ['a', 'ok']
  ]);
  client.tell({ type: 'job', job: makeJob({ id: 'a', created: 1, state: 'ok' }) });
  expect(ended.map(({ id }) => id)).toEqual(['a']);
});

describe('when nothing is heard', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('a job that ended in a hidden tab is found by asking', async () => {
    const { client, jobs } = makeModel();
    const outcome = jobs.run('get', input);
    const done = makeJob({ state: 'ok' });
    client.jobs = [done];
    client.reports.set('job-1', { job: done, results: [], output: '' });
    await jest.advanceTimersByTimeAsync(6_000);
    expect(await outcome).toMatchObject({ status: 'ok' });
  });

  test('a job the server has lost ends the wait', async () => {
    const { jobs } = makeModel();
    const outcome = jobs.run('get', input);
    await jest.advanceTimersByTimeAsync(6_000);
    expect(await outcome).toMatchObject({ status: 'error', jobs: ['job-1'], failure: { kind: 'worker-died' } });
  });

  test('a connection that is down for a while does not end it', async () => {
    const { client, jobs } = makeModel();
    const list = jest.spyOn(client, 'list').mockRejectedValue(new FailureError({ kind: 'server-unreachable', message: 'down' }));
    const outcome = jobs.run('get', input);
    await jest.advanceTimersByTimeAsync(11_000);
    expect(list).toHaveBeenCalledTimes(2);
    const done = makeJob({ state: 'ok' });
    client.reports.set('job-1', { job: done, results: [], output: '' });
    client.tell({ type: 'job', job: done });
    expect(await outcome).toMatchObject({ status: 'ok' });
  });
});
