import type { Execution } from '../../../protocol/notebookRun';
import type { AbsolutePath } from '../../paths';
import type { Changed } from '../runs/changed';

/** An execution with what has to be the same still when it is recorded. */
export interface IKeptExecution {
  readonly dataset: AbsolutePath;
  /** Relative to the dataset. */
  readonly notebook: string;
  readonly execution: Execution;
  /** The commit it began at. */
  readonly head: string | null;
  /** The unsaved changes it left. */
  readonly changed: Changed;
}

/** Executions that are remembered. */
const MOST = 50;

/** What was seen of the executions of this server, so that they can be recorded; a server that is gone takes it along. */
export class ExecutionBook {
  private readonly kept = new Map<string, IKeptExecution>();

  note(job: string, execution: IKeptExecution): void {
    this.kept.set(job, execution);
    [...this.kept.keys()].slice(0, -MOST).forEach(old => this.kept.delete(old));
  }

  find(job: string): IKeptExecution | undefined {
    return this.kept.get(job);
  }

  /** It is recorded only once. */
  forget(job: string): void {
    this.kept.delete(job);
  }
}
