import { closeIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Job } from '../../protocol/job';
import { shownName } from '../../protocol/names';
import type { ContentsPath } from '../../protocol/paths';
import { IconButton } from '../iconButton';
import { jobTitle } from '../jobs';
import type { IPanelActions } from '../types';
import { JobProblems } from './jobProblems';
import { useReport } from './useReport';

export interface IProblemListProps {
  problems: readonly Job[];
  /** The dataset in view: what failed elsewhere says where. */
  dataset: ContentsPath | null;
  actions: IPanelActions;
  trans: TranslationBundle;
}

/** At most this many at once: the others wait in the list of commands. */
const SHOWN = 2;

/** Jobs that failed just now, with what to do; they stay until they are dismissed. */
export function ProblemList({ problems, dataset, actions, trans }: IProblemListProps): JSX.Element {
  return (
    <div role="alert" className="jp-Datalad-problems">
      {problems.slice(0, SHOWN).map(job => (
        <Problem key={job.id} job={job} dataset={dataset} actions={actions} trans={trans} />
      ))}
      {problems.length > SHOWN && (
        <p className="jp-Datalad-dim">{trans._n('%1 more failure below', '%1 more failures below', problems.length - SHOWN)}</p>
      )}
    </div>
  );
}

function Problem({ job, dataset, actions, trans }: { job: Job } & Omit<IProblemListProps, 'problems'>): JSX.Element {
  const report = useReport(job, actions);
  return (
    <div className="jp-Datalad-problem">
      <div className="jp-Datalad-jobLine">
        <span className="jp-Datalad-problemTitle">
          {problemTitle(job, trans)}
          {job.dataset !== null && job.dataset !== dataset && (
            <span className="jp-Datalad-dim"> {trans.__('in %1', shownName(job.dataset))}</span>
          )}
        </span>
        <IconButton icon={closeIcon} label={trans.__('Dismiss')} onClick={() => actions.dismiss(job.id)} />
      </div>
      <JobProblems job={job} report={report} actions={actions} trans={trans} />
    </div>
  );
}

/** A drop of ten files that kept one has done nine tenths of its work: say so. */
function problemTitle(job: Job, trans: TranslationBundle): string {
  const title = jobTitle(job, trans);
  return job.counts.ok > 0 ? trans.__('%1 was done in part', title) : trans.__('%1 did not succeed', title);
}
