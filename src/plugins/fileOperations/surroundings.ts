import type { CallInput, CallName, CallOutput } from '../../protocol/contract';
import type { Row } from '../../protocol/dataset';
import { FailureError } from '../../protocol/failure';
import type { Holding } from '../../protocol/holding';
import { type ContentsPath, folderOf } from '../../protocol/paths';
import type { IDatalad } from '../../tokens';
import type { ISource } from './decide';

/** Milliseconds for the server to tell what a path is; to look into a large folder takes longer. */
const PATIENCE = 5_000;
const PATIENCE_LOOKING = 15_000;

/** What is known of paths: from the folders that are shown, else by asking. Undefined where nobody answers. */
export class Surroundings {
  constructor(private readonly datalad: Pick<IDatalad, 'client' | 'rows' | 'current'>) {}

  /** JupyterLab's files are no files of this server: nothing of it concerns DataLad. */
  get isSilent(): boolean {
    return this.datalad.current.state.phase === 'silent';
  }

  /** As last read. */
  known(path: ContentsPath): Row | undefined {
    return this.datalad.rows.get(path);
  }

  async source(path: ContentsPath): Promise<ISource> {
    const [row, dataset] = await Promise.all([this.row(path), this.datasetOf(folderOf(path))]);
    return { row, dataset };
  }

  async row(path: ContentsPath): Promise<Row | null | undefined> {
    return this.known(path) ?? (await this.ask('row', { path }, PATIENCE));
  }

  /** The dataset that a folder is, or lies in. */
  async datasetOf(folder: ContentsPath): Promise<ContentsPath | null | undefined> {
    const listing = this.datalad.rows.listing(folder);
    if (listing !== undefined) {
      return listing.dataset?.path ?? null;
    }
    const summary = await this.ask('dataset', { path: folder }, PATIENCE);
    return summary === undefined ? undefined : (summary?.dataset.path ?? null);
  }

  async holdings(paths: ContentsPath[]): Promise<Holding[] | undefined> {
    return this.ask('holdings', { paths }, PATIENCE_LOOKING);
  }

  private async ask<N extends CallName>(name: N, input: CallInput<N>, patience: number): Promise<CallOutput<N> | undefined> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), patience);
    try {
      return await this.datalad.client.call(name, input, abort.signal);
    } catch (reason) {
      if (reason instanceof FailureError) {
        return undefined;
      }
      throw reason;
    } finally {
      clearTimeout(timer);
    }
  }
}
