import { fail } from '../../protocol/failure';
import type { IDataladCall, WorkerRequest } from './messages';
import { Slots } from './slots';
import { type Ending, type IListener, type IWorkerOptions, Worker } from './worker';

export interface IWorkerPoolOptions extends IWorkerOptions {
  /** Commands that may run at once; more wait. Default 3. */
  maxRunning?: number;
  /** Commands that one worker runs. Default 20. */
  maxUses?: number;
  /** Milliseconds after which an idle worker ends. Default five minutes. */
  idleTime?: number;
}

/** After so many commands a worker is replaced: what leaks, leaks no further. */
const MAX_USES = 20;
const CANCELLED = 'This was cancelled.';
/** Milliseconds in which an idle worker ends by itself. */
const DISPOSE_GRACE = 1_000;
const FIVE_MINUTES = 5 * 60_000;

/** A worker with what is known about its use. */
interface IMember {
  readonly worker: Worker;
  uses: number;
  /** Of another generation than the pool's it serves no further command. */
  readonly generation: number;
}

/**
 * Warm workers: at most one idle, one per running command. A worker serves again only after a command that ran to its end; after an
 * exception, a cancel or a garbled line it is replaced.
 */
export class WorkerPool {
  constructor(private readonly options: IWorkerPoolOptions) {
    this.slots = new Slots(options.maxRunning ?? 3);
  }

  /** Starts a worker ahead of the first command; does nothing when one is there. */
  prewarm(): void {
    if (!this.disposed && !this.idle?.worker.isAlive && this.running.size === 0) {
      this.rest(this.hire());
    }
  }

  /** Lets the worker go that waits for work; the next command starts another. */
  cool(): void {
    const { idle } = this;
    this.letGo();
    idle?.worker.close();
  }

  /** Has every later command served by a worker that starts anew: how workers start was changed. */
  renew(): void {
    this.generation += 1;
    this.cool();
  }

  /**
   * Runs one command when its turn comes. Resolves with how it ended; rejects with `cancelled` once nothing of it is left running, or
   * with `worker-died`.
   */
  async run(call: IDataladCall, listener: IListener, signal: AbortSignal): Promise<Ending> {
    const leave = await this.slots.take(signal);
    try {
      return await this.serve({ type: 'run', ...call }, listener, signal);
    } finally {
      leave();
    }
  }

  /** Ends everything within two seconds, running commands too. */
  async dispose(): Promise<void> {
    this.disposed = true;
    const { idle } = this;
    this.cool();
    const patience = setTimeout(() => idle?.worker.kill(), DISPOSE_GRACE);
    await Promise.all([idle?.worker.ended, ...[...this.running].map(worker => worker.cancel())]);
    clearTimeout(patience);
  }

  private async serve(request: WorkerRequest, listener: IListener, signal: AbortSignal): Promise<Ending> {
    if (this.disposed || signal.aborted) {
      fail('cancelled', CANCELLED);
    }
    const member = this.take();
    const { worker } = member;
    const cancel = (): void => void worker.cancel();
    this.running.add(worker);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const ending = await worker.run(request, listener);
      this.release(member, ending.type === 'done' && !signal.aborted);
      if (!signal.aborted || ending.type === 'done') {
        return ending;
      }
    } catch (error) {
      if (!signal.aborted) {
        throw error;
      }
    } finally {
      signal.removeEventListener('abort', cancel);
      this.running.delete(worker);
      this.prewarm();
    }
    await worker.ended;
    return fail('cancelled', CANCELLED);
  }

  private release(member: IMember, sound: boolean): void {
    member.uses += 1;
    const current = member.generation === this.generation;
    if (sound && current && !member.worker.isSpoiled && member.uses < (this.options.maxUses ?? MAX_USES)) {
      this.rest(member);
    } else {
      member.worker.close();
    }
  }

  private take(): IMember {
    const { idle } = this;
    this.letGo();
    return idle?.worker.isAlive === true ? idle : this.hire();
  }

  private hire(): IMember {
    return { worker: new Worker(this.options), uses: 0, generation: this.generation };
  }

  /** Keeps a worker for the next command, unless one is kept already. */
  private rest(member: IMember): void {
    if (this.disposed || this.idle?.worker.isAlive === true) {
      member.worker.close();
      return;
    }
    this.letGo();
    this.idle = member;
    this.timer = setTimeout(() => this.cool(), this.options.idleTime ?? FIVE_MINUTES);
    this.timer.unref();
  }

  private letGo(): void {
    clearTimeout(this.timer);
    this.idle = undefined;
  }

  private generation = 0;
  private readonly slots: Slots;
  private readonly running = new Set<Worker>();
  private idle: IMember | undefined;
  private timer: NodeJS.Timeout | undefined;
  private disposed = false;
}
