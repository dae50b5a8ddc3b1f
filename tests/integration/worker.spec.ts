import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { workerEnvironment } from '../../src/server/datalad/workerEnvironment';
import { WorkerPool } from '../../src/server/datalad/workerPool';
import type { IListener } from '../../src/server/datalad/worker';
import { JobBench, SCRIPT } from '../support/jobBench';
import { processesAt } from '../support/processes';
import { failureOf, RecordingTask } from '../support/recordingTask';
import { until } from '../support/until';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(60_000);

const dataset = 'ds';
const never = new AbortController().signal;

function listener(parts: Partial<IListener> = {}): IListener {
  return { record: () => undefined, bar: () => undefined, output: () => undefined, ask: () => Promise.resolve(null), ...parts };
}

describe('a worker', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    await workspace.dataset({ annexed: { 'slow.bin': 30_000_000, 'quick.bin': 1_000 }, dropped: true });
    await workspace.git(['config', 'remote.origin.annex-bwlimit', '4MB'], workspace.path('ds'));
  });

  /** Disposed after each test, however it ends. */
  const opened: { dispose(): Promise<void> }[] = [];
  const open = <T extends { dispose(): Promise<void> }>(thing: T): T => {
    opened.push(thing);
    return thing;
  };

  afterEach(() => Promise.all(opened.splice(0).map(thing => thing.dispose())));
  afterAll(() => workspace.dispose());

  /** Ids of the workers of this workspace. */
  const workers = (): number[] => processesAt(workspace.home, /jupyterlab_datalad\/worker\b/).map(({ pid }) => pid);

  it('is there once before the first command, serves again, and ends when idle', async () => {
    const bench = open(new JobBench(workspace, { idleTime: 5_000 }));
    expect(workers()).toEqual([]);
    bench.pool.prewarm();
    bench.pool.prewarm();
    const [first, ...more] = workers();
    expect(more).toEqual([]);
    await bench.run('get', { dataset, paths: ['ds/quick.bin'] });
    expect(workers()).toEqual([first]);
    await until('the end of the idle worker', () => workers().length === 0);
    await bench.run('get', { dataset, paths: ['ds/quick.bin'] });
    bench.pool.cool();
    await until('the end of the worker nobody needs', () => workers().length === 0);
    bench.pool.prewarm();
    await bench.dispose();
    expect(workers()).toEqual([]);
  });

  it('that is killed fails its job with what to do, and the next job works', async () => {
    const bench = open(new JobBench(workspace));
    const task = new RecordingTask();
    const ended = bench.failure('get', { dataset, paths: ['ds/slow.bin'] }, task);
    await task.until(({ active }) => active.length > 0);
    const [worker] = workers();
    // Nobody's id would end this very test.
    expect(worker).toBeGreaterThan(1);
    process.kill(worker ?? NaN, 'SIGKILL');
    const failure = await ended;
    expect(failure).toMatchObject({ kind: 'worker-died', hint: expect.stringContaining('Try again') });
    expect(processesAt(workspace.home, /annex/)).toEqual([]);
    const next = await bench.run('get', { dataset, paths: ['ds/quick.bin'] });
    expect(next.summary).toEqual(['get notneeded ds/quick.bin']);
  });

  it('runs at most so many at once; one that waits can be cancelled', async () => {
    const bench = open(new JobBench(workspace, { maxRunning: 1 }));
    const [running, waiting, last] = [new RecordingTask(), new RecordingTask(), new RecordingTask()];
    const slow = bench.failure('get', { dataset, paths: ['ds/slow.bin'] }, running);
    await running.until(({ active }) => active.length > 0);
    const second = bench.failure('get', { dataset, paths: ['ds/quick.bin'] }, waiting);
    const third = bench.run('get', { dataset, paths: ['ds/quick.bin'] }, last);
    waiting.cancel();
    expect((await second).kind).toBe('cancelled');
    expect(last.results).toEqual([]);
    running.cancel();
    expect((await slow).kind).toBe('cancelled');
    await third;
    expect(last.summary).toEqual(['get notneeded ds/quick.bin']);
    await bench.dispose();
    expect(processesAt(workspace.home)).toEqual([]);
  });

  it('says that DataLad is missing when it is', async () => {
    const call = { command: 'get', dataset: null, arguments: {} };
    const bare = join(workspace.base, 'bare');
    await writeFile(bare, '#!/bin/sh\nexec python -I -S "$2"\n');
    await chmod(bare, 0o755);
    for (const [python, tool] of [
      [bare, 'datalad'],
      ['/no/such/python', 'python']
    ] as const) {
      const pool = open(new WorkerPool({ python, script: SCRIPT, env: workspace.env }));
      const failure = await failureOf(pool.run(call, listener(), never));
      expect(failure).toMatchObject({ kind: 'tool-missing', parameters: { tool } });
    }
  });

  describe('played by a script', () => {
    const play = async (lines: readonly string[]): Promise<{ pool: WorkerPool; python: string }> => {
      const python = join(workspace.base, `player${Math.random()}`);
      const body = lines.map(line => `printf '%s\\n' '${line}'`).join('\n');
      await writeFile(python, `#!/bin/sh\necho started >>"$0.log"\nwhile read -r request; do\n${body}\ndone\n`);
      await chmod(python, 0o755);
      return { python, pool: open(new WorkerPool({ python, script: SCRIPT, env: workerEnvironment(workspace.env) })) };
    };
    const call = { command: 'get', dataset: null, arguments: {} };

    it('keeps a line that is no JSON as output, does not trust the end, and is replaced', async () => {
      const record = '{"type": "result", "record": {"action": "get", "status": "ok", "path": "/x"}}';
      const { pool, python } = await play([
        record,
        '{"type": "result", "rec',
        '{"type": "result", "record": {"status": 7}}',
        '{"type": "done"}'
      ]);
      let output = '';
      let records = 0;
      const heard = listener({ output: text => (output += text), record: () => (records += 1) });
      expect(await pool.run(call, heard, never)).toEqual({ type: 'done', garbled: true });
      expect(records).toBe(1);
      expect(output).toContain('{"type": "result", "rec\n');
      expect(await pool.run(call, heard, never)).toEqual({ type: 'done', garbled: true });
      expect((await readFile(`${python}.log`, 'utf8')).trim().split('\n').length).toBeGreaterThanOrEqual(2);
    });

    it('asks the user and goes on with the answer, or without one', async () => {
      const python = join(workspace.base, 'asking');
      const prompt = '{"type": "prompt", "id": "7", "text": "Password", "hidden": true, "choices": null}';
      // On stdout, where it is heard before the end: what is said on stderr may be overtaken by it.
      const body = `printf '%s\\n' '${prompt}'; read -r answer; echo "$answer"; printf '{"type": "done"}\\n'`;
      await writeFile(python, `#!/bin/sh\nwhile read -r request; do ${body}; done\n`);
      await chmod(python, 0o755);
      const pool = open(new WorkerPool({ python, script: SCRIPT, env: workerEnvironment(workspace.env) }));
      for (const value of ['open "sesame"', null]) {
        const task = new RecordingTask(() => value);
        let output = '';
        await pool.run(call, listener({ ask: question => task.ask(question), output: text => (output += text) }), never);
        expect(task.questions).toEqual([{ text: 'Password', secret: true }]);
        expect(JSON.parse(output)).toEqual({ type: 'answer', id: '7', value });
      }
    });

    it('does not hold a line without end in memory', async () => {
      const python = join(workspace.base, 'endless');
      await writeFile(
        python,
        `#!/bin/sh\nread -r request\nhead -c 6000000 /dev/zero | tr '\\0' x\nprintf '\\n{"type": "done"}\\n'\n`
      );
      await chmod(python, 0o755);
      const pool = open(new WorkerPool({ python, script: SCRIPT, env: workerEnvironment(workspace.env) }));
      let output = '';
      expect(await pool.run(call, listener({ output: text => (output += text) }), never)).toEqual({
        type: 'done',
        garbled: true
      });
      expect(output).toBe('(a line of 6000000 bytes was left out)\n');
    });
  });
});
