import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { loadedFailureWords } from '../../components/failures/lazyWords';
import { lastName } from '../../components/names';
import { expectedFailure, FailureError } from '../../protocol/failure';
import { type ContentsPath, isWithin } from '../../protocol/paths';
import type { IDatalad } from '../../tokens';
import type { Documents, IOpenDocument } from './documents';

type State = 'dropped' | 'gone' | 'here';

export interface IVanishedFilesOptions {
  datalad: Pick<IDatalad, 'client' | 'jobs'>;
  documents: Pick<Documents, 'below'>;
  trans: TranslationBundle;
}

/** Open documents whose content was dropped, or whose file went with a discard, a removal or another version. */
export class VanishedFiles {
  /** Open notifications by the file they are about, with what they say of it. */
  private readonly told = new Map<ContentsPath, { id: string; state: State }>();

  constructor(private readonly options: IVanishedFilesOptions) {}

  /**
   * Tells of documents below a folder whose file is not there any more, each once, and takes that back where it is again. Resolves with
   * those: to read them again would show a pointer, or nothing.
   */
  async check(folder: ContentsPath): Promise<ReadonlySet<ContentsPath>> {
    const documents = this.options.documents.below([folder]);
    const open = new Set(documents.map(({ path }) => path));
    [...this.told.keys()].filter(path => isWithin(path, folder) && !open.has(path)).forEach(path => this.dismiss(path));
    const vanished = new Set<ContentsPath>();
    for (const document of documents) {
      const state = await this.stateOf(document.path);
      if (state !== 'here') {
        vanished.add(document.path);
      }
      this.tell(document, state);
    }
    return vanished;
  }

  private async stateOf(path: ContentsPath): Promise<State> {
    try {
      const row = await this.options.datalad.client.call('row', { path });
      const isAnnexed = row?.kind === 'annex' || row?.kind === 'annex-unlocked';
      return row === null ? 'gone' : isAnnexed && row.here === 'no' ? 'dropped' : 'here';
    } catch (reason) {
      if (reason instanceof FailureError) {
        return 'here';
      }
      throw reason;
    }
  }

  private tell(document: IOpenDocument, state: State): void {
    const { trans } = this.options;
    const { path, widgets } = document;
    if (this.told.get(path)?.state === state) {
      return;
    }
    this.dismiss(path);
    if (state === 'here') {
      return;
    }
    const name = lastName(path);
    const close = { label: trans.__('Close Tab'), callback: () => widgets.forEach(widget => widget.close()) };
    const get = { label: trans.__('Get Again'), displayType: 'accent' as const, callback: () => void this.get(path) };
    const id =
      state === 'dropped'
        ? Notification.info(trans.__('The content of %1 is not here any more. Its tab shows what was there.', name), {
            autoClose: false,
            actions: [get, close]
          })
        : Notification.info(trans.__('%1 is not in its folder any more. Its tab shows what was there.', name), {
            autoClose: false,
            actions: [close]
          });
    this.told.set(path, { id, state });
  }

  /** What goes wrong in the job is told like of any other. */
  private async get(path: ContentsPath): Promise<void> {
    const { trans, datalad } = this.options;
    try {
      const dataset = (await datalad.client.call('dataset', { path }))?.dataset.path;
      if (dataset !== undefined) {
        await datalad.jobs.run('get', { dataset, paths: [path] });
      }
    } catch (reason) {
      const { title } = await loadedFailureWords(expectedFailure(reason), { trans, names: [lastName(path)] });
      Notification.error(title);
    }
  }

  private dismiss(path: ContentsPath): void {
    const told = this.told.get(path);
    if (told !== undefined) {
      Notification.dismiss(told.id);
      this.told.delete(path);
    }
  }
}
