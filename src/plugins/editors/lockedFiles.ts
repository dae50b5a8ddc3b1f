import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { loadedFailureWords } from '../../components/failures/lazyWords';
import { FailureError } from '../../protocol/failure';
import type { Row } from '../../protocol/dataset';
import { type ContentsPath, folderOf, isWithin } from '../../protocol/paths';
import type { IDatalad } from '../../tokens';
import { shownName } from '../../protocol/names';
import { lastName } from '../../components/names';
import { SaveCancelledError } from './saveGuard';

/** A save must not hang on a server that is still starting. */
const PATIENCE = 5_000;

export interface ILockedFilesOptions {
  datalad: Pick<IDatalad, 'client' | 'jobs' | 'rows'>;
  trans: TranslationBundle;
}

/**
 * Annexed files that a save has locked. Writing to one fails for most users; for root it succeeds and silently replaces the stored
 * content under a name that says otherwise, so it has to be unlocked first.
 */
export class LockedFiles {
  /** Paths whose user would not unlock them: asked again by notification only, since autosave asks every other minute. */
  private readonly declined = new Set<ContentsPath>();
  /** Open notifications by the file they are about. */
  private readonly shown = new Map<ContentsPath, string>();

  constructor(private readonly options: ILockedFilesOptions) {}

  /** The row of a locked annexed file; null for anything else. A server that does not answer leaves what was last read. */
  async locked(path: ContentsPath): Promise<Row | null> {
    const { client, rows } = this.options.datalad;
    const listing = path.startsWith('bytes:') ? undefined : rows.listing(folderOf(path));
    if (listing?.dataset === null) {
      return null;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    try {
      return lockedOnly(await client.call('row', { path }, abort.signal));
    } catch (reason) {
      if (reason instanceof FailureError) {
        return lockedOnly(rows.get(path));
      }
      throw reason;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves when a file may be written; rejects with a `ModalCancelError`, which JupyterLab takes as "not now", when it stays locked. */
  async ensureWritable(path: ContentsPath): Promise<void> {
    const row = await this.locked(path);
    if (row === null) {
      this.declined.delete(path);
      return;
    }
    const unlock = this.declined.has(path) ? false : await this.ask(row);
    if (!unlock) {
      const { trans } = this.options;
      this.notify(row, trans.__('%1 is locked: your changes are not saved.', shownName(row.name)));
      throw new SaveCancelledError(trans.__('%1 is locked and was not saved.', shownName(row.name)));
    }
    await this.unlock(row);
  }

  /** Gets the content where it is not here, then unlocks; fails with what stood in the way. */
  async unlock({ path, here }: Row): Promise<void> {
    const { jobs, client } = this.options.datalad;
    const dataset = (await client.call('dataset', { path }))?.dataset.path;
    if (dataset === undefined) {
      return;
    }
    const input = { dataset, paths: [path] };
    const got = here === 'no' ? await jobs.run('get', input) : null;
    const outcome = got !== null && got.status !== 'ok' ? got : await jobs.run('unlock', input);
    if (outcome.status !== 'ok') {
      const { trans } = this.options;
      const why = outcome.failure && (await loadedFailureWords(outcome.failure, { trans, names: [lastName(path)] }));
      throw new Error(why?.title ?? trans.__('%1 could not be unlocked.', lastName(path)));
    }
    this.declined.delete(path);
    this.dismiss(path);
  }

  private async ask({ path, name, here }: Row): Promise<boolean> {
    const { trans } = this.options;
    const { button } = await showDialog({
      title: trans.__('%1 Is Locked', name),
      body:
        here === 'no'
          ? trans.__('Its recorded content is protected and not here. Get it and unlock the file to save your changes beside it.')
          : trans.__('Its recorded content is protected. Unlock the file to save your changes; the recorded version is kept.'),
      buttons: [Dialog.cancelButton({ label: trans.__('Not Now') }), Dialog.okButton({ label: trans.__('Unlock and Save') })]
    });
    if (!button.accept) {
      this.declined.add(path);
    }
    return button.accept;
  }

  /** Tells without interrupting, with a button that unlocks; at most one such notification for each file is open. */
  notify(row: Row, message: string): void {
    const { trans } = this.options;
    const unlock = () => {
      this.unlock(row).catch((reason: unknown) => Notification.error(reason instanceof Error ? reason.message : String(reason)));
    };
    this.dismiss(row.path);
    const id = Notification.warning(message, {
      autoClose: false,
      actions: [{ label: trans.__('Unlock'), displayType: 'accent', callback: unlock }]
    });
    this.shown.set(row.path, id);
  }

  /** Takes back what was told of files below a folder that are no longer locked. */
  async recheck(folder: ContentsPath): Promise<void> {
    const paths = [...this.shown.keys()].filter(path => isWithin(path, folder));
    await Promise.all(paths.map(async path => (await this.locked(path)) ?? this.dismiss(path)));
  }

  private dismiss(path: ContentsPath): void {
    const id = this.shown.get(path);
    if (id !== undefined) {
      Notification.dismiss(id);
      this.shown.delete(path);
    }
  }
}

function lockedOnly(row: Row | null | undefined): Row | null {
  return row?.kind === 'annex' ? row : null;
}
