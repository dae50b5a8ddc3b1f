import type { TranslationBundle } from '@jupyterlab/translation';
import { failureWords } from '../../components/failures/words';
import { jobTitle } from '../../components/jobs';
import type { Job } from '../../protocol/job';

/** Work that takes longer than this is likely to end while the user does something else. */
const LONG = 5_000;

export interface INotice {
  message: string;
  type: 'success' | 'warning' | 'error';
  /** The panel says it above its sections, too. */
  inPanel?: true;
}

/** What to tell of a job that has ended; null where the user sees it anyway, or asked for it by cancelling. */
export function noticeOf(job: Job, trans: TranslationBundle): INotice | null {
  if (job.origin === 'terminal' || job.state === 'cancelled') {
    return null;
  }
  const what = jobTitle(job, trans);
  if (job.state === 'interrupted') {
    return { type: 'warning', message: `${what}: ${reasonOf(job, trans)}`, inPanel: true };
  }
  if (job.state === 'error') {
    return { type: 'error', message: `${what}: ${reasonOf(job, trans)}`, inPanel: true };
  }
  if (job.notice !== undefined) {
    return { type: 'warning', message: `${what}: ${failureWords(job.notice, { trans, names: [] }).title}` };
  }
  const duration = (job.ended ?? 0) - (job.started ?? job.created);
  return duration > LONG ? { type: 'success', message: trans.__('%1 is done.', what) } : null;
}

function reasonOf({ failure, counts }: Job, trans: TranslationBundle): string {
  // Records that were refused have a reason each, which the panel tells file by file.
  if (failure !== undefined) {
    return failureWords(failure, { trans, names: [] }).title;
  }
  return trans._n('%1 file was refused.', '%1 files were refused.', counts.failed, counts.failed);
}
