import { isCheckpoint } from '../protocol/checkpoints';
import type { ChangedFile, Summary } from '../protocol/dataset';
import { expectedFailure } from '../protocol/failure';
import type { Origin } from '../protocol/inspect';
import { type ContentsPath, folderOf } from '../protocol/paths';
import type { IDataladClient, IRowsModel } from '../tokens';
import { type ChangedEvent, WatchingModel } from './watchingModel';

/** Where the outputs of an open notebook come from: an immutable snapshot. */
export interface INotebookRecordState {
  /** The newest run that changed the notebook, and whether the last save still has it; null until it is read, or where that failed. */
  readonly origin: Origin | null;
  /** The file is not as it was saved last. */
  readonly changed: boolean;
  /** The editor has what is not in the file. */
  readonly dirty: boolean;
  /** Cells that were executed since their outputs were read from the file. */
  readonly executed: number;
  /** Files of the dataset that have changed since the first of these, and are not saved; whoever wrote them. */
  readonly wrote: readonly ChangedFile[];
}

/** `recorded`: all that is shown was made by a recorded run; `changed`: it was, but something came after it. */
export type NotebookVerdict = 'unknown' | 'recorded' | 'changed' | 'none';

/** What can be said of the outputs of a notebook. */
export function verdictOf({ origin, changed, dirty, executed }: INotebookRecordState): NotebookVerdict {
  if (origin === null) {
    return 'unknown';
  }
  if (origin.run === null) {
    return 'none';
  }
  return origin.run.unchanged && !changed && !dirty && executed === 0 ? 'recorded' : 'changed';
}

const START: INotebookRecordState = { origin: null, changed: false, dirty: false, executed: 0, wrote: [] };

/** Compares an open notebook with the record of the run that made it, as long as it is seen; asks when something happens, never in turns. */
export class NotebookRecordModel extends WatchingModel<INotebookRecordState> {
  private readonly client: IDataladClient;
  private readonly rows: IRowsModel;
  private readonly path: ContentsPath;
  /** What had changed before cells were executed. */
  private before: ReadonlyMap<string, string> | null = null;

  constructor({ client, rows, dataset, path }: INotebookRecordOptions) {
    super({ client, dataset, state: START });
    this.client = client;
    this.rows = rows;
    this.path = path;
    rows.changed.connect(this.onFolder, this);
    this.onFolder(rows, folderOf(path));
  }

  /** Told by who sees the document. */
  update(change: Pick<INotebookRecordState, 'dirty' | 'executed'>): void {
    const { dirty, executed } = this.state;
    if (change.dirty !== dirty || change.executed !== executed) {
      this.set(change);
    }
  }

  /** A cell has come to its end: it may have written files. */
  ran(): void {
    void this.refresh();
  }

  protected override async read(): Promise<void> {
    const { dataset, path } = this;
    try {
      const [origin, summary] = await Promise.all([
        this.client.call('origin', { dataset, path }),
        this.client.call('dataset', { path: dataset })
      ]);
      this.set({ origin, wrote: summary === null ? [] : this.writtenSince(summary) });
    } catch (error) {
      expectedFailure(error);
      this.set({ origin: null, wrote: [] });
    }
  }

  /** What is in the folder alone shows in its rows. */
  protected override isConcerned(event: ChangedEvent): boolean {
    return event.what === 'state' && super.isConcerned(event);
  }

  private writtenSince({ changes }: Summary): ChangedFile[] {
    if (this.before === null || this.state.executed === 0) {
      this.before = new Map(changes.map(file => [file.path, stampOf(file)]));
      return [];
    }
    return changes.filter(
      file => file.path !== this.path && !isCheckpoint(file.path) && this.before?.get(file.path) !== stampOf(file)
    );
  }

  private onFolder(_: IRowsModel, folder: ContentsPath): void {
    if (folder === folderOf(this.path)) {
      const changed = this.rows.get(this.path)?.change !== undefined;
      if (changed !== this.state.changed) {
        this.set({ changed });
      }
    }
  }
}

export interface INotebookRecordOptions {
  readonly client: IDataladClient;
  readonly rows: IRowsModel;
  readonly dataset: ContentsPath;
  readonly path: ContentsPath;
}

function stampOf({ change, bytes, kind, modified }: ChangedFile): string {
  return `${change} ${kind} ${bytes ?? ''} ${modified ?? ''}`;
}
