import { ReactWidget } from '@jupyterlab/ui-components';
import '../../style/views.css';
import { type IModuleHintProps, ModuleHint } from '../components/notebooks/moduleHint';

/** Stands below the output of a cell; it is no output, so that nothing of it is saved with the notebook. */
export class ModuleHintWidget extends ReactWidget {
  constructor(private readonly options: IModuleHintProps) {
    super();
    this.addClass('jp-Datalad-offerHost');
    // The keys of its buttons are no commands of the notebook around it.
    this.node.dataset['lmSuppressShortcuts'] = 'true';
  }

  protected override render(): JSX.Element {
    return <ModuleHint {...this.options} />;
  }
}
