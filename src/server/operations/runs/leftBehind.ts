import { FailureError } from '../../../protocol/failure';
import { knownFailure } from '../../fileFailure';
import type { AbsolutePath } from '../../paths';
import { type Changed, changedSince, readChanged } from './changed';
import type { ILeft, RunBook } from './runBook';

interface IRun {
  readonly job: string;
  readonly dataset: AbsolutePath;
  readonly env: Record<string, string>;
  readonly signal: AbortSignal;
  /** Relative to the dataset: as long as they are among these, the run has not written to them, and what changed there is somebody's edit. */
  readonly spared?: ReadonlySet<string>;
  readonly book: RunBook;
}

/**
 * Does the work of a run. Where it comes to no good end, what was changed meanwhile is noted, so that just this can be discarded: what was
 * unsaved before is somebody's work. Where there is no space left, the failure says whether anything was changed (`left`): DataLad stops
 * wherever it is, and leaves no record to be saved.
 */
export async function notingWhatIsLeft(
  { job, dataset, env, signal, spared, book }: IRun,
  work: () => Promise<void>
): Promise<void> {
  // Also of a run that DataLad begins in a clean dataset only: it may be cancelled before it is refused.
  const before = await readChanged(dataset, { env, signal });
  try {
    await work();
  } catch (error) {
    const left = await readLeft(before, { dataset, env, spared });
    if (left !== null) {
      book.note(job, left);
    }
    const failure = knownFailure(error);
    if (failure?.kind !== 'no-space') {
      throw error;
    }
    const isLeft = left !== null && left.own.size + left.both.size > 0;
    throw new FailureError(isLeft ? { ...failure, parameters: { ...failure.parameters, left: 'yes' } } : failure);
  }
}

/** Null where nobody can tell: reading may also fail on a full disk, and says less than the failure that it would replace. */
async function readLeft(
  before: Changed,
  { dataset, env, spared }: Pick<IRun, 'dataset' | 'env'> & { spared: ReadonlySet<string> | undefined }
): Promise<ILeft | null> {
  try {
    // Not by the signal of the job: it may have been cancelled.
    const after = await readChanged(dataset, { env });
    const changed = changedSince(before, after).filter(name => spared?.has(name) !== true);
    return {
      dataset,
      own: new Map(changed.filter(name => !before.has(name)).map(name => [name, after.get(name) ?? ''])),
      both: new Set(changed.filter(name => before.has(name)))
    };
  } catch {
    return null;
  }
}
