import { randomUUID } from 'node:crypto';
import type { JobName, ParsedJobInput } from '../../protocol/contract';
import { fail, type Failure } from '../../protocol/failure';
import { type Answer, isEnded, isSameWork, type Job, type JobReport } from '../../protocol/job';
import type { ContentsPath } from '../../protocol/paths';
import { knownFailure } from '../fileFailure';
import type { JobHandlers } from '../handlers';
import { describeError, type ILog } from '../log';
import type { Redactor } from '../redact';
import { Announcer } from './announcer';
import { JobRecord, laneOf, type LeftJob } from './jobRecord';
import { Lanes } from './lanes';
import { mend } from './mend';
import { Task } from './task';

/** Ended jobs that are remembered. */
export const KEPT_JOBS = 200;
/** Ended jobs that keep all their results. */
const KEPT_WHOLE = 20;
/** Characters that all ended jobs may take; the newest is kept in any case. */
const KEPT_LENGTH = 32 * 1024 * 1024;
/** Jobs that may wait or run at one time, and the characters that these may take. */
const MAX_ACTIVE = 500;
const ACTIVE_LENGTH = 64 * 1024 * 1024;

export interface IJobRegistryOptions {
  readonly handlers: JobHandlers;
  readonly redactor: Redactor;
  readonly log: ILog;
  /** Told of every change of a job, at most five times a second for each. */
  readonly tell: (job: Job) => void;
  /** Names the tree of datasets around a path, whose jobs must not run side by side. */
  readonly treeOf: (path: ContentsPath) => Promise<string>;
  /** Fails when a job cannot be begun at all. */
  readonly admit: (name: JobName, input: ParsedJobInput<JobName>) => Promise<void>;
  /** A job of ours begins to work. */
  readonly begun: (job: Job) => void;
  /** A job of ours has ended: what it worked on has to be read again. */
  readonly ended: (job: Job) => void;
  /** The first job began to wait or run, or the last one ended. */
  readonly busy: (busy: boolean) => void;
  readonly journal: IJobJournal;
}

/** Where jobs stand that have not ended, so that the next server knows of them. No method fails. */
export interface IJobJournal {
  /** A job waits for its turn. */
  queued(job: Job): Promise<void>;
  /** A job is about to work; resolves when it may. */
  begins(job: Job, name: JobName, input: ParsedJobInput<JobName>): Promise<void>;
  /** A job is over, or an interrupted one was dismissed. */
  remove(id: string): Promise<void>;
}

/** All jobs of this server, in memory: they outlive the requests and tabs that started them, not the server. */
export class JobRegistry {
  private readonly records = new Map<string, JobRecord>();
  private readonly active = new Map<string, Task>();
  private readonly lanes = new Lanes();
  private closing = false;

  constructor(private readonly options: IJobRegistryOptions) {}

  /** Queues a job and answers its id. */
  async start<N extends JobName>(name: N, input: ParsedJobInput<N>): Promise<string> {
    if (this.active.size >= MAX_ACTIVE || lengthOf([...this.active.values()].map(task => task.record)) > ACTIVE_LENGTH) {
      fail('bad-request', `${this.active.size} jobs are waiting already.`);
    }
    await this.options.admit(name, input);
    const place = laneOf(name, input);
    const tree = place && (await this.options.treeOf(place.path));
    const lane = place && `${place.lane} ${tree}`;
    const record = JobRecord.of(randomUUID(), name, input, this.options.redactor);
    const announcer = new Announcer(() => record.snapshot, this.options.tell);
    const task = new Task(record, this.options.redactor, {
      changed: urgency => announcer[urgency](),
      inTurn: work => this.lanes.enter(tree && `commit ${tree}`, work)
    });
    this.remember(record);
    this.activate(task);
    announcer.now();
    await this.options.journal.queued(record.snapshot);
    void this.lanes.enter(lane, () => this.perform(name, input, task, announcer));
    return task.id;
  }

  /** Newest first. */
  list(): Job[] {
    return [...this.records.values()].map(record => record.snapshot).reverse();
  }

  report(id: string): JobReport {
    return (this.records.get(id) ?? fail('not-found', 'There is no such job.')).report;
  }

  /** Asks a job to stop. A job that waits ends at once, one that was interrupted is dismissed; nothing happens when it has ended. */
  cancel(id: string): void {
    const task = this.active.get(id);
    if (task === undefined) {
      this.report(id);
      this.dismiss(id);
      return;
    }
    task.cancel();
    if (task.record.snapshot.state === 'queued') {
      task.record.end('cancelled', CANCELLED);
      if (!this.closing) {
        void this.options.journal.remove(id);
      }
      this.conclude(task);
      this.options.tell(task.record.snapshot);
    }
  }

