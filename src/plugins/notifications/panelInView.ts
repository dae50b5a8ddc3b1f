import type { JupyterFrontEnd } from '@jupyterlab/application';
import { PANEL_ID } from '../../tokens';

/** Whether the user sees the top of the panel, where it says what failed: a notification would say it twice, and cover it. */
export function isPanelInView(shell: Pick<JupyterFrontEnd.IShell, 'widgets'>): boolean {
  const panel = ['right', 'left'].flatMap(area => [...shell.widgets(area)]).find(({ id }) => id === PANEL_ID);
  return panel?.isVisible === true && panel.node.querySelector('.jp-Datalad-panel')?.scrollTop === 0;
}
