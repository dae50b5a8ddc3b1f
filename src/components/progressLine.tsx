import type { TranslationBundle } from '@jupyterlab/translation';
import type { Job } from '../protocol/job';
import { progressParts } from './progressWords';

/** `40 % · 12 MB/s · 1 min` on the right of a name; a narrow panel leaves out the rate, so that the name stays. */
export function ProgressLine({ job, trans }: { job: Job; trans: TranslationBundle }): JSX.Element {
  return (
    <span className="jp-Datalad-number jp-Datalad-parts">
      {progressParts(job, trans).map(({ words, minor }) => (
        <span key={words} data-minor={minor && ''}>
          {words}
        </span>
      ))}
    </span>
  );
}
