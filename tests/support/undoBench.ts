import { type Failure, fail } from '../../src/protocol/failure';
import type { Job, JobReport } from '../../src/protocol/job';
import { contentsPath } from '../../src/protocol/paths';
import type { UndoAnswer } from '../../src/protocol/undo';
import { Datasets } from '../../src/server/dataset/datasets';
import { planUndo } from '../../src/server/operations/calls/planUndo';
import type { WorkHandlers } from '../../src/server/handlers';
import type { JobBench } from './jobBench';
import { RecordingTask } from './recordingTask';
import type { Workspace } from './workspace';

/** Runs jobs and lists them as the registry would, so that they can be undone by what a plan says. */
export class UndoBench {
  /** The newest first. */
  jobs: Job[] = [];
  private readonly reports = new Map<string, JobReport>();
  private datasets: Datasets | undefined;

  constructor(
    private readonly bench: JobBench,
    private readonly workspace: Workspace
  ) {}

  async run(operation: keyof WorkHandlers, input: Record<string, unknown>): Promise<RecordingTask> {
    const task = new RecordingTask();
    await this.bench.run(operation, input as never, task);
    this.note(operation, input, { task, state: 'ok' });
    return task;
  }

  /** Runs a job that fails or is cancelled, and is listed as such. */
  async failure(operation: keyof WorkHandlers, input: Record<string, unknown>, task = new RecordingTask()): Promise<Failure> {
    const failure = await this.bench.failure(operation, input as never, task);
    this.note(operation, input, { task, state: failure.kind === 'cancelled' ? 'cancelled' : 'error' });
    return failure;
  }

  private note(
    operation: keyof WorkHandlers,
    input: Record<string, unknown>,
    { task, state }: { task: RecordingTask; state: Job['state'] }
  ): void {
    const ok = task.results.filter(({ status }) => status === 'ok').length;
    const named = typeof input['dataset'] === 'string' ? contentsPath(input['dataset']) : null;
    const now = Date.now();
    const job: Job = {
      id: task.id,
      operation,
      origin: 'panel',
      dataset: named,
      input,
      command: [],
      state,
      created: now,
      ended: now,
      counts: { ok, notneeded: 0, failed: 0 }
    };
    this.jobs.unshift(job);
    this.reports.set(task.id, { job, results: task.results, output: '' });
  }

  /** What would be undone at this moment. */
  plan(dataset: string, job?: string): Promise<UndoAnswer> {
    const { boundary, saves } = this.bench;
    const { env } = this.workspace;
    this.dispose();
    this.datasets = new Datasets({ boundary, env, python: 'python3', emit: () => undefined, log: () => undefined });
    return planUndo(
      { dataset: contentsPath(dataset), ...(job === undefined ? {} : { job }) },
      {
        boundary,
        env,
        signal: new AbortController().signal,
        saves,
        planGet: this.datasets.planGet,
        planDrop: this.datasets.planDrop,
        list: () => this.jobs,
        report: id => this.reports.get(id) ?? fail('not-found', 'There is no such job.')
      }
    );
  }

  dispose(): void {
    this.datasets?.dispose();
    this.datasets = undefined;
  }
}
