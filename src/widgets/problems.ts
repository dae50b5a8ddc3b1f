import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import { isSameWork, type Job } from '../protocol/job';
import type { IJobsModel } from '../tokens';

/** Jobs that failed while this tab looked on, the newest first; each stays until the user dismisses it or a retry replaces it. */
export class Problems implements IDisposable {
  constructor(jobs: IJobsModel) {
    jobs.ended.connect(this.onEnded, this);
  }

  readonly changed: ISignal<this, void> = new Signal<this, void>(this);

  get jobs(): readonly Job[] {
    return this._jobs;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  dismiss(id: string): void {
    this.set(this._jobs.filter(job => job.id !== id));
  }

  dispose(): void {
    this.disposed = true;
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  private _jobs: readonly Job[] = [];
  private disposed = false;

  private onEnded(_: IJobsModel, job: Job): void {
    // The same work again answers the old failure, whatever its end.
    const others = this._jobs.filter(old => !isSameWork(old, job));
    if (job.state === 'error' || others.length < this._jobs.length) {
      this.set(job.state === 'error' ? [job, ...others] : others);
    }
  }

  private set(jobs: readonly Job[]): void {
    this._jobs = jobs;
    (this.changed as Signal<this, void>).emit();
  }
}
