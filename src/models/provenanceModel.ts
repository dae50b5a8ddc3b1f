import { expectedFailure, type Failure } from '../protocol/failure';
import type { ContentsPath } from '../protocol/paths';
import type { Provenance } from '../protocol/provenance';
import type { IDataladClient } from '../tokens';
import { WatchingModel } from './watchingModel';

export interface IProvenanceState {
  /** Null until it has been read. */
  readonly graph: Provenance | null;
  readonly failure: Failure | null;
}

/** What was made of what in a dataset, or what led to one file. */
export class ProvenanceModel extends WatchingModel<IProvenanceState> {
  constructor(
    private readonly client: IDataladClient,
    dataset: ContentsPath,
    readonly path: ContentsPath | null
  ) {
    super({ client, dataset, state: { graph: null, failure: null } });
  }

  /** The same in the terms of W3C PROV; null where that failed, which the state tells. */
  async document(emails: boolean): Promise<string | null> {
    try {
      return (await this.client.call('provDocument', { ...this.asked, emails })).text;
    } catch (error) {
      this.set({ failure: expectedFailure(error) });
      return null;
    }
  }

  protected async read(): Promise<void> {
    try {
      const graph = await this.client.call('provenance', this.asked);
      // The same graph is not laid out again.
      const same = JSON.stringify(graph) === JSON.stringify(this.state.graph);
      this.set({ graph: same ? this.state.graph : graph, failure: null });
    } catch (error) {
      this.set({ failure: expectedFailure(error) });
    }
  }

  private get asked(): { dataset: ContentsPath; path?: ContentsPath } {
    const { dataset, path } = this;
    return { dataset, ...(path === null ? {} : { path }) };
  }
}
