import type { TranslationBundle } from '@jupyterlab/translation';
import type { ChangedFile } from '../../protocol/dataset';
import type { Job } from '../../protocol/job';
import { saveOfRest } from '../commands/cures';
import { lastOwnJob } from '../jobs';
import type { IPanelActions } from '../types';
import { dirtySubdatasets } from './selection';

export interface ILeftBehindProps {
  changes: readonly ChangedFile[];
  jobs: readonly Job[];
  actions: Pick<IPanelActions, 'execute'>;
  trans: TranslationBundle;
}

/** After a save that should have been a recursive one: what it left behind, and a button that saves that, too. */
export function LeftBehind({ changes, jobs, actions, trans }: ILeftBehindProps): JSX.Element | null {
  const job = lastOwnJob(jobs);
  const cure = job === undefined ? null : saveOfRest(job);
  if (cure === null || dirtySubdatasets(changes).length === 0) {
    return null;
  }
  return (
    <div className="jp-Datalad-note" data-gravity="info" role="status">
      <p>{trans.__('The last save left the changes inside subdatasets behind.')}</p>
      <div className="jp-Datalad-buttons">
        <button type="button" className="jp-Datalad-button" onClick={() => void actions.execute(cure.command, cure.args)}>
          {trans.__('Save subdatasets, too')}
        </button>
      </div>
    </div>
  );
}
