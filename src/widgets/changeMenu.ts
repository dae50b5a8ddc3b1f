import type { TranslationBundle } from '@jupyterlab/translation';
import { MenuSvg } from '@jupyterlab/ui-components';
import { CommandRegistry } from '@lumino/commands';
import type { ChangedFile } from '../protocol/dataset';
import type { ContentsPath } from '../protocol/paths';
import { CommandIDs } from '../tokens';

const OPEN = 'docmanager:open';

/** Opens the menu of one change beside an element: compare it, open it, discard it. */
export function openChangeMenu(
  commands: CommandRegistry,
  { file, dataset, anchor, trans }: { file: ChangedFile; dataset: ContentsPath; anchor: HTMLElement; trans: TranslationBundle }
): void {
  const { path, kind, change } = file;
  // Labels of its own: those of the application's commands say more than a menu of one file needs.
  const own = new CommandRegistry();
  const menu = new MenuSvg({ commands: own });
  const add = (id: string, label: string, run: () => unknown): void => {
    own.addCommand(id, { label, describedBy: { args: { type: 'object', properties: {} } }, execute: run });
    menu.addItem({ command: id });
  };
  const isFile = kind !== 'directory' && kind !== 'dataset' && kind !== 'dataset-absent';
  if (isFile && commands.hasCommand(CommandIDs.diff)) {
    add('compare', trans.__('Compare with Last Save'), () => commands.execute(CommandIDs.diff, { dataset, path }));
  }
  if (isFile && change !== 'deleted' && !path.startsWith('bytes:') && commands.hasCommand(OPEN)) {
    add('open', trans.__('Open'), () => commands.execute(OPEN, { path }));
  }
  if (kind === 'git' && change === 'modified') {
    add('parts', trans.__('Discard Parts…'), () =>
      commands.execute(CommandIDs.discard, { dataset, paths: [path], choose: true })
    );
  }
  add('discard', trans.__('Discard…'), () => commands.execute(CommandIDs.discard, { dataset, paths: [path] }));
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
