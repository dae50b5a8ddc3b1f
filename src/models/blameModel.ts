import type { Blame } from '../protocol/blame';
import { expectedFailure, type Failure } from '../protocol/failure';
import { bytesOf, type ContentsPath, folderOf } from '../protocol/paths';
import type { CommitId } from '../protocol/revision';
import type { IDataladClient, IRowsModel } from '../tokens';
import { WatchingModel } from './watchingModel';

/** A text as a commit has it, or, without one, as it is in the folder now. */
export interface ITextVersion {
  readonly path: ContentsPath;
  readonly commit: CommitId | null;
}

export interface IBlameState {
  readonly version: ITextVersion;
  /** There is a version that one came from. */
  readonly canGoBack: boolean;
  /** Of just this version; null until it has been read. */
  readonly blame: Blame | null;
  readonly failure: Failure | null;
}

/** Who changed each line of a text, and of the versions before that one goes to from there. */
export class BlameModel extends WatchingModel<IBlameState> {
  constructor(
    private readonly services: { client: IDataladClient; rows: IRowsModel },
    dataset: ContentsPath,
    path: ContentsPath
  ) {
    const { client, rows } = services;
    super({
      client,
      dataset,
      state: { version: { path, commit: null }, canGoBack: false, blame: null, failure: null },
      // The folder of a name that is no UTF-8 cannot be told from here, and git cannot be asked about such a file.
      ...(bytesOf(path) === undefined ? { folder: { rows, path: folderOf(path) } } : {})
    });
  }

  /** Shows an earlier version. */
  open(version: ITextVersion): void {
    this.trail.push(this.state);
    this.show({ version, blame: null, failure: null });
  }

  /** Shows the version that one came from, at once. */
  back(): void {
    const last = this.trail.pop();
    if (last !== undefined) {
      this.show(last);
    }
  }

  override dispose(): void {
    this.reading?.abort();
    super.dispose();
  }

  protected override async read(): Promise<void> {
    const { version, blame } = this.state;
    if (version.commit !== null && blame !== null) {
      return;
    }
    const reading = new AbortController();
    this.reading = reading;
    const { path, commit } = version;
    const asked = { dataset: this.dataset, path, ...(commit === null ? {} : { commit }) };
    const change = await this.services.client.call('blame', asked, reading.signal).then(
      found => ({ blame: found, failure: null }),
      (error: unknown) => (reading.signal.aborted ? null : { blame: null, failure: expectedFailure(error) })
    );
    // Another version may be shown by now.
    if (change !== null && this.state.version === version) {
      this.set(change);
    }
  }

  private show({ version, blame, failure }: Omit<IBlameState, 'canGoBack'>): void {
    this.reading?.abort();
    this.set({ version, blame, failure, canGoBack: this.trail.length > 0 });
    void this.refresh();
  }

  private readonly trail: IBlameState[] = [];
  private reading: AbortController | null = null;
}
