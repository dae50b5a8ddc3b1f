import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import type { JobInput, JobName } from '../protocol/contract';
import { expectedFailure, FailureError } from '../protocol/failure';
import { type Answer, isEnded, type Job, type JobReport, type ServerEvent } from '../protocol/job';
import type { IDataladClient, IJobsModel, IOutcome } from '../tokens';

/** Milliseconds between looks at jobs that somebody waits for: a hidden tab has no event stream. */
const LOOK = 5_000;

/** All jobs of the server as the event stream tells of them; the list is read anew whenever the stream opens. */
export class JobsModel implements IJobsModel, IDisposable {
  constructor(private readonly client: IDataladClient) {
    client.events.connect(this.onEvent, this);
  }

  get jobs(): readonly Job[] {
    return this._jobs;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get ended(): ISignal<this, Job> {
    return this._ended;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  onUntrusted?: IJobsModel['onUntrusted'];

  async run<N extends JobName>(name: N, input: JobInput<N>): Promise<IOutcome> {
    for (;;) {
      const outcome = await this.runOnce(name, input);
      const { failure } = outcome;
      // Each answer trusts something more, so this ends.
      if (failure?.kind !== 'untrusted' || name === 'trust' || !(await this.onUntrusted?.(failure))) {
        return outcome;
      }
    }
  }

  private async runOnce<N extends JobName>(name: N, input: JobInput<N>): Promise<IOutcome> {
    const listening = this.client.listen();
    const started: string[] = [];
    try {
      const id = await this.client.start(name, input);
      started.push(id);
      const job = await this.wait(id);
      return outcome(job, await this.client.report(id));
    } catch (error) {
      return { status: 'error', jobs: started, results: [], failure: expectedFailure(error) };
    } finally {
      listening.dispose();
    }
  }

  cancel(id: string): Promise<void> {
    return this.client.cancel(id);
  }

  answer(id: string, answer: Answer): Promise<void> {
    return this.client.answer(id, answer);
  }

  report(id: string): Promise<JobReport> {
    return this.client.report(id);
  }

  clear(): void {
    // What was interrupted stays until it is resumed or dismissed.
    for (const job of this._jobs.filter(job => isEnded(job) && job.state !== 'interrupted')) {
      this.forgotten.add(job.id);
    }
    this.update(this._jobs);
  }

  dispose(): void {
    this.disposed = true;
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  /** Resolves when a job has ended; rejects when the server has lost it. */
  private async wait(id: string): Promise<Job> {
    for (;;) {
      const known = this._jobs.find(job => job.id === id);
      if (known !== undefined && isEnded(known)) {
        return known;
      }
      if (await this.isQuiet()) {
        await this.look(id);
      }
    }
  }

  /** Whether nothing was heard of any job for a while. */
  private isQuiet(): Promise<boolean> {
    return new Promise(resolve => {
      const done = (quiet: boolean) => {
        clearTimeout(timer);
        this._changed.disconnect(heard);
        resolve(quiet);
      };
      const heard = () => done(false);
      const timer = setTimeout(() => done(true), LOOK);
      this._changed.connect(heard);
    });
  }

  /** Asks for the jobs without the stream, and fails when the server knows nothing of this one. */
  private async look(id: string): Promise<void> {
    try {
      await this.reload();
    } catch (error) {
      // A job outlives the connection: wait until the server can be asked again.
      if (expectedFailure(error).kind === 'server-unreachable') {
        return;
      }
      throw error;
    }
    if (!this._jobs.some(job => job.id === id)) {
      throw new FailureError({
        kind: 'worker-died',
        message: 'The DataLad server was restarted while the job was running.',
        hint: 'Look at what is there, then try again.'
      });
    }
  }

  private onEvent(_: IDataladClient, event: ServerEvent): void {
    if (event.type === 'hello') {
      // The next hello or the next caller tells whether the server is back.
      this.reload().catch(() => undefined);
    } else if (event.type === 'job') {
      this.update([event.job, ...this._jobs.filter(job => job.id !== event.job.id)]);
    }
  }

  private async reload(): Promise<void> {
    const before = new Set(this._jobs);
    const listed = await this.client.list();
    // What events told while the answer was on its way is newer than the answer.
    const told = new Map(this._jobs.filter(job => !before.has(job)).map(job => [job.id, job]));
    this.update([...told.values(), ...listed.filter(({ id }) => !told.has(id))]);
  }

  private update(jobs: readonly Job[]): void {
    const before = new Map(this._jobs.map(job => [job.id, job]));
    this._jobs = jobs.filter(job => !this.forgotten.has(job.id)).sort((a, b) => b.created - a.created);
    this._changed.emit();
    for (const job of this._jobs) {
      const old = before.get(job.id);
      if (old !== undefined && !isEnded(old) && isEnded(job)) {
        this._ended.emit(job);
      }
    }
  }

  private _jobs: readonly Job[] = [];
  private readonly forgotten = new Set<string>();
  private disposed = false;
  private readonly _changed = new Signal<this, void>(this);
  private readonly _ended = new Signal<this, Job>(this);
}

function outcome(job: Job, report: JobReport): IOutcome {
  const status = job.state === 'ok' || job.state === 'cancelled' ? job.state : 'error';
  return { status, jobs: [job.id], results: report.results, failure: job.failure };
}
