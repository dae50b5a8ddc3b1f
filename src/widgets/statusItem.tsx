import { ReactWidget } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { StatusEntry } from '../components/statusEntry';
import type { ICurrentModel } from '../tokens';
import { useModel } from './useModel';

export interface IStatusItemOptions {
  current: ICurrentModel;
  trans: TranslationBundle;
  onOpen(): void;
}

/** The dataset in view in one line of the status bar; empty outside datasets. */
export class StatusItem extends ReactWidget {
  constructor(private readonly options: IStatusItemOptions) {
    super();
    this.addClass('jp-Datalad-statusItem');
  }

  protected override render(): JSX.Element {
    return <ConnectedEntry {...this.options} />;
  }
}

function ConnectedEntry({ current, trans, onOpen }: IStatusItemOptions): JSX.Element | null {
  const state = useModel(current, model => model.state, true);
  return state.summary === null ? null : (
    <StatusEntry summary={state.summary} totals={state.totals} trans={trans} onOpen={onOpen} />
  );
}
