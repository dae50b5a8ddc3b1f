import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { withOpen } from '../components/sections';
import type { IPanelActions, SectionName } from '../components/types';
import { dataladIcon } from '../components/icons';
import { type IDatalad, PANEL_ID } from '../tokens';
import type { ConnectedPanel } from './connectedPanel';
import type { PanelMemory } from './panelMemory';
import type { Problems } from './problems';

export interface IPanelWidgetOptions {
  datalad: IDatalad;
  memory: PanelMemory;
  problems: Problems;
  loadActions(): Promise<IPanelActions>;
  trans: TranslationBundle;
}

/** What `PanelWidget.reveal` goes to. */
export interface IReveal {
  readonly section?: SectionName;
  /** Id of a job to unfold in Commands. */
  readonly job?: string;
}

/** The side panel. What it shows is loaded when it is shown first; while it is hidden it listens to nothing and asks nothing. */
export class PanelWidget extends ReactWidget {
  constructor(private readonly options: IPanelWidgetOptions) {
    super();
    this.id = PANEL_ID;
    this.addClass('jp-Datalad');
    this.title.icon = dataladIcon;
    const { trans } = options;
    this.title.caption = trans.__('DataLad');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('DataLad'));
  }

  /** Puts the keyboard into the panel, where asked for into one section and one job of its list; F6 goes on from there. */
  async reveal({ section, job }: IReveal = {}): Promise<void> {
    const { datalad, memory } = this.options;
    if (section !== undefined || job !== undefined) {
      // It stands where the sections would.
      datalad.inspector.close();
    }
    if (section !== undefined) {
      const dataset = datalad.current.state.summary?.dataset.path ?? null;
      memory.update(dataset, { open: withOpen(memory.get(dataset).open, section, this.node.clientHeight) });
    }
    this.revealed = job ?? null;
    await this.load();
    this.update();
    // The update is posted, not done: the next one stands behind it.
    await new Promise(resolve => requestAnimationFrame(resolve));
    await this.renderPromise;
    // What it shows, an inspected file say, may have taken the focus already.
    if (section === undefined && this.node.contains(document.activeElement)) {
      return;
    }
    const target = section === undefined ? '.jp-Datalad-panel' : `[data-section="${section}"] [data-section-heading]`;
    this.node.querySelector<HTMLElement>(target)?.focus();
  }

  protected override render(): JSX.Element | null {
    if (!this.isVisible && !this.shown) {
      return null;
    }
    this.shown = true;
    const { View, actions } = this;
    if (View === null || actions === null) {
      // Shown again, it tries again.
      this.load().catch((reason: unknown) => console.error('The DataLad panel could not be loaded.', reason));
      return null;
    }
    return <View {...this.options} actions={actions} active={this.isVisible} revealed={this.revealed} />;
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.update();
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this.update();
  }

  override dispose(): void {
    this.options.memory.dispose();
    this.options.problems.dispose();
    super.dispose();
  }

  /** Loads what the panel shows and draws it. */
  private async load(): Promise<void> {
    if (this.View === null) {
      const [{ ConnectedPanel }, actions] = await Promise.all([import('./connectedPanel'), this.options.loadActions()]);
      this.View = ConnectedPanel;
      this.actions = actions;
      this.update();
    }
  }

  /** Once shown, it keeps its state while hidden. */
  private shown = false;
  private View: typeof ConnectedPanel | null = null;
  private actions: IPanelActions | null = null;
  private revealed: string | null = null;
}
