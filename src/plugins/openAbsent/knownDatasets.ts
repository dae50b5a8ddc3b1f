import type { IStateDB } from '@jupyterlab/statedb';
import { type ContentsPath, isContentsPath, isWithin } from '../../protocol/paths';
import type { IRowsModel } from '../../tokens';

const KEY = 'jupyterlab-datalad:known-datasets';
const KEPT = 200;

/**
 * The datasets seen in this workspace, also before the last reload: tabs are restored before anything was read, and only those below a
 * dataset are worth a question to the server.
 */
export class KnownDatasets {
  constructor(
    rows: IRowsModel,
    private readonly state: IStateDB | null
  ) {
    rows.changed.connect((_, folder) => {
      const dataset = rows.listing(folder)?.dataset;
      if (dataset !== undefined && dataset !== null) {
        this.add(dataset.path);
      }
    });
  }

  /** Reads what the last session knew. */
  async restore(): Promise<void> {
    const saved = await this.state?.fetch(KEY);
    for (const path of Array.isArray(saved) ? saved : []) {
      if (typeof path === 'string' && isContentsPath(path)) {
        this.roots.add(path);
      }
    }
  }

  has(path: ContentsPath): boolean {
    return [...this.roots].some(root => isWithin(path, root));
  }

  private add(root: ContentsPath): void {
    if (!this.roots.has(root)) {
      this.roots.add(root);
      void this.state?.save(KEY, [...this.roots].slice(-KEPT));
    }
  }

  private readonly roots = new Set<ContentsPath>();
}
