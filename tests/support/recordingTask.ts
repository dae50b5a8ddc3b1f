import { randomUUID } from 'node:crypto';
import { type Failure, FailureError } from '../../src/protocol/failure';
import type { JobReport, Progress, Prompt } from '../../src/protocol/job';
import { contentsPath } from '../../src/protocol/paths';
import type { Result } from '../../src/protocol/result';
import type { ITask } from '../../src/server/handlers';

/** A task outside any registry that keeps what a handler tells, and can be cancelled. */
export class RecordingTask implements ITask {
  readonly id = randomUUID();
  readonly results: Result[] = [];
  readonly progressed: Progress[] = [];
  readonly notices: Failure[] = [];
  readonly questions: Omit<Prompt, 'id'>[] = [];
  readonly secrets: string[] = [];
  text = '';

  constructor(private readonly answer: (prompt: Omit<Prompt, 'id'>) => string | null = () => null) {}

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  result(result: Result): void {
    this.results.push(result);
  }

  progress(progress: Progress): void {
    this.progressed.push(progress);
    this.onProgress?.(progress);
  }

  output(text: string): void {
    this.text += text;
  }

  secret(text: string): void {
    this.secrets.push(text);
  }

  ask(prompt: Omit<Prompt, 'id'>): Promise<string | null> {
    this.questions.push(prompt);
    return Promise.resolve(this.answer(prompt));
  }

  notice(notice: Failure): void {
    this.notices.push(notice);
  }

  inTurn(work: () => Promise<void>): Promise<void> {
    return work();
  }

  cancel(): void {
    this.abort.abort();
  }

  /** Resolves with the first progress that meets a condition. */
  until(condition: (progress: Progress) => boolean): Promise<Progress> {
    return new Promise(resolve => {
      this.onProgress = progress => {
        if (condition(progress)) {
          resolve(progress);
        }
      };
    });
  }

  /** Records by action, status and path, for a comparison at a glance. */
  get summary(): string[] {
    return this.results.map(({ action, status, path }) => `${action} ${status} ${path}`);
  }

  /** What `call report` would answer had this been a job of the registry. */
  asReport({ operation, dataset }: { operation: string; dataset: string }): JobReport {
    const job = { id: this.id, operation, dataset: contentsPath(dataset) };
    const counts = { ok: 0, notneeded: 0, failed: 0 };
    return {
      job: { ...job, origin: 'panel', input: {}, command: [], state: 'ok', created: 0, counts },
      results: this.results,
      output: this.text
    };
  }

  private readonly abort = new AbortController();
  private onProgress: ((progress: Progress) => void) | undefined;
}

/** The failure that work ends with; fails the test when it ends well or throws anything else. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FailureError) {
      return error.failure;
    }
    throw error;
  }
  throw new Error('This was expected to fail.');
}
