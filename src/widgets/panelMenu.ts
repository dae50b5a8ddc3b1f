import { MenuSvg } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyJSONObject } from '@lumino/coreutils';
import { CommandIDs } from '../tokens';

interface IItem {
  readonly command: string;
  readonly args?: ReadonlyJSONObject;
}

const GROUPS: readonly (readonly IItem[])[] = [
  [{ command: CommandIDs.create }, { command: CommandIDs.createExample }, { command: CommandIDs.clone }],
  [{ command: CommandIDs.downloadUrl }, { command: CommandIDs.addUrls }],
  [
    { command: CommandIDs.run },
    { command: CommandIDs.rerun },
    { command: CommandIDs.rerun, args: { verify: true } },
    { command: CommandIDs.runProcedure },
    { command: CommandIDs.containers }
  ],
  [
    { command: CommandIDs.rules },
    { command: CommandIDs.checkUp },
    { command: CommandIDs.clean },
    { command: CommandIDs.exportArchive },
    { command: CommandIDs.configure }
  ],
  [{ command: CommandIDs.copyCommand }],
  [
    { command: CommandIDs.identity },
    { command: CommandIDs.diagnostics },
    { command: CommandIDs.trust },
    { command: CommandIDs.untrust }
  ],
  [{ command: 'settingeditor:open', args: { query: 'DataLad' } }]
];

/** Opens the menu behind the three dots below an element: what concerns the dataset or the folder as a whole. */
export function openPanelMenu(commands: CommandRegistry, anchor: HTMLElement): void {
  const menu = new MenuSvg({ commands });
  for (const group of GROUPS) {
    // Of separators that have nothing between them the menu shows one.
    menu.addItem({ type: 'separator' });
    for (const { command, args = {} } of group.filter(item => commands.hasCommand(item.command))) {
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
