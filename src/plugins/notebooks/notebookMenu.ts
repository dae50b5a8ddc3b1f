import { MenuSvg } from '@jupyterlab/ui-components';
import { type INotebookRecordState, verdictOf } from '../../models/notebookRecordModel';
import { CommandIDs } from '../../tokens';
import type { INotebookServices, IOpenNotebook } from './context';

interface IMenuOf {
  readonly notebook: IOpenNotebook;
  readonly services: INotebookServices;
  readonly state: INotebookRecordState;
}

/** Opens, below an element, what can be done about where the outputs of a notebook come from. */
export function openNotebookMenu(anchor: HTMLElement, { notebook, services, state }: IMenuOf): void {
  const { commands } = services;
  const { path, dataset } = notebook;
  const menu = new MenuSvg({ commands });
  const verdict = verdictOf(state);
  if (verdict === 'recorded' || verdict === 'changed') {
    menu.addItem({ command: CommandIDs.provenance, args: { paths: [path], dataset } });
  }
  menu.addItem({ command: CommandIDs.runNotebook, args: { path } });
  menu.addItem({ command: CommandIDs.recordSelection });
  menu.addItem({ command: CommandIDs.getOnOpen, args: { path } });
  menu.addItem({ command: CommandIDs.history, args: { path } });
  const unsaved = [...(state.changed || state.dirty ? [path] : []), ...state.wrote.map(file => file.path)];
  if (unsaved.length > 0) {
    menu.addItem({ type: 'separator' });
    menu.addItem({ command: CommandIDs.save, args: { dataset, paths: unsaved } });
  }
  menu.aboutToClose.connect(() => {
    // The menu closes before its command runs; it may go once that is done.
    requestAnimationFrame(() => menu.dispose());
  });
  const { left, bottom } = anchor.getBoundingClientRect();
  menu.open(left, bottom);
}
