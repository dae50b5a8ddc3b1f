import type { TranslationBundle } from '@jupyterlab/translation';
import type { ICommitSides } from '../components/types';
import type { AskedSide } from '../protocol/compare';
import { type IMenuAction, openActionMenu } from './actionMenu';

/** Opens the menu of what a commit can be compared with, older sides first. */
export function openCommitMenu({
  commit,
  parent,
  anchor,
  trans,
  compare
}: ICommitSides & {
  anchor: HTMLElement;
  trans: TranslationBundle;
  compare(sides: { from: AskedSide; to: AskedSide; choose?: boolean }): unknown;
}): void {
  const add = (id: string, label: string, sides: Parameters<typeof compare>[0]): IMenuAction => ({
    id,
    label,
    run: () => compare(sides)
  });
  openActionMenu(anchor, [
    add('now', trans.__('The Folder Now'), { from: commit, to: 'worktree' }),
    add('saved', trans.__('Last Save'), { from: commit, to: 'HEAD' }),
    ...(parent === null ? [] : [add('before', trans.__('The Commit Before'), { from: parent, to: commit })]),
    add('other', trans.__('Another Commit…'), { from: commit, to: 'worktree', choose: true })
  ]);
}
