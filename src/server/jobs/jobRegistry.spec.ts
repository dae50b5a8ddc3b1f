import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { type JobName, jobs } from '../../protocol/contract';
import { fail, FailureError } from '../../protocol/failure';
import type { Job } from '../../protocol/job';
import type { Result } from '../../protocol/result';
import type { ITask, JobHandlers } from '../handlers';
import { Redactor } from '../redact';
import { contentsPath } from '../../protocol/paths';
import { JobRegistry } from './jobRegistry';
import { MAX_OUTPUT } from './jobRecord';
import { MAX_LENGTH, MAX_RESULTS } from './keptResults';

type Work = (task: ITask, input: unknown) => Promise<void>;

/** A registry whose jobs all do the same work, with what it told. */
function setUp(work: Work) {
  const told: Job[] = [];
  const ended: Job[] = [];
  const busy: boolean[] = [];
  const journal = new Set<string>();
  const names = Object.keys(jobs) as JobName[];
  const handlers = Object.fromEntries(names.map(name => [name, (input: unknown, task: ITask) => work(task, input)]));
  const registry = new JobRegistry({
    handlers: handlers as unknown as JobHandlers,
    redactor: new Redactor(),
    log: () => undefined,
    tell: job => told.push(job),
    treeOf: async path => path.split('/')[0] ?? '',
    admit: async () => undefined,
    begun: () => undefined,
    ended: job => ended.push(job),
    busy: state => busy.push(state),
    journal: {
      queued: async ({ id }) => void journal.add(id),
      begins: async ({ id }) => void journal.add(id),
      remove: async id => void journal.delete(id)
    }
  });
  const save = (dataset: string): Promise<string> =>
    registry.start('save', v.parse(jobs.save.input, { dataset, message: 'a message' }));
  const get = (dataset: string): Promise<string> => registry.start('get', v.parse(jobs.get.input, { dataset, paths: [dataset] }));
  const job = (id: string): Job => registry.report(id).job;
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) {
      await pause(1);
    }
  };
  const end = (id: string): Promise<void> => until(() => job(id).ended !== undefined);
  return { registry, told, ended, busy, journal, save, get, job, end, until };
}

/** Work that lasts until it is let go or cancelled. */
function gate(): { work: Work; open: () => void; running: () => number } {
  const resolvers: (() => void)[] = [];
  return {
    work: task =>
      new Promise((resolve, reject) => {
        resolvers.push(resolve);
        task.signal.addEventListener('abort', () => reject(new Error('interrupted')), { once: true });
      }),
    open: () => resolvers.shift()?.(),
    running: () => resolvers.length
  };
}

const ok: Result = { action: 'get', status: 'ok', path: 'a' };

