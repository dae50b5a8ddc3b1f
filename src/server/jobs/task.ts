import { randomUUID } from 'node:crypto';
import { fail, type Failure } from '../../protocol/failure';
import type { Answer, Progress, Prompt } from '../../protocol/job';
import type { Result } from '../../protocol/result';
import type { ITask } from '../handlers';
import type { Redactor } from '../redact';
import type { JobRecord } from './jobRecord';

/** What a task needs of the registry it is in. */
interface ITaskRegistry extends Pick<ITask, 'inTurn'> {
  /** Tells that the record has changed; `soon` for what may be told together with later changes. */
  changed(urgency: 'now' | 'soon'): void;
}

/** A job while it lives: what its handler tells goes into the record, what its user says reaches the handler. */
export class Task implements ITask {
  private readonly abort = new AbortController();
  private pending: { prompt: Prompt; resolve: (value: string | null) => void } | undefined;

  constructor(
    readonly record: JobRecord,
    private readonly redactor: Redactor,
    private readonly registry: ITaskRegistry
  ) {}

  get id(): string {
    return this.record.snapshot.id;
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  result(result: Result): void {
    this.record.result(result);
    this.registry.changed('soon');
  }

  progress(progress: Progress): void {
    this.record.progress(progress);
    this.registry.changed('soon');
  }

  output(text: string): void {
    this.record.output(text);
    this.registry.changed('soon');
  }

  secret(text: string): void {
    this.redactor.add(text);
  }

  notice(notice: Failure): void {
    this.record.notice(notice);
    this.registry.changed('soon');
  }

  inTurn(work: () => Promise<void>): Promise<void> {
    return this.registry.inTurn(work);
  }

  async ask(question: Omit<Prompt, 'id'>): Promise<string | null> {
    if (this.pending !== undefined) {
      throw new Error('A job asks one question at a time.');
    }
    const prompt = { ...question, id: randomUUID() };
    try {
      return await new Promise<string | null>((resolve, reject) => {
        this.pending = { prompt, resolve };
        this.signal.throwIfAborted();
        this.signal.addEventListener('abort', () => reject(this.signal.reason), { once: true });
        this.record.ask(prompt);
        this.registry.changed('now');
      });
    } catch {
      return fail('cancelled', 'This was cancelled.');
    } finally {
      this.pending = undefined;
      this.record.ask(undefined);
      this.registry.changed('now');
    }
  }

  /** Hands over what the user answered; fails when that is not the question being asked. */
  answer({ prompt, value }: Answer): void {
    const { pending } = this;
    if (pending === undefined || pending.prompt.id !== prompt) {
      fail('not-found', 'This question is no longer asked.');
    }
    if (pending.prompt.secret && value !== null) {
      this.redactor.add(value);
    }
    this.pending = undefined;
    pending.resolve(value);
  }

  cancel(): void {
    this.abort.abort();
  }
}