  answer(id: string, answer: Answer): void {
    const task = this.active.get(id) ?? fail('not-found', 'This job is not running.');
    task.answer(answer);
  }

  /** Lists something seen to have happened outside: it is over already. */
  witness(job: Pick<Job, 'operation' | 'dataset' | 'input'>): void {
    const { redactor } = this.options;
    const input = redactor.input(job.input);
    const record = new JobRecord({ ...job, input, id: randomUUID(), origin: 'terminal', command: [] }, redactor);
    record.end('ok');
    this.remember(record);
    this.options.tell(record.snapshot);
  }

  /** Lists a job that a server which is gone left behind, unless the same work was begun again since; `done` when it had reached its end. */
  adopt(job: LeftJob, done: boolean): void {
    if (this.records.has(job.id)) {
      return;
    }
    const record = JobRecord.left(job, done, this.options.redactor);
    const again = [...this.active.values()].some(task => isSameWork(task.record.snapshot, record.snapshot));
    if (done || again) {
      void this.options.journal.remove(job.id);
    }
    if (again) {
      return;
    }
    this.remember(record);
    this.options.tell(record.snapshot);
  }

  /** Asks all jobs to stop. The journal keeps them: nobody wanted them to end. */
  dispose(): void {
    this.closing = true;
    [...this.active.keys()].forEach(id => this.cancel(id));
  }

  private dismiss(id: string): void {
    const record = this.records.get(id);
    if (record?.snapshot.state === 'interrupted') {
      record.end('cancelled', CANCELLED);
      void this.options.journal.remove(id);
      this.options.tell(record.snapshot);
    }
  }

  /** Work that is begun again answers for what was interrupted, and begins with what that left in disorder. */
  private async takeOver<N extends JobName>(name: N, input: ParsedJobInput<N>, task: Task): Promise<void> {
    const job = task.record.snapshot;
    const same = [...this.records.values()].map(({ snapshot }) => snapshot).filter(one => isSameWork(one, job));
    const cut = same.filter(({ state, failure }) => state === 'interrupted' || failure?.kind === 'worker-died');
    cut.forEach(({ id }) => this.dismiss(id));
    if (cut.length > 0 && (name === 'get' || name === 'drop')) {
      await mend(this.options.handlers, input, task);
    }
  }

  private async perform<N extends JobName>(name: N, input: ParsedJobInput<N>, task: Task, announcer: Announcer): Promise<void> {
    const { record } = task;
    if (isEnded(record.snapshot)) {
      return;
    }
    record.start();
    this.options.begun(record.snapshot);
    announcer.now();
    const failure = await this.work(name, input, task);
    if (!this.closing || failure?.kind !== 'cancelled') {
      // Before it is told: a job that is known to have ended is never told to have been interrupted.
      await this.options.journal.remove(task.id);
    }
    record.end(failure === undefined ? 'ok' : failure.kind === 'cancelled' ? 'cancelled' : 'error', failure);
    this.conclude(task);
    this.options.ended(record.snapshot);
    announcer.now();
  }

  private async work<N extends JobName>(name: N, input: ParsedJobInput<N>, task: Task): Promise<Failure | undefined> {
    try {
      await this.options.journal.begins(task.record.snapshot, name, input);
      await this.takeOver(name, input, task);
      await this.options.handlers[name](input, task);
      return undefined;
    } catch (error) {
      return task.signal.aborted ? CANCELLED : this.failureOf(error, name);
    }
  }

  private failureOf(error: unknown, name: JobName): Failure {
    const known = knownFailure(error);
    if (known !== null) {
      return known;
    }
    this.options.log('error', 'A job broke.', { operation: name, error: describeError(error) });
    return { kind: 'unknown', message: 'Something went wrong in the server.', detail: describeError(error) };
  }

  private activate(task: Task): void {
    this.active.set(task.id, task);
    if (this.active.size === 1) {
      this.options.busy(true);
    }
  }

  private conclude(task: Task): void {
    this.active.delete(task.id);
    if (this.active.size === 0) {
      this.options.busy(false);
    }
  }

  private remember(record: JobRecord): void {
    this.records.set(record.snapshot.id, record);
    const ended = [...this.records.values()].filter(({ snapshot }) => isEnded(snapshot));
    ended.slice(0, -KEPT_WHOLE).forEach(old => old.abridge());
    let length = lengthOf(ended);
    ended.slice(0, -1).forEach((old, at) => {
      if (at < ended.length - KEPT_JOBS || length > KEPT_LENGTH) {
        length -= old.length;
        this.records.delete(old.snapshot.id);
      }
    });
  }
}

function lengthOf(records: readonly JobRecord[]): number {
  return records.reduce((sum, { length }) => sum + length, 0);
}

const CANCELLED: Failure = { kind: 'cancelled', message: 'This was cancelled.' };
