import type { TranslationBundle } from '@jupyterlab/translation';
import type { Job } from '../../protocol/job';
import { failureWords } from '../failures/words';
import { formatTime } from '../format';
import { jobTitle } from '../jobs';
import { shownName } from '../../protocol/names';
import type { IPanelActions } from '../types';
import { isRepairable, isResumable } from './retry';

export interface IInterruptedListProps {
  jobs: readonly Job[];
  actions: Pick<IPanelActions, 'resume' | 'repair' | 'cancel'>;
  trans: TranslationBundle;
}

/** At most this many at once: the others come when these are settled. */
const SHOWN = 3;

/** Jobs that a server which is gone had not ended; each stays until it is resumed, repaired or dismissed. */
export function InterruptedList({ jobs, actions, trans }: IInterruptedListProps): JSX.Element | null {
  if (jobs.length === 0) {
    return null;
  }
  return (
    <ul className="jp-Datalad-interrupted" aria-label={trans.__('Interrupted')}>
      {jobs.slice(0, SHOWN).map(job => (
        <Interrupted key={job.id} job={job} actions={actions} trans={trans} />
      ))}
      {jobs.length > SHOWN && <li className="jp-Datalad-dim">{trans._n('and %1 more', 'and %1 more', jobs.length - SHOWN)}</li>}
    </ul>
  );
}

function Interrupted({ job, actions, trans }: { job: Job } & Omit<IInterruptedListProps, 'jobs'>): JSX.Element {
  const title = jobTitle(job, trans);
  const words = job.failure === undefined ? null : failureWords(job.failure, { trans, names: [] });
  return (
    <li className="jp-Datalad-note" data-gravity="warning">
      <strong className="jp-Datalad-noteTitle">
        {job.started === undefined ? trans.__('%1 had not begun', title) : trans.__('%1 was interrupted', title)}
      </strong>
      <p className="jp-Datalad-dim">{placeWords(job, trans)}</p>
      {words !== null && words.text !== '' && <p>{words.text}</p>}
      <InterruptedButtons job={job} actions={actions} trans={trans} />
    </li>
  );
}

/** What can be done about a job that was interrupted. */
export function InterruptedButtons({ job, actions, trans }: { job: Job } & Omit<IInterruptedListProps, 'jobs'>): JSX.Element {
  return (
    <div className="jp-Datalad-buttons">
      {isResumable(job) && (
        <button type="button" className="jp-Datalad-button" onClick={() => actions.resume(job)}>
          {trans.__('Resume')}
        </button>
      )}
      {isRepairable(job) && (
        <button
          type="button"
          className="jp-Datalad-button"
          title={trans.__('Compares what is here with what is noted to be here, and mends the notes')}
          onClick={() => actions.repair(job)}
        >
          {trans.__('Repair')}
        </button>
      )}
      <button type="button" className="jp-Datalad-button" onClick={() => actions.cancel(job.id)}>
        {trans.__('Dismiss')}
      </button>
    </div>
  );
}

function placeWords(job: Job, trans: TranslationBundle): string {
  const time = formatTime(job.started ?? job.created, Date.now());
  const when = job.started === undefined ? trans.__('asked for %1', time) : trans.__('begun %1', time);
  return job.dataset ? `${trans.__('in %1', shownName(job.dataset))} · ${when}` : when;
}
