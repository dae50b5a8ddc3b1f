import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import '../../style/views.css';
import { AbsentOffer, type IAbsentOfferProps, type IOffer } from '../components/notebooks/absentOffer';
import { SnapshotModel } from '../models/snapshotModel';
import { useModel } from './useModel';

/** What one cell is offered, as it goes. */
export class OfferModel extends SnapshotModel<IOffer> {
  update(change: Partial<IOffer>): void {
    this.set(change);
  }
}

export interface IAbsentOfferOptions extends Omit<IAbsentOfferProps, 'offer'> {
  readonly model: OfferModel;
  readonly trans: TranslationBundle;
}

/** Stands below the output of a cell; it is no output, so that nothing of it is saved with the notebook. */
export class AbsentOfferWidget extends ReactWidget {
  constructor(private readonly options: IAbsentOfferOptions) {
    super();
    this.addClass('jp-Datalad-offerHost');
    // The keys of its buttons are no commands of the notebook around it.
    this.node.dataset['lmSuppressShortcuts'] = 'true';
  }

  get model(): OfferModel {
    return this.options.model;
  }

  override dispose(): void {
    this.options.model.dispose();
    super.dispose();
  }

  protected override render(): JSX.Element {
    return <ConnectedOffer {...this.options} />;
  }
}

function ConnectedOffer({ model, ...props }: IAbsentOfferOptions): JSX.Element {
  return <AbsentOffer {...props} offer={useModel(model, ({ state }) => state, true)} />;
}
