import type { TranslationBundle } from '@jupyterlab/translation';
import { useCallback, useEffect } from 'react';
import { Panel } from '../components/panel';
import type { IMemory, IPanelActions } from '../components/types';
import type { IDatalad } from '../tokens';
import { ConnectedHistory } from './connectedHistory';
import { ConnectedInspector } from './connectedInspector';
import type { PanelMemory } from './panelMemory';
import type { Problems } from './problems';
import { useModel } from './useModel';
import '../../style/views.css';

export interface IConnectedPanelProps {
  datalad: IDatalad;
  memory: PanelMemory;
  problems: Problems;
  actions: IPanelActions;
  trans: TranslationBundle;
  /** Whether anybody can see it. */
  active: boolean;
  revealed: string | null;
}

/** The panel joined to the models. */
export function ConnectedPanel({
  datalad,
  memory,
  problems,
  actions,
  trans,
  active,
  revealed
}: IConnectedPanelProps): JSX.Element {
  const state = useModel(datalad.current, model => model.state, active);
  const jobs = useModel(datalad.jobs, model => model.jobs, active);
  const failed = useModel(problems, model => model.jobs, active);
  const listing = useModel(datalad.rows, model => model.listing(state.folder), active);
  const dataset = state.summary?.dataset.path ?? null;
  const remembered = useModel(memory, model => model.get(dataset), active);
  const onRemember = useCallback(
    (patch: Partial<IMemory>) => {
      if (patch.message !== undefined && memory.get(dataset).message === '') {
        // Who writes a message will save: the question of who saves wakes DataLad meanwhile. Saving asks again, and tells failures.
        void datalad.client.call('identity', { dataset }).catch(() => undefined);
      }
      memory.update(dataset, patch);
    },
    [datalad, memory, dataset]
  );
  const inspected = useModel(datalad.inspector, model => model.state, active);
  const readable = state.phase === 'dataset' || state.phase === 'none';
  const unread = listing === undefined && readable && active;
  useEffect(() => {
    if (unread) {
      // The browser shows another folder than a pinned dataset's, so nobody else has read it. A failure is the model's to tell.
      void datalad.rows.refresh(state.folder).catch(() => undefined);
    }
  }, [datalad, state.folder, unread]);
  return (
    <Panel
      state={state}
      listing={listing}
      jobs={jobs}
      problems={failed}
      memory={remembered}
      actions={actions}
      trans={trans}
      revealed={revealed}
      history={dataset !== null && <ConnectedHistory {...{ datalad, dataset, actions, trans, active }} />}
      inspector={
        inspected.request !== null &&
        inspected.request.dataset === dataset && (
          <ConnectedInspector model={datalad.inspector} state={inspected} actions={actions} trans={trans} />
        )
      }
      onRemember={onRemember}
      onSections={() => datalad.inspector.close()}
    />
  );
}
