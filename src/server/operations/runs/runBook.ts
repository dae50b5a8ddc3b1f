import { fail } from '../../../protocol/failure';
import { KEPT_JOBS } from '../../jobs/jobRegistry';
import type { AbsolutePath } from '../../paths';
import type { Changed } from './changed';

/** What is there, unsaved, since a run that came to no good end. Names are relative to its dataset. */
export interface ILeft {
  readonly dataset: AbsolutePath;
  /** As it left them. */
  readonly own: Changed;
  /** It changed them, too, but they had unsaved changes before. */
  readonly both: ReadonlySet<string>;
}

/** What runs of this server have left behind, by their jobs, of as many as may be listed; a server that is gone takes it along. */
export class RunBook {
  private readonly kept = new Map<string, ILeft>();

  note(job: string, left: ILeft): void {
    this.kept.set(job, left);
    [...this.kept.keys()].slice(0, -KEPT_JOBS).forEach(old => this.kept.delete(old));
  }

  /** Fails with `not-found` where it is not known, or of another dataset. */
  find(job: string, dataset: AbsolutePath): ILeft {
    const left = this.kept.get(job);
    return left?.dataset === dataset
      ? left
      : fail('not-found', 'It is not known any more what this run has changed.', {
          hint: 'Discard the changes that you do not want one by one.'
        });
  }
}
