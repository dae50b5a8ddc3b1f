import type { Row } from '../../src/protocol/dataset';
import type { ServerEvent } from '../../src/protocol/job';
import { contentsPath } from '../../src/protocol/paths';
import { Datasets } from '../../src/server/dataset/datasets';
import type { IWitnessedCommits } from '../../src/server/dataset/headWitness';
import { PathBoundary } from '../../src/server/paths';
import { until } from './until';
import type { Workspace } from './workspace';

/** The reading part of the server on a workspace, with shortcuts for tests. */
export class Reading {
  readonly events: ServerEvent[] = [];
  /** What was committed by others, with the dataset's absolute path. */
  readonly commits: ({ dataset: string } & IWitnessedCommits)[] = [];
  readonly datasets: Datasets;
  readonly signal = new AbortController().signal;

  /** `env` is added to the environment of git. */
  constructor(workspace: Workspace, env: Record<string, string> = {}) {
    this.datasets = new Datasets({
      boundary: new PathBoundary(workspace.root),
      env: { ...workspace.env, ...env },
      python: 'python3',
      emit: event => this.events.push(event),
      onCommit: (dataset, commits) => this.commits.push({ dataset, ...commits }),
      log: () => undefined
    });
  }

  /** The rows of a folder by name, without path and name; figures are waited for unless told otherwise. */
  async rows(folder: string, complete = true): Promise<Record<string, Omit<Row, 'name' | 'path'>>> {
    const listing = await this.datasets.rows({ folder: contentsPath(folder), complete }, this.signal);
    return Object.fromEntries(listing.rows.map(({ name, path: _path, ...facts }) => [name, facts]));
  }

  async row(path: string): Promise<Row | null> {
    return await this.datasets.row({ path: contentsPath(path) }, this.signal);
  }

  /** Resolves with the first event after `from` that fits. */
  async event(fits: (event: ServerEvent) => boolean, from = 0): Promise<ServerEvent> {
    return await until('an event', () => this.events.slice(from).find(fits));
  }

  dispose(): void {
    this.datasets.dispose();
  }
}
