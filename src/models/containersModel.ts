import type { Containers } from '../protocol/container';
import { expectedFailure, type Failure } from '../protocol/failure';
import { type ContentsPath, isWithin } from '../protocol/paths';
import type { IDatalad } from '../tokens';
import { type ChangedEvent, WatchingModel } from './watchingModel';

export interface IContainersState {
  /** Null before the first answer. */
  readonly found: Containers | null;
  readonly failure: Failure | null;
}

/** The containers of a dataset. */
export class ContainersModel extends WatchingModel<IContainersState> {
  constructor(
    private readonly datalad: Pick<IDatalad, 'client'>,
    dataset: ContentsPath
  ) {
    super({ client: datalad.client, dataset, state: { found: null, failure: null } });
  }

  /** Also of subdatasets, whose containers these are, too. */
  protected override isConcerned({ dataset }: ChangedEvent): boolean {
    return dataset === null || isWithin(dataset, this.dataset) || isWithin(this.dataset, dataset);
  }

  protected override async read(): Promise<void> {
    try {
      this.set({ found: await this.datalad.client.call('containers', { dataset: this.dataset }), failure: null });
    } catch (error) {
      this.set({ failure: expectedFailure(error) });
    }
  }
}
