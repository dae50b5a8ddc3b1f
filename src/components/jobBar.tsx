import { closeIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Job } from '../protocol/job';
import { IconButton } from './iconButton';
import { jobTitle } from './jobs';
import { ProgressBar } from './progressBar';
import { ProgressLine } from './progressLine';

export interface IJobBarProps {
  job: Job;
  /** Jobs that run or wait beside this one. */
  others: number;
  trans: TranslationBundle;
  onCancel(job: string): void;
  /** Leads to the list of commands. */
  onShow(): void;
}

/** The job that runs, one line and a bar; there only while something runs. */
export function JobBar({ job, others, trans, onCancel, onShow }: IJobBarProps): JSX.Element {
  const title = jobTitle(job, trans);
  return (
    <div className="jp-Datalad-jobBar">
      <div className="jp-Datalad-jobLine">
        <a
          role="link"
          href="#commands"
          className="jp-Datalad-jobTitle"
          title={title}
          onClick={event => {
            event.preventDefault();
            onShow();
          }}
        >
          {title}
          {others > 0 && <span className="jp-Datalad-dim"> {trans.__('+%1 more', others)}</span>}
        </a>
        <ProgressLine job={job} trans={trans} />
        <IconButton icon={closeIcon} label={trans.__('Cancel')} onClick={() => onCancel(job.id)} />
      </div>
      <ProgressBar job={job} trans={trans} />
    </div>
  );
}
