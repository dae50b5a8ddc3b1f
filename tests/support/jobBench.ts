import { resolve } from 'node:path';
import type { JobInput, ParsedJobInput } from '../../src/protocol/contract';
import type { Failure } from '../../src/protocol/failure';
import type { JobReport } from '../../src/protocol/job';
import { workerEnvironment } from '../../src/server/datalad/workerEnvironment';
import { type IWorkerPoolOptions, WorkerPool } from '../../src/server/datalad/workerPool';
import { terminalEnvironment } from '../../src/server/process/environment';
import type { WorkHandlers } from '../../src/server/handlers';
import type { Entry } from '../../src/server/journal/entry';
import { createJobHandlers } from '../../src/server/operations/jobs';
import { ExecutionBook } from '../../src/server/operations/notebooks/executionBook';
import { RunBook } from '../../src/server/operations/runs/runBook';
import { SaveBook } from '../../src/server/operations/undo/saveTrace';
import { PathBoundary } from '../../src/server/paths';
import { failureOf, RecordingTask } from './recordingTask';
import type { Workspace } from './workspace';

/** Where the Python side of the worker lies. */
export const SCRIPT = resolve(__dirname, '../../jupyterlab_datalad/worker');

/** The job handlers on a workspace, with real workers and no registry around them. Dispose it before the workspace. */
export class JobBench {
  readonly boundary: PathBoundary;
  readonly pool: WorkerPool;
  /** Of what runs programs of the user's own. */
  readonly runPool: WorkerPool;
  readonly handlers: WorkHandlers;
  /** Reports that `dropLastCopies` can name, by job. */
  readonly reports = new Map<string, JobReport>();
  /** What the journal would tell of jobs that were interrupted. */
  readonly interrupted = new Map<string, Entry>();

  /** What was seen of notebooks. */
  readonly executions = new ExecutionBook();

  /** What runs have left behind. */
  readonly runs = new RunBook();

  /** What saves did. */
  readonly saves = new SaveBook();

  /** `env`: of git and git-annex. */
  constructor(workspace: Workspace, options: Partial<IWorkerPoolOptions> = {}, env = workspace.env) {
    this.boundary = new PathBoundary(workspace.root);
    this.pool = new WorkerPool({ python: 'python', script: SCRIPT, env: workerEnvironment(workspace.env), ...options });
    const terminal = terminalEnvironment(
      { ...workspace.env, LAB_VARIABLE: 'of the terminal', JPY_TOKEN: 'of the hub' },
      undefined
    );
    this.runPool = new WorkerPool({ python: 'python', script: SCRIPT, env: terminal, maxUses: 1, idleTime: 60_000 });
    this.handlers = createJobHandlers({
      boundary: this.boundary,
      pool: this.pool,
      runPool: this.runPool,
      python: 'python',
      env,
      terminalEnv: terminal,
      packageFolder: resolve(SCRIPT, '..'),
      executions: this.executions,
      runs: this.runs,
      saves: this.saves,
      interrupted: async id => this.interrupted.get(id) ?? null,
      report: id => {
        const report = this.reports.get(id);
        if (report === undefined) {
          throw new Error(`There is no job ${id}.`);
        }
        return report;
      }
    });
  }

  /** Runs a job to its end, and resolves with what it told; rejects when it fails. */
  async run<N extends keyof WorkHandlers>(name: N, input: JobInput<N>, task = new RecordingTask()): Promise<RecordingTask> {
    // Not parsed: what a route would refuse must not pass a handler either.
    await this.handlers[name](input as unknown as ParsedJobInput<N>, task);
    return task;
  }

  /** The failure that a job ends with. */
  failure<N extends keyof WorkHandlers>(name: N, input: JobInput<N>, task?: RecordingTask): Promise<Failure> {
    return failureOf(this.run(name, input, task));
  }

  async dispose(): Promise<void> {
    await Promise.all([this.pool.dispose(), this.runPool.dispose()]);
  }
}
