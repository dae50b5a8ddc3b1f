import type { TranslationBundle } from '@jupyterlab/translation';
import { InspectorPage } from '../components/inspector/inspectorPage';
import { useNow } from '../components/history/historySection';
import type { IPanelActions } from '../components/types';
import { type IInspectorModel, type IInspectorState, PANEL_ID } from '../tokens';

export interface IConnectedInspectorProps {
  model: IInspectorModel;
  state: IInspectorState;
  actions: IPanelActions;
  trans: TranslationBundle;
}

/** The page of the inspector joined to its model. */
export function ConnectedInspector({ model, state, actions, trans }: IConnectedInspectorProps): JSX.Element {
  const now = useNow();
  return (
    <InspectorPage
      state={state}
      actions={actions}
      trans={trans}
      now={now}
      onBack={() => {
        model.close();
        // The sections are drawn then; the keyboard goes on from their top.
        requestAnimationFrame(() => document.querySelector<HTMLElement>(`#${PANEL_ID} .jp-Datalad-panel`)?.focus());
      }}
      onVerify={() => void model.verify()}
    />
  );
}