describe('JobRegistry', () => {
  it('runs jobs of one lane of one tree in turn, and others beside them', async () => {
    const { work, open, running } = gate();
    const { save, get, job, end, until, busy } = setUp(work);
    const ids = [await save('a'), await save('a/sub'), await save('b'), await get('a')];
    const [first, second] = ids as [string, string];
    await until(() => running() === 3);
    expect(ids.map(id => job(id).state)).toEqual(['running', 'queued', 'running', 'running']);
    open();
    await end(first);
    await until(() => job(second).state === 'running');
    while (running() > 0) {
      open();
    }
    await Promise.all(ids.map(end));
    expect(ids.map(id => job(id).state)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(busy).toEqual([true, false]);
  });

  it('cancels a running job, and one that waits, at once', async () => {
    const { work, running } = gate();
    const { registry, save, job, end, until, ended } = setUp(work);
    const [first, second, third] = [await save('a'), await save('a'), await save('a')];
    await until(() => running() === 1);
    registry.cancel(second);
    expect(job(second)).toMatchObject({ state: 'cancelled', failure: { kind: 'cancelled' } });
    registry.cancel(first);
    await end(first);
    expect(job(first)).toMatchObject({ state: 'cancelled', failure: { kind: 'cancelled' } });
    await until(() => job(third).state === 'running');
    registry.dispose();
    await end(third);
    // The second one never ran.
    expect(ended.map(({ id }) => id)).toEqual([first, third]);
    expect(() => registry.cancel('no-such-job')).toThrow(FailureError);
    registry.cancel(first);
  });

  it('asks and hears the answer, keeps no secret, and a cancel ends the question', async () => {
    const heard: (string | null)[] = [];
    const { registry, save, job, end, until, told } = setUp(async task => {
      heard.push(await task.ask({ text: 'Password', secret: true }));
      task.output(`trying ${heard.at(-1) ?? ''}\n`);
    });
    const id = await save('a');
    await until(() => job(id).prompt !== undefined);
    const prompt = job(id).prompt?.id ?? '';
    expect(() => registry.answer(id, { prompt: 'other', value: 'x' })).toThrow(FailureError);
    registry.answer(id, { prompt, value: 'open sesame' });
    await end(id);
    expect(heard).toEqual(['open sesame']);
    expect(registry.report(id).output).toBe('trying ***\n');
    expect(JSON.stringify(told)).not.toContain('sesame');
    expect(job(id).prompt).toBeUndefined();

    const other = await save('a');
    await until(() => job(other).prompt !== undefined);
    registry.cancel(other);
    await end(other);
    expect(job(other)).toMatchObject({ state: 'cancelled' });
    expect(job(other).prompt).toBeUndefined();
  });

  it('keeps failures with their kind, without secrets, and does not hide bugs', async () => {
    const expected = setUp(async () => fail('bad-url', 'No.', { detail: 'https://a:b@c' }));
    const id = await expected.save('a');
    await expected.end(id);
    expect(expected.job(id)).toMatchObject({ state: 'error', failure: { kind: 'bad-url', detail: 'https://***@c' } });
    const bug = setUp(async () => {
      throw new TypeError('undefined is no function');
    });
    const other = await bug.save('a');
    await bug.end(other);
    expect(bug.job(other)).toMatchObject({ state: 'error', failure: { kind: 'unknown' } });
    expect(bug.job(other).failure?.detail).toContain('undefined is no function');
  });

  it('bounds what it keeps, counts everything and tells it at most five times a second', async () => {
    const total = 3 * MAX_RESULTS;
    const { registry, save, end, told } = setUp(async task => {
      for (let number = 0; number < total; number += 1) {
        task.result({ ...ok, path: `file${number}` });
        task.progress({ active: [], files: number });
      }
      task.result({ ...ok, status: 'impossible' });
      task.output('x'.repeat(MAX_OUTPUT));
      task.output('the end');
    });
    const id = await save('a');
    await end(id);
    const report = registry.report(id);
    expect(report.job.counts).toEqual({ ok: total, notneeded: 0, failed: 1 });
    expect(report.results).toHaveLength(MAX_RESULTS);
    expect(report.results.at(-2)?.path).toBe(`file${total - 1}`);
    expect(report.output).toHaveLength(MAX_OUTPUT);
    expect(report.output.endsWith('the end')).toBe(true);
    expect(told.length).toBeLessThan(6);
    expect(told.at(-1)?.state).toBe('ok');
    expect(report.job.progress).toBeUndefined();
  });

  it('bounds what results take, however long they are, and what all jobs take together', async () => {
    const message = 'x'.repeat(1024 * 1024);
    const { registry, get, end } = setUp(async task => {
      for (let number = 0; number < 30; number += 1) {
        task.result({ ...ok, status: 'error', path: `file${number}`, message });
      }
    });
    const sizes: number[] = [];
    for (let number = 0; number < 10; number += 1) {
      const id = await get('a');
      await end(id);
      const { results, job } = registry.report(id);
      expect(results.at(-1)?.path).toBe('file29');
      expect(job.counts.failed).toBe(30);
      sizes.push(JSON.stringify(results).length);
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_LENGTH + 1000);
    const kept = registry.list().map(({ id }) => JSON.stringify(registry.report(id)).length);
    expect(kept.length).toBeGreaterThan(3);
    expect(kept.reduce((sum, length) => sum + length, 0)).toBeLessThan(40 * 1024 * 1024);
  });

  it('takes no time that is less than none, whatever the clock does', async () => {
    const { save, job, end } = setUp(async () => {
      jest.spyOn(Date, 'now').mockReturnValue(5_000);
    });
    jest.spyOn(Date, 'now').mockReturnValue(10_000);
    const id = await save('a');
    await end(id);
    jest.restoreAllMocks();
    expect(job(id)).toMatchObject({ created: 10_000, started: 10_000, ended: 10_000 });
  });

  it('lets no more wait than it can hold', async () => {
    const { work, running } = gate();
    const { registry, until } = setUp(work);
    const paths = Array.from({ length: 3_000 }, (_, number) => `a/${'x'.repeat(300)}${number}`);
    const start = (): Promise<string> => registry.start('get', v.parse(jobs.get.input, { dataset: 'a', paths }));
    await start();
    await until(() => running() === 1);
    const refused = await (async () => {
      for (let number = 0; number < 100; number += 1) {
        try {
          await start();
        } catch (error) {
          return { number, error };
        }
      }
      return null;
    })();
    expect(refused).toMatchObject({ error: { failure: { kind: 'bad-request' } } });
    expect(refused?.number).toBeGreaterThan(20);
    registry.dispose();
  });

  it('keeps of old jobs only what failed', async () => {
    const { registry, get, end } = setUp(async task => {
      task.result(ok);
      task.result({ ...ok, status: 'error' });
      // A folder only repeats what was told of what is in it, so it is not counted.
      task.result({ ...ok, status: 'error', message: 'could not get some content in /ds /ds/b' });
    });
    const first = await get('a');
    await end(first);
    expect(registry.report(first).results).toHaveLength(3);
    for (let number = 0; number < 21; number++) {
      await end(await get('a'));
    }
    expect(registry.report(first).results.map(({ status }) => status)).toEqual(['error', 'error']);
    expect(registry.report(first).job.counts).toEqual({ ok: 1, notneeded: 0, failed: 1 });
  });

  it('remembers the last two hundred that ended, newest first, with what happened elsewhere', async () => {
    const { registry, save, end } = setUp(async () => undefined);
    for (let number = 0; number < 210; number += 1) {
      await end(await save('a'));
    }
    registry.witness({ operation: 'terminal', dataset: null, input: { subjects: ['by hand'], files: 2 } });
    const list = registry.list();
    expect(list).toHaveLength(200);
    expect(list[0]).toMatchObject({ origin: 'terminal', state: 'ok', input: { files: 2 } });
    expect(list[1]).toMatchObject({ operation: 'save', command: ['datalad', 'save', '-m', 'a message'] });
  });
});

describe('what a server before left', () => {
  const input = { dataset: contentsPath('a'), paths: [contentsPath('a')] };
  const left = { id: 'left', operation: 'get', dataset: contentsPath('a'), input, command: ['datalad', 'get'], created: 1 };

  it('is checked before the same work is done again, whatever becomes of the check', async () => {
    const inputs: unknown[] = [];
    const { registry, get, job, end } = setUp(async (_, input) => {
      inputs.push(input);
      if (inputs.length === 1) {
        fail('worker-died', 'DataLad ended.');
      }
      if (inputs.length === 2) {
        fail('corrupt', 'The check found something.');
      }
    });
    const first = await get('a');
    await end(first);
    const second = await get('a');
    await end(second);
    expect(job(second).state).toBe('ok');
    const [asked, checked, again] = inputs;
    expect(checked).toEqual({ dataset: 'a', paths: ['a'], recursive: false });
    expect(again).toEqual(asked);
    expect(inputs).toHaveLength(3);
    registry.dispose();
  });

  it('is listed as interrupted until it is dismissed', async () => {
    const { registry, told, journal, job } = setUp(async () => undefined);
    journal.add('left');
    registry.adopt({ ...left, started: 2 }, false);
    registry.adopt({ ...left, started: 2 }, false);
    expect(job('left')).toMatchObject({ state: 'interrupted', created: 1, started: 2, failure: { kind: 'interrupted' } });
    expect(told.map(({ state }) => state)).toEqual(['interrupted']);
    registry.cancel('left');
    expect(job('left').state).toBe('cancelled');
    expect([...journal]).toEqual([]);
  });

  it('is over when the same work is begun again', async () => {
    const { registry, journal, job, get, end } = setUp(async () => undefined);
    journal.add('left');
    registry.adopt(left, false);
    await end(await get('b'));
    expect(job('left').state).toBe('interrupted');
    await end(await get('a'));
    expect(job('left').state).toBe('cancelled');
    expect([...journal]).toEqual([]);
  });

  it('is done when its end was found', () => {
    const { registry, job } = setUp(async () => undefined);
    registry.adopt({ ...left, started: 2 }, true);
    expect(job('left')).toMatchObject({ state: 'ok', notice: { kind: 'interrupted', parameters: { reached: 'done' } } });
  });

  it('is what a server that is stopped had not ended', async () => {
    const { work, running } = gate();
    const { registry, journal, save, job, until } = setUp(work);
    const ids = [await save('a'), await save('a')];
    await until(() => running() === 1);
    expect([...journal].sort()).toEqual([...ids].sort());
    registry.dispose();
    await until(() => ids.every(id => job(id).state === 'cancelled'));
    expect([...journal].sort()).toEqual([...ids].sort());
  });
});
