import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ContentsPath } from '../../protocol/paths';
import type { IOpenDocument } from './documents';
import { lastName } from '../../components/names';

export type SaveDirtyEditors = 'ask' | 'save';

/** Saves dirty documents, after asking where `mode` says so, and tells which; null when the user would rather not go on, or a save failed. */
export async function saveDirty(
  documents: readonly IOpenDocument[],
  { mode, trans }: { mode: SaveDirtyEditors; trans: TranslationBundle }
): Promise<readonly ContentsPath[] | null> {
  const dirty = documents.filter(({ context }) => context.model.dirty);
  const choice = dirty.length === 0 ? 'leave' : mode === 'save' ? 'save' : await ask(dirty, trans);
  if (choice !== 'save') {
    return choice === 'leave' ? [] : null;
  }
  const saved = await Promise.allSettled(dirty.map(({ context }) => context.save()));
  return saved.every(result => result.status === 'fulfilled') ? dirty.map(({ path }) => path) : null;
}

async function ask(dirty: readonly IOpenDocument[], trans: TranslationBundle): Promise<'save' | 'leave' | 'cancel'> {
  const leave = Dialog.createButton({ label: trans.__('Go on Without Them'), accept: true });
  const save = Dialog.okButton({ label: trans.__('Save Documents') });
  const names = dirty.map(({ path }) => lastName(path)).join(', ');
  const { button } = await showDialog({
    title: trans.__('Save Open Documents First?'),
    body: trans._n(
      '%2 has changes that are not on disk yet.',
      '%1 documents have changes that are not on disk yet: %2.',
      dirty.length,
      names
    ),
    buttons: [Dialog.cancelButton({ label: trans.__('Cancel') }), leave, save],
    defaultButton: 2
  });
  return !button.accept ? 'cancel' : button.label === leave.label ? 'leave' : 'save';
}
