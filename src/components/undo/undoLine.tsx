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
  if (plan === null || job?.id !== plan.job || job.dataset === null) {
    return null;
  }
  const said = wordsOf(plan, trans);
  if (said === null) {
    return null;
  }
  const { dataset, id } = job;
  return (
    <p className="jp-Datalad-undoLine">
      <span>{said.done}</span>
      <button
        type="button"
        className="jp-Datalad-button"
        aria-label={said.undo}
        onClick={() => void actions.execute(CommandIDs.undo, { dataset, job: id })}
      >
        {trans.__('Undo')}
      </button>
    </p>
  );
}

/** What was done, and what its button is called; null of what changes no file. */
function wordsOf({ kind, files }: UndoPlan, trans: TranslationBundle): { done: string; undo: string } | null {
  switch (kind) {
    case 'save':
      return { done: trans._n('Saved %1 file.', 'Saved %1 files.', files), undo: trans.__('Undo the save') };
    case 'discard':
      return {
        done: trans._n('Discarded the change of %1 file.', 'Discarded the changes of %1 files.', files),
        undo: trans.__('Undo the discard')
      };
    case 'unpack':
      return {
        done: trans._n('Unpacked, and saved %1 file.', 'Unpacked, and saved %1 files.', files),
        undo: trans.__('Undo the unpacking')
      };
    case 'run':
      return {
        done: trans._n('The run changed %1 file.', 'The run changed %1 files.', files),
        undo: trans.__('Undo the run')
      };
    case 'download':
      return { done: trans.__('Downloaded, and saved.'), undo: trans.__('Undo the download') };
    default:
      return null;
  }
}
