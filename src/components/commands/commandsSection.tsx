import type { TranslationBundle } from '@jupyterlab/translation';
import { isEnded, type Job } from '../../protocol/job';
import type { IPanelActions } from '../types';
import { JobEntry } from './jobEntry';

export interface ICommandsSectionProps {
  jobs: readonly Job[];
  /** The job in the bar above, whose progress is not shown twice. */
  inBar: string | null;
  /** The job that is unfolded from elsewhere. */
  revealed: string | null;
  /** The job that can be undone. */
  undoable: string | null;
  actions: IPanelActions;
  trans: TranslationBundle;
}

/** Everything that ran, runs or waits, the newest first; also what was done in a terminal. */
export function CommandsSection({ jobs, inBar, revealed, undoable, actions, trans }: ICommandsSectionProps): JSX.Element {
  if (jobs.length === 0) {
    return (
      <p className="jp-Datalad-text jp-Datalad-dim">
        {trans.__('What you do here is listed with the DataLad command it stands for, and so is what happens in a terminal.')}
      </p>
    );
  }
  const newest = jobs.find(isEnded)?.id;
  return (
    <>
      <ul className="jp-Datalad-jobs" aria-label={trans.__('Commands')}>
        {jobs.map(job => (
          <JobEntry
            key={job.id}
            job={job}
            inBar={job.id === inBar}
            revealed={job.id === revealed}
            undoable={job.id === undoable && job.id === newest}
            actions={actions}
            trans={trans}
          />
        ))}
      </ul>
      {jobs.some(isEnded) && (
        <div className="jp-Datalad-buttons">
          <button type="button" className="jp-Datalad-button" onClick={() => actions.clearJobs()}>
            {trans.__('Clear list')}
          </button>
        </div>
      )}
    </>
  );
}
