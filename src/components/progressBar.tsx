import type { TranslationBundle } from '@jupyterlab/translation';
import type { Job } from '../protocol/job';
import { jobTitle } from './jobs';
import { jobPercent, progressWords } from './progressWords';

/** The bar of a running job; moves to and fro while nothing is known of the work left. */
export function ProgressBar({ job, trans }: { job: Job; trans: TranslationBundle }): JSX.Element {
  const done = jobPercent(job);
  return (
    <div
      role="progressbar"
      className="jp-Datalad-bar"
      aria-label={jobTitle(job, trans)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={done}
      aria-valuetext={progressWords(job, trans) || trans.__('working')}
      data-unknown={done === undefined ? '' : undefined}
    >
      <div className="jp-Datalad-barFill" style={done === undefined ? undefined : { width: `${done}%` }} />
    </div>
  );
}
