import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { ServerEvent } from '../../protocol/job';
import type { ContentsPath } from '../../protocol/paths';
import { decodePath, fsPath } from '../bytes';
import type { AbsolutePath, PathBoundary } from '../paths';
import { DatasetWatch } from '../watch/datasetWatch';
import { Watches } from '../watch/watches';
import { HeadWitness, type IWitnessedCommits } from './headWitness';
import { isRelated } from '../nesting';
import type { Repositories } from './repositories';

interface IFreshnessOptions {
  boundary: PathBoundary;
  repositories: Repositories;
  emit(event: ServerEvent): void;
  onCommit?(dataset: AbsolutePath, commits: IWitnessedCommits): void;
  failed(dataset: AbsolutePath, error: unknown): void;
}

/** Turns what happens on disk to what is in view into events, and into commits that others made. */
export class Freshness {
  private readonly watches: Watches;
  private readonly witnesses = new LRUCache<AbsolutePath, HeadWitness>({ max: 64 });
  /** Datasets that jobs work in, with their number. */
  private readonly busy = new Map<AbsolutePath, number>();

  constructor(private readonly options: IFreshnessOptions) {
    this.watches = new Watches({
      openDataset: root => this.openDataset(root),
      folderChanged: ({ asked, root }) =>
        options.emit({ type: 'changed', dataset: this.name(root), what: 'folder', folder: asked })
    });
  }

  setListening(listening: boolean): void {
    this.watches.setListening(listening);
  }

  /**
   * A folder is read: from now on its changes are told, and those of the dataset around it. The answer stays the same as long as nothing
   * is heard of either; null where nobody would hear.
   */
  async showFolder(asked: ContentsPath, real: AbsolutePath, root: AbsolutePath | null): Promise<string | null> {
    const [folder, dataset] = await Promise.all([
      this.watches.showFolder({ asked, real, root }),
      root === null ? null : this.watches.showDataset(root)
    ]);
    return folder === null || dataset === null ? null : `${folder} ${dataset}`;
  }

  async showDataset(root: AbsolutePath): Promise<void> {
    await this.watches.showDataset(root);
  }

  /** A job begins or ends in a dataset: commits in it, around it or below it are its own meanwhile. */
  setBusy(dataset: AbsolutePath, busy: boolean): void {
    const jobs = (this.busy.get(dataset) ?? 0) + (busy ? 1 : -1);
    if (jobs > 0) {
      this.busy.set(dataset, jobs);
      return;
    }
    for (const [root, witness] of this.witnesses.entries()) {
      if (isRelated(root, dataset)) {
        witness.look(true).catch((error: unknown) => this.options.failed(root, error));
      }
    }
    this.busy.delete(dataset);
  }

  dispose(): void {
    this.watches.dispose();
  }

  private async openDataset(root: AbsolutePath): Promise<DatasetWatch> {
    const repository = await this.options.repositories.open(root);
    const witness = new HeadWitness(repository, commits => this.options.onCommit?.(root, commits));
    this.witnesses.set(root, witness);
    const watch = new DatasetWatch(
      repository.folder,
      () => this.tell(root),
      () => branchOf(repository.folder.gitDir)
    );
    await witness.look(true);
    return watch;
  }

  private tell(root: AbsolutePath): void {
    this.options.emit({ type: 'changed', dataset: this.name(root), what: 'state' });
    // A job of ours touches the dataset dozens of times: its end is early enough to look at HEAD, and git's starts would slow it down.
    if (![...this.busy.keys()].some(dataset => isRelated(root, dataset))) {
      this.witnesses
        .get(root)
        ?.look(false)
        .catch((error: unknown) => this.options.failed(root, error));
    }
  }

  private name(root: AbsolutePath | null): ContentsPath | null {
    return root === null ? null : this.options.boundary.toContents(root);
  }
}

/** The branch that is checked out, read without a start of git, which every change would cost; null when there is none. */
async function branchOf(gitDir: string): Promise<string | null> {
  const head = decodePath(await readFile(fsPath(join(gitDir, 'HEAD'))));
  return /^ref: (.+)$/mu.exec(head)?.[1] ?? null;
}
