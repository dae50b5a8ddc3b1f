import type { JobName, ParsedJobInput } from '../../protocol/contract';
import type { Job, JobReport, ServerEvent } from '../../protocol/job';
import type { ContentsPath } from '../../protocol/paths';
import type { CallHandlers, JobHandlers } from '../handlers';
import type { LeftJob } from '../jobs/jobRecord';
import type { IJobJournal } from '../jobs/jobRegistry';
import type { ILog } from '../log';
import type { IServerOptions } from '../options';

/** What the operations need of the server around them. */
export interface IOperationsOptions {
  readonly server: IServerOptions;
  readonly log: ILog;
  emit(event: ServerEvent): void;
  /** Something was seen to have happened in a terminal. */
  witness(job: Pick<Job, 'operation' | 'dataset' | 'input'>): void;
  /** A job with its results; fails with `not-found`. */
  report(id: string): JobReport;
  /** All jobs, the newest first. */
  list(): Job[];
}

/** Everything the server can do. */
export interface IOperations {
  readonly calls: CallHandlers;
  readonly jobs: JobHandlers;
  /** Names the tree of datasets around a path: jobs in one tree must not run side by side. */
  treeOf(path: ContentsPath): Promise<string>;
  /** Fails when a job cannot be begun at all: outside the contents root, or without an identity to commit with. */
  admit(name: JobName, input: ParsedJobInput<JobName>): Promise<void>;
  /** A job begins to work. */
  begun(job: Job): void;
  /** A job is over: what it worked on is read again. */
  ended(job: Job): void;
  /** What has not ended, for the server after this one. */
  readonly journal: IJobJournal;
  /** Hands over what servers before left unfinished; never fails. */
  recover(adopt: (job: LeftJob, done: boolean) => void): Promise<void>;
  /** A tab listens to events, or none does any more. */
  listening(anyone: boolean): void;
  dispose(): Promise<void>;
}
