import type { CallName, CallOutput, JobName, ParsedCallInput, ParsedJobInput } from '../protocol/contract';
import type { Failure } from '../protocol/failure';
import type { Progress, Prompt } from '../protocol/job';
import type { Result } from '../protocol/result';

/** Answers the short reads; an expected failure is thrown as a `FailureError`. */
export type CallHandlers = {
  [N in CallName]: (input: ParsedCallInput<N>, signal: AbortSignal) => Promise<CallOutput<N>>;
};

/** What a running job may do: tell how it goes, ask, and learn that it was cancelled. */
export interface ITask {
  readonly id: string;
  /** Aborted by a cancel: the handler interrupts its processes and rejects with `cancelled`. */
  readonly signal: AbortSignal;
  result(result: Result): void;
  progress(progress: Progress): void;
  /** What a tool printed beside its records; secrets are taken out on the way. */
  output(text: string): void;
  /** Makes a value known as a secret: it is taken out of whatever is told from now on. */
  secret(text: string): void;
  /** Null when the user refuses to answer. */
  ask(prompt: Omit<Prompt, 'id'>): Promise<string | null>;
  /** A remark on a job that goes well otherwise. */
  notice(notice: Failure): void;
  /**
   * Does work that changes index or branch when no job that commits is under way in this tree of datasets. For jobs of other lanes: one
   * that commits would wait for itself. Rejects as the work does.
   */
  inTurn(work: () => Promise<void>): Promise<void>;
}

/** The jobs but for those about trust, which the gate before them does itself. */
export type WorkHandlers = {
  [N in Exclude<JobName, 'trust' | 'untrust'>]: (input: ParsedJobInput<N>, task: ITask) => Promise<void>;
};

/** Does the work of a job. It resolves when all went well and throws a `FailureError` otherwise; the records are already told. */
export type JobHandlers = {
  [N in JobName]: (input: ParsedJobInput<N>, task: ITask) => Promise<void>;
};
