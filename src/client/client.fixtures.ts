import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { CallInput, CallName, CallOutput, JobInput, JobName } from '../protocol/contract';
import type { Listing, Row } from '../protocol/dataset';
import { FailureError } from '../protocol/failure';
import type { Answer, Job, JobReport, ServerEvent } from '../protocol/job';
import { contentsPath } from '../protocol/paths';
import type { IDataladClient } from '../tokens';

type Answers = { [N in CallName]?: (input: CallInput<N>) => CallOutput<N> | Promise<CallOutput<N>> };

/** A server that answers what a test tells it to, in place of the network. */
export class ClientDouble implements IDataladClient {
  constructor(readonly answers: Answers = {}) {}

  readonly events: Signal<IDataladClient, ServerEvent> = new Signal<IDataladClient, ServerEvent>(this);
  /** Every call so far, as `name input`. */
  readonly asked: string[] = [];
  /** How many hold the event stream. */
  listeners = 0;
  jobs: Job[] = [];
  reports = new Map<string, JobReport>();
  cancelled: string[] = [];
  nextJob = 'job-1';
  refusal: FailureError | null = null;

  listen(): IDisposable {
    this.listeners += 1;
    return new DisposableDelegate(() => {
      this.listeners -= 1;
    });
  }

  async call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    this.asked.push(`${name} ${JSON.stringify(input)}`);
    const answer: Answers[N] = this.answers[name];
    if (answer === undefined) {
      throw new FailureError({ kind: 'server-unreachable', message: `nobody answers ${name}` });
    }
    return answer(input);
  }

  async start<N extends JobName>(name: N, input: JobInput<N>): Promise<string> {
    this.asked.push(`start ${name} ${JSON.stringify(input)}`);
    if (this.refusal !== null) {
      throw this.refusal;
    }
    return this.nextJob;
  }

  async list(): Promise<Job[]> {
    return this.jobs;
  }

  async report(id: string): Promise<JobReport> {
    const report = this.reports.get(id);
    if (report === undefined) {
      throw new FailureError({ kind: 'not-found', message: 'no such job' });
    }
    return report;
  }

  async cancel(id: string): Promise<void> {
    this.cancelled.push(id);
  }

  async answer(_: string, __: Answer): Promise<void> {}

  tell(event: ServerEvent): void {
    this.events.emit(event);
  }
}

export function makeJob(more: Partial<Job> = {}): Job {
  return {
    id: 'job-1',
    operation: 'get',
    origin: 'panel',
    dataset: contentsPath('study'),
    input: {},
    command: ['datalad', 'get'],
    state: 'running',
    created: 1,
    counts: { ok: 0, notneeded: 0, failed: 0 },
    ...more
  };
}

/** A row of the dataset `study`. */
export function makeRow(name: string, more: Partial<Row> = {}): Row {
  return { name, path: contentsPath(`study/${name}`), kind: 'annex', here: 'no', bytes: 5_000_000, ...more };
}

/** The listing of a folder of the dataset `study`, or of one outside datasets. */
export function makeListing(folder: string, rows: Row[], dataset: string | null = 'study'): Listing {
  return {
    folder: contentsPath(folder),
    dataset: dataset === null ? null : { path: contentsPath(dataset), name: dataset, annex: 'ready' },
    rows,
    truncated: false
  };
}
