import { MenuSvg } from '@jupyterlab/ui-components';
import { CommandRegistry } from '@lumino/commands';

/** One line of a menu. */
export interface IMenuAction {
  readonly id: string;
  readonly label: string;
  run(): unknown;
}

/**
 * Opens a menu beside an element, with labels of its own: those of the application's commands say more than a menu of one thing needs.
 * The focus goes back to the element.
 */
export function openActionMenu(anchor: HTMLElement, actions: readonly IMenuAction[]): void {
  const own = new CommandRegistry();
  const menu = new MenuSvg({ commands: own });
  for (const { id, label, run } of actions) {
    own.addCommand(id, { label, describedBy: { args: { type: 'object', properties: {} } }, execute: run });
    menu.addItem({ command: id });
  }
  menu.aboutToClose.connect(() => {
    // The menu closes before its command runs; it may go once that is done.
    requestAnimationFrame(() => {
      menu.dispose();
      if (document.activeElement === document.body && anchor.isConnected) {
        anchor.focus();
      }
    });
  });
  const { left, bottom } = anchor.getBoundingClientRect();
  menu.open(left, bottom);
  menu.activeIndex = 0;
}
