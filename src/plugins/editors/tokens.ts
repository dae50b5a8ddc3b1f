import { Token } from '@lumino/coreutils';
import type { ContentsPath } from '../../protocol/paths';

/** The open documents, as far as DataLad's work touches them. */
export interface IEditors {
  /** The file of the document in front; null where that is none, or of another drive. */
  inFront(): ContentsPath | null;
  /**
   * Saves the documents below these datasets that have unsaved changes, after asking where the setting says so; resolves with those
   * that were saved. Null when the user would rather not go on, or a document could not be saved.
   */
  settle(datasets: readonly ContentsPath[]): Promise<readonly ContentsPath[] | null>;
}

export const IEditors = new Token<IEditors>(
  'jupyterlab-datalad:IEditors',
  'Open documents below datasets: saved before a commit, read again after it, guarded while their file is locked.'
);
