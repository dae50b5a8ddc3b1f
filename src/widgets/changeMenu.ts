import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ChangedFile } from '../protocol/dataset';
import type { ContentsPath } from '../protocol/paths';
import { CommandIDs } from '../tokens';
import { type IMenuAction, openActionMenu } from './actionMenu';

const OPEN = 'docmanager:open';

/** Opens the menu of one change beside an element: compare it, open it, discard it. */
export function openChangeMenu(
  commands: CommandRegistry,
  { file, dataset, anchor, trans }: { file: ChangedFile; dataset: ContentsPath; anchor: HTMLElement; trans: TranslationBundle }
): void {
  const { path, kind, change } = file;
  const actions: IMenuAction[] = [];
  const add = (id: string, label: string, run: () => unknown): void => void actions.push({ id, label, run });
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
  openActionMenu(anchor, actions);
}
