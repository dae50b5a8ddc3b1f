import type { TranslationBundle } from '@jupyterlab/translation';
import type { Failure } from '../../protocol/failure';
import type { ICurrentState } from '../../tokens';
import { CommandIDs } from '../../tokens';
import { FailureBlock } from '../failures/failureBlock';
import type { IPanelActions } from '../types';
import { AnnexNotice } from './annexNotice';
import { obstacleFailure } from './obstacleWords';
import { ToolsNotice } from './toolsNotice';
import { UnreadNotices } from './unreadNotices';

export interface INoticesProps {
  state: ICurrentState;
  actions: Pick<IPanelActions, 'execute' | 'refresh' | 'removeLock'>;
  trans: TranslationBundle;
}

/** As a job would fail here; the notices say for which dataset to ask. */
const UNTRUSTED: Failure = { kind: 'untrusted', message: 'untrusted', parameters: { dataset: '' } };

/** What stands in the way, each with its cure. */
export function Notices({ state, actions, trans }: INoticesProps): JSX.Element {
  const { phase, summary, health, failure } = state;
  const onAction = (command: string): void => {
    if (command === 'retry' || command === CommandIDs.refresh) {
      actions.refresh();
    } else {
      void actions.execute(command, summary === null ? undefined : { dataset: summary.dataset.path });
    }
  };
  return (
    <div className="jp-Datalad-notices">
      {phase === 'loading' && <p className="jp-Datalad-text jp-Datalad-dim">{trans.__('Reading…')}</p>}
      {health !== null && <ToolsNotice tools={health.tools} trans={trans} />}
      {failure !== null && <FailureBlock failure={failure} trans={trans} onAction={onAction} />}
      {summary?.unread !== undefined && <UnreadNotices unread={summary.unread} trans={trans} onAction={onAction} />}
      {summary?.dataset.trust === 'untrusted' && (
        <FailureBlock failure={UNTRUSTED} gravity="warning" trans={trans} onAction={onAction} />
      )}
      {summary !== null && (
        <AnnexNotice
          annex={summary.dataset.annex}
          trans={trans}
          {...(summary.id === undefined
            ? { onMake: () => void actions.execute(CommandIDs.create, { force: true, folder: summary.dataset.path }) }
            : {})}
        />
      )}
      {summary?.obstacles.map(obstacle => (
        <FailureBlock
          key={obstacle.kind === 'locked' ? obstacle.lock.name : obstacle.kind}
          failure={obstacleFailure(obstacle)}
          gravity={obstacle.kind === 'no-identity' ? 'info' : 'warning'}
          trans={trans}
          onAction={onAction}
        >
          {obstacle.kind === 'locked' && obstacle.lock.removable && (
            <button type="button" className="jp-Datalad-button" onClick={() => void actions.removeLock(obstacle.lock.dataset)}>
              {trans.__('Remove the lock…')}
            </button>
          )}
        </FailureBlock>
      ))}
    </div>
  );
}
