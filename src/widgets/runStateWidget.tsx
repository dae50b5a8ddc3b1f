import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import '../../style/views.css';
import { RunState } from '../components/notebooks/runState';
import type { NotebookRecordModel } from '../models/notebookRecordModel';
import { useModel } from './useModel';

export interface IRunStateOptions {
  readonly model: NotebookRecordModel;
  readonly trans: TranslationBundle;
  onOpen(anchor: HTMLElement): void;
}

/** Tells in the toolbar of a notebook where its outputs come from. */
export class RunStateWidget extends ReactWidget {
  constructor(private readonly options: IRunStateOptions) {
    super();
    this.addClass('jp-Datalad-runStateHost');
  }

  protected override render(): JSX.Element {
    return <ConnectedRunState {...this.options} />;
  }
}

function ConnectedRunState({ model, ...props }: IRunStateOptions): JSX.Element {
  return <RunState {...props} state={useModel(model, ({ state }) => state, true)} />;
}
