import type { TranslationBundle } from '@jupyterlab/translation';
import type { Job } from '../../protocol/job';
import { jobTitle } from '../jobs';
import type { IPanelActions } from '../types';
import { JobPrompt } from './jobPrompt';

export interface IQuestionsProps {
  jobs: readonly Job[];
  actions: Pick<IPanelActions, 'answer'>;
  trans: TranslationBundle;
}

/** What running jobs ask, above the sections: a question in a folded list would wait for ever. */
export function Questions({ jobs, actions, trans }: IQuestionsProps): JSX.Element {
  return (
    <>
      {jobs.map(
        job =>
          job.prompt !== undefined && (
            <div
              key={`${job.id} ${job.prompt.id}`}
              className="jp-Datalad-problems"
              role="group"
              aria-label={jobTitle(job, trans)}
            >
              <span className="jp-Datalad-dim">{trans.__('%1 asks:', jobTitle(job, trans))}</span>
              <JobPrompt
                prompt={job.prompt}
                trans={trans}
                onAnswer={value => job.prompt && actions.answer(job.id, job.prompt.id, value)}
              />
            </div>
          )
      )}
    </>
  );
}
