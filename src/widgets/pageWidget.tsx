import { ReactWidget } from '@jupyterlab/ui-components';
import type { IDisposable } from '@lumino/disposable';
import type { Message } from '@lumino/messaging';
import { HelpSource, type IHelpSource } from '../components/help/helpSource';
import '../../style/views.css';

/** What a page shows; it reads and listens only while somebody sees it. */
export interface IPageModel extends IDisposable {
  setActive(active: boolean): void;
}

export interface IPage {
  readonly model: IPageModel;
  /** Of the region. */
  readonly label: string;
  render(active: boolean): JSX.Element;
}

/** A page in the main area, whose model sleeps while it is hidden. */
export class PageWidget extends ReactWidget {
  constructor(
    private readonly page: IPage,
    private readonly help: IHelpSource
  ) {
    super();
    this.addClass('jp-Datalad');
  }

  override dispose(): void {
    this.page.model.dispose();
    super.dispose();
  }

  protected override render(): JSX.Element {
    return <HelpSource.Provider value={this.help}>{this.page.render(this.isVisible)}</HelpSource.Provider>;
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.setActive(true);
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    // The widget around it has made it a region, with a name that says nothing.
    this.node.setAttribute('aria-label', this.page.label);
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
    this.page.model.setActive(active);
    this.update();
  }
}
