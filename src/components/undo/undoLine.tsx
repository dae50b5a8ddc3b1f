import type { TranslationBundle } from '@jupyterlab/translation';
import type { Job } from '../../protocol/job';
import type { UndoPlan } from '../../protocol/undo';
import { CommandIDs } from '../../tokens';
import { lastOwnJob } from '../jobs';
import type { IPanelActions } from '../types';

export interface IUndoLineProps {
  plan: UndoPlan | null;
  jobs: readonly Job[];
  actions: Pick<IPanelActions, 'execute'>;
  trans: TranslationBundle;
}

/** Says what the last job did to the changes of a dataset, with a button that undoes it; nothing once something else was done. */
export function UndoLine({ plan, jobs, actions, trans }: IUndoLineProps): JSX.Element | null {
  const job = lastOwnJob(jobs);
  if (plan === null || job?.id !== plan.job || job.dataset === null || (plan.kind !== 'save' && plan.kind !== 'discard')) {
    return null;
  }
  const { dataset, id } = job;
  const words =
    plan.kind === 'save'
      ? trans._n('Saved %1 file.', 'Saved %1 files.', plan.files)
      : trans._n('Discarded the change of %1 file.', 'Discarded the changes of %1 files.', plan.files);
  return (
    <p className="jp-Datalad-undoLine">
      <span>{words}</span>
      <button
        type="button"
        className="jp-Datalad-button"
        aria-label={plan.kind === 'save' ? trans.__('Undo the save') : trans.__('Undo the discard')}
        onClick={() => void actions.execute(CommandIDs.undo, { dataset, job: id })}
      >
        {trans.__('Undo')}
      </button>
    </p>
  );
}
