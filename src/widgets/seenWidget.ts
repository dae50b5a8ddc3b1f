import { ReactWidget } from '@jupyterlab/ui-components';
import type { IDisposable } from '@lumino/disposable';
import type { Message } from '@lumino/messaging';
import '../../style/views.css';

/** What reads and listens only while somebody sees it. */
export interface ISeenModel extends IDisposable {
  setActive(active: boolean): void;
}

/** A widget of the main area whose model sleeps while it is hidden, and goes with it. */
export abstract class SeenWidget<M extends ISeenModel> extends ReactWidget {
  constructor(readonly model: M) {
    super();
    this.addClass('jp-Datalad');
  }

  override dispose(): void {
    this.model.dispose();
    super.dispose();
  }

  /** What it is called as a region. */
  protected abstract get label(): string;

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.setActive(true);
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    // The widget around it has made it a region, with a name that says nothing.
    this.node.setAttribute('aria-label', this.label);
    this.setActive(this.isVisible);
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this.setActive(false);
  }

  protected override onBeforeDetach(message: Message): void {
    this.setActive(false);
    super.onBeforeDetach(message);
  }

  private setActive(active: boolean): void {
    this.model.setActive(active);
    this.update();
  }
}
