import { HelpSource, type IHelpSource } from '../components/help/helpSource';
import { type ISeenModel, SeenWidget } from './seenWidget';

export interface IPage {
  readonly model: ISeenModel;
  /** Of the region. */
  readonly label: string;
  render(active: boolean): JSX.Element;
}

/** A page in the main area, with help on the commands whose lines it shows. */
export class PageWidget extends SeenWidget<ISeenModel> {
  constructor(
    private readonly page: IPage,
    private readonly help: IHelpSource
  ) {
    super(page.model);
  }

  protected get label(): string {
    return this.page.label;
  }

  protected override render(): JSX.Element {
    return <HelpSource.Provider value={this.help}>{this.page.render(this.isVisible)}</HelpSource.Provider>;
  }
}
