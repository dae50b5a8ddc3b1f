import { MenuSvg } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyJSONObject } from '@lumino/coreutils';
import { CommandIDs } from '../tokens';

const ITEMS: readonly { command: string; args?: ReadonlyJSONObject }[] = [
  { command: CommandIDs.create },
  { command: CommandIDs.clone },
  { command: CommandIDs.createExample },
  { command: CommandIDs.downloadUrl },
  { command: CommandIDs.addUrls },
  { command: CommandIDs.rules },
  { command: CommandIDs.run },
  { command: CommandIDs.rerun },
  { command: CommandIDs.rerun, args: { verify: true } },
  { command: CommandIDs.runProcedure },
  { command: CommandIDs.exportArchive },
  { command: CommandIDs.containers },
  { command: CommandIDs.checkUp },
  { command: CommandIDs.clean },
  { command: CommandIDs.copyCommand },
  { command: CommandIDs.identity },
  { command: CommandIDs.configure },
  { command: CommandIDs.diagnostics },
  { command: CommandIDs.trust },
  { command: CommandIDs.untrust },
  { command: 'settingeditor:open', args: { query: 'DataLad' } }
];

/** Opens the menu behind the three dots below an element: what concerns the dataset or the folder as a whole. */
export function openPanelMenu(commands: CommandRegistry, anchor: HTMLElement): void {
  const menu = new MenuSvg({ commands });
  for (const { command, args = {} } of ITEMS) {
    if (commands.hasCommand(command)) {
      menu.addItem({ command, args });
    }
  }
  menu.aboutToClose.connect(() => {
    // The menu closes before its command runs; it may go once that is done.
    requestAnimationFrame(() => menu.dispose());
  });
  const { left, bottom } = anchor.getBoundingClientRect();
  menu.open(left, bottom);
}
